// What needs people: the agent's questions, the prompts that wait, and the next prompt.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { Attachments, nameOf } from '../attachments.js';
import { offered } from '../policy.js';
import { takesImages } from '../session.js';
import { oneLine, plain, size, visible, words } from '../text.js';
import { Completion } from './completion.js';
import { icon } from './icons.js';
import { beginning, moreOf } from './long.js';
import { changeView } from './tool.js';

const DRAFTS = 'stele.drafts'; // Kept while the window is open, also when it is loaded anew.
const FIRST_INPUT = 4_000;
const LONGEST_TITLE = 2_000; // Nobody can allow what they were not shown.
const HOLDS = {
  turn_failed: 'the turn before failed', turn_interrupted: 'the turn before was interrupted',
  restored: 'a checkpoint was restored',
};

export class Dock {
  constructor(host, store, actions) {
    this.host = host;
    this.store = store;
    this.actions = actions;
    this.drafts = new Map(JSON.parse(sessionStorage.getItem(DRAFTS) ?? '[]')); // Thread -> what was written and not sent.
    this.completion = new Completion(store);
    this.attachments = new Attachments(() => this.store.tell('thread'), (why) => actions.toast('failed', why));
    store.on('again', ({ text }) => this.write(text));
  }

  /** Draws anew what is there, when somebody wants to see more of it. */
  redraw() {
    this.draw(this.route);
  }

  draw(route) {
    this.route = route;
    const { thread } = this.store;
    if (route.view !== 'thread' || !thread) {
      render(nothing, this.host);
      return;
    }
    render(html`${this.store.writable ? thread.pending.map((action, at) => this.question(action, at)) : nothing}
      ${route.part === 'conversation' ? html`${this.queue(thread)}${this.composer(thread)}` : nothing}`, this.host);
  }

  // --- questions -----------------------------------------------------------------------------------------------------

  question(action, at) {
    const changes = (this.call(action)?.content ?? []).filter((part) => part.type === 'Diff');
    const answers = action.options;
    return html`<section class="question" aria-label="The agent asks">
      <p class="what">${icon('point')}<span>The agent asks: ${this.tool(action)}<strong><bdi>${oneLine(action.title, LONGEST_TITLE)}</bdi></strong></span></p>
      ${this.facts(action)}
      ${changes.length ? html`<div class="proposal">${changes.map((change, nth) => changeView(change, `${action.id}/${nth}`, () => this.redraw(), 300))}</div>` : nothing}
      <div class="answers">
        ${answers.map((option, n) => html`<button class="button ${tone(option)}" title=${words(option.kind)}
          @click=${() => this.actions.answer(action, option)}><bdi>${oneLine(option.label, 60)}</bdi>${at ? nothing : keyOf(option, n, answers)}</button>`)}
        ${answers.some((option) => option.kind.startsWith('reject')) ? nothing
          : html`<button class="button" @click=${() => this.actions.reject(action)}>Cancel the question</button>`}
        ${this.offer(action)}
      </div>
    </section>`;
  }

  /** Which tool it would use, when the question does not name it. */
  tool(action) {
    const call = this.call(action);
    const name = call?.title || call?.name;
    return !name || action.title.includes(name) ? nothing : html`<bdi>${oneLine(name, 80)}</bdi>: `;
  }

  /** A rule of ours, in place of the agent's own offers to ask no more. */
  offer(action) {
    const call = this.call(action);
    const rule = call && offered(call, this.store.thread.project);
    return rule ? html`<button class="link" @click=${() => this.actions.rules(call)}><bdi>${oneLine(rule, 80)}</bdi></button>` : nothing;
  }

  /** What the agent wants to do, when it is not a change of files. */
  facts(action) {
    const call = this.call(action);
    if (!call?.input || call.content?.some((part) => part.type === 'Diff')) return nothing;
    const name = `${action.id}/input`;
    return html`<pre tabindex="0" role="group" aria-label="Input">${visible(beginning(name, call.input, FIRST_INPUT))}</pre>
      ${moreOf(name, call.input, () => this.redraw(), FIRST_INPUT)}`;
  }

  call(action) {
    const { messages, thread } = this.store;
    const turn = action.turnId ?? thread.status.turnId;
    return messages?.items.findLast(({ turnId, message: { body } }) =>
      turnId === turn && body.content?.type === 'ToolCall' && body.content.id === action.toolCallId)?.message.body.content;
  }

  // --- queue ---------------------------------------------------------------------------------------------------------

  queue({ queue, hold }) {
    if (!queue.length) return nothing;
    return html`<section class="queue" aria-label="Waiting prompts">
      <h2>Waiting ${hold ? html`<span class="badge asking">held: ${HOLDS[hold] ?? words(hold)}</span>
        ${this.store.writable ? html`<button class="link" @click=${() => this.actions.queued('SendQueuedPrompt', queue[0].id)}>Go on</button>` : nothing}` : nothing}</h2>
      <ol>${repeat(queue, (entry) => entry.id, (entry, at) => this.entry(entry, at, queue.length))}</ol></section>`;
  }

