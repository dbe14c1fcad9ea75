// States in the words and colours of people: of threads, turns, tool calls, checkpoints, operations.
import { html } from '../../vendor/lit-html/lit-html.js';
import { plural, words } from '../text.js';

const THREAD = {
  Idle: ['idle', 'idle'],
  Running: ['running', 'working'],
  AwaitingApproval: ['asking', 'asks you'],
};

/** A thread's state as [tone, words]. */
export const threadState = (status) => THREAD[status?.type] ?? ['idle', words(status?.type)];

/** A dot in the colour of a tone, told to readers of screens by its words. */
export const dot = ([tone, label]) =>
  html`<span class="dot ${tone}" role="img" aria-label=${label} title=${label}></span>`;

/** A turn's state as [tone, words]. */
export function turnState(turn) {
  const state = turn?.state ?? { type: 'Open' };
  switch (state.type) {
    case 'Open': return ['running', turn?.retry ? `tries again: ${turn.retry}` : 'working'];
    case 'Draining': return ['asking', 'interrupted, the agent is still falling silent'];
    case 'Interrupted': return ['asking', 'interrupted'];
    case 'Failed': return ['failed', `failed: ${state.error?.message ?? 'for an unknown reason'}`];
    default: {
      const reason = state.stopReason === 'end_turn' ? '' : ` (${words(state.stopReason)})`;
      return ['done', `completed${reason}${state.cause ? `: ${state.cause}` : ''}`];
    }
  }
}

/** A checkpoint's state in words, with what it holds. */
export function checkpointState({ state }) {
  switch (state.type) {
    case 'Pending': return ['running', 'being taken'];
    case 'Failed': return ['failed', `failed: ${state.why}`];
    case 'Thinned': return ['idle', 'given up, its files are gone'];
    default: return ['done', plural(state.stats.files, 'file')];
  }
}

/** An operation as a line: [tone, words]. */
export function operationState(operation) {
  const { state } = operation;
  switch (state.type) {
    case 'Open': return ['running', 'under way'];
    case 'Failed': return ['failed', state.why];
    case 'Restored': return ['done', restored(state.summary)];
    case 'Recorded': return ['done', state.gitRef.slice(0, 10)];
    default: return ['done', 'done'];
  }
}

/** What a restore did. */
export function restored({ written, deleted, merged, left }) {
  const parts = [];
  if (written) parts.push(`${plural(written, 'file')} written`);
  if (deleted) parts.push(`${plural(deleted, 'file')} deleted`);
  if (merged?.length) parts.push(`${plural(merged.length, 'file')} merged`);
  if (left?.length) parts.push(`${plural(left.length, 'file')} left alone`);
  return parts.join(', ') || 'nothing had to change';
}
