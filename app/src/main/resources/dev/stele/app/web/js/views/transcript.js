// The conversation. Its messages are elements of their own, and a fact touches only the one that it is about; of a long
// thread only the window that is loaded exists, and what is out of sight of it is not laid out (see thread.css).
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { Answers, answerWords } from '../answers.js';
import { frame } from '../frame.js';
import { keyOf } from '../fold/messages.js';
import { links } from '../router.js';
import { drawMessage, messageElement } from './message.js';
import { dot, turnState } from './state.js';
import { clock, count, lasted, oneLine, plain, plural, visible } from '../text.js';

const NEAR_END = 80;
const NEAR_START = 600;
const AGAIN = ['Failed', 'Interrupted'];

export class Transcript {
  constructor(host, store, actions) {
    this.host = host;
    this.store = store;
    this.actions = actions;
    this.elements = new Map(); // Message -> element.
    this.turns = new Map(); // Turn -> {section, footer}.
    this.dirty = new Set();
    this.following = true;
    // The end stays in sight when the window, the questions or the prompt take or leave room, and when what was only
    // estimated is laid out.
    this.sizes = new ResizeObserver(() => this.following && this.toEnd());
    this.sizes.observe(host);
    this.lastTop = 0;
    host.addEventListener('scroll', () => this.scrolled(), { passive: true });
    this.answers = new Answers(store, (turnId) => this.answered(turnId));
    store.on('opening opened', () => this.rebuild());
    store.on('messages', (change) => this.changed(change));
    store.on('history thread', () => frame('turns', () => this.drawTurns()));
    setInterval(() => !document.hidden && this.ticks(), 1_000);
  }

  // What messages want to know of their turns.
  live(turnId) {
    const status = this.store.thread?.status;
    if (status?.turnId === turnId) return true;
    return this.store.history?.turns.byId.get(turnId)?.state.type === 'Draining';
  }

  growing(item) {
    return this.live(item.turnId) && this.lastOf.get(item.turnId) === item.key;
  }

  result(item) {
    return this.results.get(`${item.turnId} ${item.message.body.content.id}`)?.message.body.content;
  }

  /** Who let a tool do its work, in words. */
  answer({ turnId, message }) {
    const answer = this.answers.of(turnId, message.body.content.id);
    return answer && answerWords(answer);
  }

  answered(turnId) {
    for (const item of this.calls?.values() ?? []) if (item.turnId === turnId) this.dirty.add(item.key);
    frame('messages', () => this.drawDirty());
  }

  // --- the whole -----------------------------------------------------------------------------------------------------

  rebuild() {
    const { messages } = this.store;
    this.elements.clear();
    this.turns.clear();
    this.dirty.clear();
    this.results = new Map();
    this.calls = new Map();
    this.lastOf = new Map();
    this.list = document.createElement('div');
    this.list.className = 'list';
    this.start = document.createElement('div');
    this.end = document.createElement('div');
    this.host.replaceChildren(this.start, this.list, this.end);
    this.sizes.disconnect();
    this.sizes.observe(this.host);
    this.sizes.observe(this.list);
    if (!messages) {
      render(this.store.missing ? this.lost() : nothing, this.start);
      return;
    }
    messages.items.forEach((item) => this.note(item));
    messages.items.forEach((item) => this.place(item));
    this.drawTurns();
    this.drawEnds();
    this.following = true;
    this.toEnd();
    // Browsers' tools and the benchmark show when it could be seen.
    requestAnimationFrame(() => setTimeout(() => performance.mark('conversation')));
  }

  lost() {
    if (this.store.at !== null) return html`<p class="edge">This thread was not there when the log had ${plural(this.store.at, 'fact')}.</p>`;
    return html`<p class="edge">There is no such thread; it may have been deleted. <a class="link" href=${links.home()}>All threads</a></p>`;
  }

  /** Remembers what others ask of a message: a result belongs to its call, and the last one of a turn grows. */
  note(item) {
    const { content } = item.message.body;
    const name = content && `${item.turnId} ${content.toolCallId ?? content.id}`;
    if (content?.type === 'ToolResult') this.results.set(name, item);
    if (content?.type === 'ToolCall') this.calls.set(name, item);
    const last = this.lastOf.get(item.turnId);
    if (!last || Number(last.split('/')[1]) < item.message.ordinal) this.lastOf.set(item.turnId, item.key);
  }