  entry(entry, at, length) {
    const isText = (block) => block.type === 'Text';
    const text = plain(entry.prompt.filter(isText));
    const button = (name, label, run, disabled = false) => html`<button class="plain" title=${label} aria-label=${label}
      ?disabled=${disabled} @click=${run}>${icon(name)}</button>`;
    const move = (position) => () => this.actions.queued('MoveQueuedPrompt', entry.id, { position });
    const said = html`<span class="text"><bdi>${oneLine(text, 160)}</bdi>
        ${entry.prompt.filter((block) => !isText(block)).map((block) => html`<span class="badge"><bdi>${oneLine(nameOf(block), 40)}</bdi></span>`)}</span>`;
    if (!this.store.writable) return html`<li>${said}</li>`;
    return html`<li>${said}
      ${button('send', 'Send now', () => this.actions.queued('SendQueuedPrompt', entry.id))}
      ${button('edit', 'Edit', () => this.actions.editQueued(entry))}
      ${button('up', 'Earlier', move(at), at === 0)}${button('down', 'Later', move(at + 2), at === length - 1)}
      ${button('close', 'Remove', () => this.actions.queued('RemoveQueuedPrompt', entry.id))}</li>`;
  }

  // --- the next prompt -----------------------------------------------------------------------------------------------

  composer(thread) {
    const busy = thread.status.type !== 'Idle';
    const readOnly = !this.store.writable;
    return html`<form class="composer" @submit=${(event) => this.send(event)} @paste=${(event) => this.attach(event, event.clipboardData?.files)}
        @dragover=${(event) => event.preventDefault()} @drop=${(event) => this.attach(event, event.dataTransfer?.files)}>
      <div id="completion"></div>${this.attached(thread)}
      <textarea id="prompt" rows="1" aria-label="Prompt" aria-autocomplete="list" ?disabled=${readOnly} spellcheck="true"
        placeholder=${this.store.at !== null ? 'You are looking at the past' : readOnly ? 'The log is only read: something in it is damaged' : busy ? 'Say what comes next; it waits its turn' : 'Ask, or tell what to do'}
        .value=${this.drafts.get(thread.id) ?? ''} @input=${(event) => this.wrote(event.target)} @keydown=${(event) => this.key(event)}></textarea>
      <div class="tools" ?hidden=${readOnly}>
        <span class="hint">${busy ? 'Enter queues' : 'Enter sends'}, Shift+Enter breaks the line</span>
        <span class="grow"></span>
        <input type="file" id="files" multiple hidden @change=${(event) => this.attach(event, event.target.files)}>
        <button type="button" class="button" title="Goes to the agent with the prompt: up to 10 MiB each. Pasting and dropping do, too"
          @click=${() => document.getElementById('files').click()}>Attach…</button>
        ${busy ? html`<button type="button" class="button danger" id="interrupt" @click=${() => this.actions.interrupt()}>
          ${icon('stop')}Interrupt</button>` : nothing}
        <button type="submit" class="button primary" id="send">${icon('send')}${busy ? 'Queue' : 'Send'}</button>
      </div></form>`;
  }

  attached(thread) {
    const files = this.attachments.of(thread.id);
    if (!files.length) return nothing;
    return html`<ul class="chips" aria-label="Attached">${files.map((one) => html`<li><bdi>${oneLine(one.name, 60)}</bdi> <span class="quiet">${size(one.size)}</span>
      <button type="button" class="plain" aria-label=${`Remove ${oneLine(one.name, 60)}`} @click=${() => this.attachments.remove(thread.id, one)}>${icon('close')}</button></li>`)}
      ${files.some(({ block }) => block.type === 'Image') && !takesImages(thread.session) ? html`<li class="warning">This agent says that it takes no images.</li>` : nothing}</ul>`;
  }

  /** Text that is pasted stays text. */
  attach(event, files) {
    if (!files?.length || !this.store.writable) return;
    event.preventDefault();
    this.attachments.add(this.store.thread.id, [...files]).finally(() => event.target.type === 'file' && (event.target.value = ''));
  }

  wrote(area) {
    if (area.value) this.drafts.set(this.store.thread.id, area.value);
    else this.drafts.delete(this.store.thread.id);
    this.keep();
    this.completion.look(area);
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight + 2, 260)}px`;
  }

  keep() {
    sessionStorage.setItem(DRAFTS, JSON.stringify([...this.drafts]));
  }

  /** Puts a text into the prompt box, before what stands there, to be sent or changed. */
  write(text) {
    const area = this.host.querySelector('textarea');
    if (!area) return;
    this.fill(area, [text, area.value].filter(Boolean).join('\n\n'));
    area.focus();
  }

  fill(area, text) {
    area.value = text;
    this.wrote(area);
  }

  key(event) {
    if (this.completion.key(event)) return;
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  }

  async send(event) {
    event.preventDefault();
    const area = event.target.querySelector('textarea');
    const text = area.value.trim();
    const { id } = this.store.thread;
    const files = this.attachments.of(id);
    if (!text && !files.length) return;
    area.value = '';
    this.wrote(area);
    this.attachments.set(id, []);
    // What could not be sent is given back, unless something else was begun meanwhile.
    if (await this.actions.say(text, files.map(({ block }) => block))) return;
    if (!this.attachments.of(id).length) this.attachments.set(id, files);
    if (!text || this.drafts.has(id)) return;
    this.drafts.set(id, text);
    this.keep();
    // By now another thread may be open.
    const shown = this.store.thread?.id === id && this.host.querySelector('textarea');
    if (shown) this.fill(shown, text);
  }
}

const tone = ({ kind }) => (kind === 'allow_once' ? 'primary' : kind.startsWith('reject') ? 'danger' : '');

/** The key that gives this answer: a and r for the first of each kind, numbers for all. */
function keyOf(option, n, all) {
  const first = (kind) => all.find((one) => one.kind.startsWith(kind)) === option;
  const key = first('allow') ? 'a' : first('reject') ? 'r' : String(n + 1);
  return html`<kbd aria-hidden="true">${key}</kbd>`;
}
