// Who answered the agent's questions: people, or rules. The state forgets it; facts tell it as they come, and the server
// looks up what was before.
import { get, passes } from './api.js';

const PAUSE = 1_000;

export class Answers {
  /** `changed` is called with the key of a turn whose answers are known. */
  constructor(store, changed) {
    this.store = store;
    this.changed = changed;
    this.turns = new Map(); // Turn -> Map(tool call -> answer).
    this.asked = new Set();
    this.wanted = []; // Turns to ask about, one after the other, those first that were drawn last.
    store.on('event', ({ event }) => this.hear(event));
    store.on('anew', () => this.asked.clear()); // Facts may have been missed.
  }

  /** The answer to the question about a tool call, if one is known; else it is looked up. */
  of(turnId, toolCallId) {
    this.load(turnId);
    return this.turns.get(turnId)?.get(toolCallId);
  }

  hear(event) {
    if (!['ActionApproved', 'ActionRejected', 'ApprovalExpired'].includes(event.type)) return;
    const action = event.type !== 'ApprovalExpired' && this.store.thread?.pending.find((one) => one.id === event.actionId);
    // Usually told before the fact is laid over the state, so that the question is still there; else it is looked up.
    if (!action) {
      if (this.asked.delete(event.turnId)) this.load(event.turnId);
      return;
    }
    if (!action.toolCallId) return;
    const option = action.options.find((one) => one.id === event.optionId)?.label;
    const outcome = event.type === 'ActionApproved' ? 'approved' : 'rejected';
    this.put(event.turnId, [{ toolCallId: action.toolCallId, outcome, option, by: event.by, reason: event.reason, at: event.at }]);
    this.changed(event.turnId);
  }

  put(turnId, answers) {
    const known = this.turns.get(turnId) ?? new Map();
    answers.filter((one) => one.toolCallId).forEach((one) => known.set(one.toolCallId, one));
    this.turns.set(turnId, known);
  }

  /** Once for each turn that is shown, when what people wait for has come. */
  load(turnId) {
    if (this.asked.has(turnId)) return;
    this.asked.add(turnId);
    this.wanted.push(turnId);
    this.running ??= new Promise((resolve) => setTimeout(resolve, 100)).then(() => this.run());
  }

  async run() {
    while (this.wanted.length) await this.ask(this.wanted.pop());
    this.running = null;
  }

  async ask(turnId) {
    try {
      const { body } = await get(`/api/turns/${encodeURIComponent(turnId)}/answers`);
      if (!body.answers.length) return;
      this.put(turnId, body.answers);
      this.changed(turnId);
    } catch (problem) {
      if (passes(problem)) setTimeout(() => this.asked.delete(turnId) && this.load(turnId), PAUSE);
    }
  }
}

/** An answer in words; `rule` tells whether nobody was asked. */
export function answerWords({ outcome, by, option, reason }) {
  const done = outcome === 'approved' ? 'Allowed' : outcome === 'rejected' ? 'Denied' : 'The question was called off';
  if (!by) return { rule: false, words: done };
  const rule = by.kind === 'policy';
  return { rule, words: `${done} by ${rule ? `the ${by.name}` : by.name}${option ? `, with “${option}”` : ''}.${reason ? ` ${reason}` : ''}` };
}