  /** The call that a result is shown in, if it is loaded. */
  callOf(item) {
    const { content } = item.message.body;
    return content?.type === 'ToolResult' ? this.calls.get(`${item.turnId} ${content.toolCallId}`) : undefined;
  }

  place(item) {
    if (this.callOf(item)) return;
    const section = this.turnOf(item);
    const element = messageElement(item);
    this.elements.set(item.key, element);
    const next = [...section.body.children].find((one) => ordinalOf(one) > item.message.ordinal);
    section.body.insertBefore(element, next ?? null);
    drawMessage(element, item, this);
    // A result that was there before its call stood alone until now.
    const result = this.results.get(`${item.turnId} ${item.message.body.content?.id}`);
    if (result) this.elements.get(result.key)?.remove();
  }

  turnOf(item) {
    let turn = this.turns.get(item.turnId);
    if (turn) return turn;
    const section = document.createElement('section');
    section.className = 'turn';
    section.dataset.turn = item.turnId;
    section.setAttribute('aria-label', 'Turn');
    const body = section.appendChild(document.createElement('div'));
    const footer = section.appendChild(document.createElement('footer'));
    turn = { section, body, footer };
    this.turns.set(item.turnId, turn);
    const order = this.store.messages.items;
    const behind = order.findIndex((one) => one.key === item.key);
    const next = order.slice(behind).find((one) => one.turnId !== item.turnId && this.turns.has(one.turnId));
    this.list.insertBefore(section, next ? this.turns.get(next.turnId).section : null);
    return turn;
  }

  // --- facts ---------------------------------------------------------------------------------------------------------

  changed({ kind, item }) {
    if (kind === 'added') {
      this.dirty.add(this.lastOf.get(item.turnId)); // It grows no more.
      this.note(item);
    }
    this.dirty.add(item.key);
    const call = this.callOf(item);
    if (call) this.dirty.add(call.key);
    frame('messages', () => this.drawDirty());
  }

  drawDirty() {
    if (!this.store.messages) return;
    for (const key of this.dirty) {
      this.dirty.delete(key); // What cannot be drawn keeps nothing else from being drawn.
      const item = this.store.messages?.index.get(key);
      if (!item) continue;
      const element = this.elements.get(key);
      if (element) drawMessage(element, item, this);
      else this.place(item);
    }
    this.drawEnds();
    if (this.following) this.toEnd();
  }

  /** The time that a turn takes is seen to pass. */
  ticks() {
    const status = this.store.thread?.status;
    const turn = this.store.at === null && status && status.type !== 'Idle' && this.turns.get(status.turnId);
    if (turn) render(this.footer(status.turnId, this.store.history?.turns.byId.get(status.turnId), true), turn.footer);
  }

  drawTurns() {
    if (!this.store.thread) return;
    for (const [id, turn] of this.turns) {
      const told = this.store.history?.turns.byId.get(id);
      const live = this.live(id);
      // What grew is drawn whole when its turn is over.
      if (turn.live && !live) this.dirty.add(this.lastOf.get(id));
      turn.live = live;
      turn.section.classList.toggle('rolled-back', told?.rolledBack === true);
      render(this.footer(id, told, live), turn.footer);
    }
    if (this.dirty.size) this.drawDirty();
    if (this.following) this.toEnd();
  }

  footer(id, turn, live) {
    if (live) {
      const asks = this.store.thread.pending.length > 0;
      const [tone, words] = asks ? ['asking', 'waits for your answer'] : turnState(turn);
      return html`<span class="working ${tone}">${dot([tone, words])} ${(!asks && this.waitsFor(id)) || words}
        <span class="quiet">${lasted(turn?.startedAt)}</span></span>`;
    }
    if (!turn) return nothing;
    const state = turnState(turn);
    const { usage } = turn;
    const took = lasted(turn.startedAt, turn.state.at);
    return html`<span class="words ${state[0]}">${dot(state)}<span>${visible(state[1])}</span></span>
      ${took ? html`<span class="quiet" title=${`begun ${clock(turn.startedAt)}`}>${took}</span>` : nothing}
      ${turn.rolledBack ? html`<span class="badge">rolled back</span>` : nothing}
      ${usage?.total ? html`<span class="quiet">${count(usage.total)} tokens</span>` : nothing}
      <a class="link" href=${links.changes(this.store.thread.id, { turn: id })}>Changes</a>
      ${this.store.writable ? html`<button class="link" @click=${() => this.actions.restoreTurn(id)}>Take back…</button>` : nothing}
      ${this.store.writable && AGAIN.includes(turn.state.type) ? html`<button class="link" @click=${() => this.again(id)}>Ask again</button>` : nothing}`;
  }

  /** Why a turn has not begun yet: its checkpoint waits for other turns in the same directory. */
  waitsFor(id) {
    const { history, overview, thread } = this.store;
    const before = history?.checkpoints.list.find((one) => one.turnId === id && /^before the turn/.test(one.description));
    if (before?.state.type !== 'Pending') return null;
    const other = [...(overview?.threads.values() ?? [])]
      .find((one) => one.projectId === thread.projectId && one.id !== thread.id && one.status.type !== 'Idle');
    return other ? html`waits for <a class="link" href=${links.thread(other.id)}><bdi>${oneLine(other.title, 60)}</bdi></a>, which works in the same directory`
      : 'takes a checkpoint of the files';
  }

  /** Gives what was asked back to the prompt box. */
  again(id) {
    const prompt = this.store.messages.index.get(keyOf(id, 0));
    if (prompt) this.store.tell('again', { text: plain(prompt.message.body.blocks) });
  }

  drawEnds() {
    const { messages } = this.store;
    render(messages.before
      ? html`<p class="edge"><button class="link" @click=${() => this.loadOlder()}>Older messages</button></p>`
      : messages.items.length ? html`<p class="edge">The conversation begins here</p>` : nothing, this.start);
    render(messages.newest ? (messages.items.length ? nothing : html`<p class="edge">Nothing was said yet.${this.store.writable ? ' Write the first prompt below.' : ''}</p>`)
      : html`<p class="edge"><button class="link" @click=${() => this.store.jump(null)}>Back to the newest messages</button></p>`, this.end);
  }

  // --- scrolling -----------------------------------------------------------------------------------------------------

  toEnd() {
    this.host.scrollTop = this.host.scrollHeight;
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.host;
    // Only people scroll up; what grows below does not mean that they want to stay.
    if (scrollTop < this.lastTop - 1) this.following = false;
    if (scrollHeight - scrollTop - clientHeight < NEAR_END) this.following = true;
    this.lastTop = scrollTop;
    if (scrollTop < NEAR_START) this.loadOlder();
  }

  async loadOlder() {
    if (!this.store.messages?.before) return;
    const older = await this.store.older();
    if (!older.length) return;
    const { scrollHeight, scrollTop } = this.host;
    older.forEach((item) => this.note(item));
    // From the newest on, so that each turn finds the one behind it.
    older.reverse().forEach((item) => this.place(item));
    this.drawTurns();
    this.drawEnds();
    // What was looked at stays where it was.
    this.host.scrollTop = scrollTop + this.host.scrollHeight - scrollHeight;
  }

  /** Moves the focus to the next message, or the one before. */
  step(by) {
    const all = [...this.list.querySelectorAll('.message')];
    if (!all.length) return;
    const at = all.indexOf(document.activeElement?.closest?.('.message'));
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by));
    all[next].focus({ preventScroll: true });
    all[next].scrollIntoView({ block: 'nearest' });
  }

  /** Brings a turn into sight, loading it when it is not there. */
  async show(turnId, nextTurnId) {
    if (!this.turns.has(turnId)) await this.store.jump(nextTurnId ? keyOf(nextTurnId, 0) : null);
    this.following = false;
    const turn = this.turns.get(turnId);
    turn?.section.scrollIntoView({ block: 'start' });
    turn?.section.querySelector('.message')?.focus({ preventScroll: true });
  }
}

const ordinalOf = (element) => Number(element.dataset.key.split('/')[1]);
