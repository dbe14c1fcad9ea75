// The raw log: every fact as it stands, found by type, thread and text, and verified.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { get, post } from '../api.js';
import { TOLD, sentence } from '../facts.js';
import { frame } from '../frame.js';
import { oneLine, plural, size, visible } from '../text.js';
import { beginning, moreOf } from './long.js';

const PAGE = 200;
const MOST = 2_000; // Facts in the list at once.

export class Log {
  constructor(host, store) {
    this.host = host;
    this.store = store;
    this.filter = {};
    this.events = [];
    this.shown = false;
    store.on('event', (stored) => this.live(stored));
    // Where the log ends is known with the overview.
    store.on('overview', () => this.shown && !this.events.length && !this.filtered && this.load());
    store.on('travel', () => this.shown && this.load());
  }

  /** The last fact that is shown: the newest, or the one that is looked at. */
  get end() {
    return this.store.at ?? this.store.head;
  }

  get filtered() {
    return Boolean(this.filter.q || this.filter.type || this.filter.thread);
  }

  async show(query) {
    const filter = { q: query.q ?? '', type: query.type ?? '', thread: query.thread ?? '' };
    if (this.shown && JSON.stringify(filter) === JSON.stringify(this.filter)) return;
    this.shown = true;
    this.filter = filter;
    this.draw();
    if (this.store.overview || this.filtered) await this.load();
    this.loadStats();
  }

  hide() {
    this.shown = false;
  }

  /** The newest page; with a filter the first one that matches, since the log is searched from its beginning. */
  async load() {
    this.events = [];
    try {
      await this.page(this.filtered ? 0 : Math.max(0, this.end - PAGE));
    } catch (problem) {
      this.store.fail(problem);
    }
  }

  async page(after) {
    const { filter, end } = this;
    const { body } = await get('/api/events', { after, limit: PAGE, ...filter });
    if (filter !== this.filter || (this.store.at ?? end) !== end) return;
    this.next = body.next > end ? null : (body.next ?? null);
    this.merge(body.events.filter((stored) => stored.sequence <= end));
    this.draw();
  }

  merge(events) {
    const all = new Map([...this.events, ...events].map((stored) => [stored.sequence, stored]));
    this.events = [...all.values()].sort((one, other) => other.sequence - one.sequence);
  }

  earlier() {
    const oldest = this.events.at(-1)?.sequence ?? 1;
    this.page(Math.max(0, oldest - 1 - PAGE)).catch((problem) => this.store.fail(problem));
  }

  later() {
    this.page(this.next).catch((problem) => this.store.fail(problem));
  }

  live(stored) {
    if (!this.shown || this.filtered || this.store.at !== null) return;
    const newest = this.events[0]?.sequence;
    if (newest >= stored.sequence) return;
    if (newest < stored.sequence - 1) {
      this.load(); // Facts between them were missed.
      return;
    }
    this.events.unshift(stored);
    this.events.length = Math.min(this.events.length, MOST);
    frame('log', () => this.draw());
  }

  async loadStats() {
    try {
      this.stats = (await get('/api/log/stats')).body;
      this.draw();
    } catch {
      // The list says what matters.
    }
  }

  async verify() {
    this.verdict = { tone: 'running', text: 'Verifying the whole log…' };
    this.draw();
    try {
      this.verdict = verdictOf(await post('/api/log/verify'));
    } catch (problem) {
      this.verdict = { tone: 'failed', text: problem.message };
    }
    this.draw();
  }

  search(event) {
    event.preventDefault();
    const data = new FormData(event.target);
    location.hash = `#/log?${new URLSearchParams([...data].filter(([, value]) => value))}`;
  }

  draw() {
    if (!this.shown) return;
    const { q, type, thread } = this.filter;
    render(html`
      <div class="log-head"><h1>Event log</h1>
        ${this.stats ? html`<span class="quiet">${plural(this.stats.sequence, 'fact')}, ${size(this.stats.databaseBytes ?? 0)}</span>` : nothing}
        <span class="grow"></span>
        <button class="button small" id="verify" @click=${() => this.verify()}>Verify</button></div>
      ${this.verdict ? html`<p class="verdict ${this.verdict.tone}" role="status">${this.verdict.text}</p>` : nothing}
      <form class="filters" @submit=${(event) => this.search(event)}>
        <input type="search" id="log-search" name="q" placeholder="Text" aria-label="Text" .value=${q} autocomplete="off">
        <input name="type" list="types" placeholder="Type, such as TurnStarted" aria-label="Type" .value=${type} autocomplete="off" spellcheck="false">
        <input name="thread" list="threads" placeholder="Thread" aria-label="Thread" .value=${thread} autocomplete="off" spellcheck="false">
        <button class="button small">Search</button>
        <datalist id="types">${TOLD.map((name) => html`<option value=${name}></option>`)}</datalist>
        <datalist id="threads">${[...(this.store.overview?.threads.values() ?? [])].slice(0, 200)
          .map(({ id, title }) => html`<option value=${id} label=${oneLine(title, 60)}></option>`)}</datalist></form>
      <div class="facts">${repeat(this.events, (stored) => stored.sequence, (stored) => this.fact(stored))}</div>
      ${this.more()}`, this.host);
  }

  more() {
    const again = (label, run) => html`<p class="edge"><button class="link" @click=${run}>${label}</button></p>`;
    if (this.filtered) {
      if (!this.events.length && !this.next) return html`<p class="hint">No fact matches.</p>`;
      return this.next ? again('Later matches', () => this.later()) : nothing;
    }
    return (this.events.at(-1)?.sequence ?? 1) > 1 ? again('Earlier facts', () => this.earlier()) : nothing;
  }

  fact(stored) {
    const { type } = stored.event;
    const open = stored.open === true;
    const toggle = (event) => {
      stored.open = event.target.open;
      this.draw();
    };
    const text = open ? JSON.stringify(stored.event, null, 2) : '';
    const name = `log/${stored.sequence}`;
    return html`<details class="fact ${this.store.at === stored.sequence ? 'here' : ''}" @toggle=${toggle}>
      <summary><span class="sequence">${stored.sequence}</span><time title=${stored.storedAt ?? ''}>${stored.storedAt?.slice(11, 23) ?? ''}</time>
        <span class="type">${type}</span><span class="gist"><bdi>${oneLine(sentence(stored.event), 220)}</bdi></span></summary>
      ${open ? html`<pre tabindex="0" role="group" aria-label="Fact ${stored.sequence}">${visible(beginning(name, text))}</pre>
        ${moreOf(name, text, () => this.draw())}` : nothing}</details>`;
  }

  step(by) {
    const all = [...this.host.querySelectorAll('details.fact > summary')];
    const at = all.indexOf(document.activeElement);
    all[Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
  }
}

/** What following the chain of hashes has shown, for people. */
function verdictOf({ chain, sequence, head, why, faults = [] }) {
  const others = faults.filter((fault) => fault.why !== why); // What broke the chain is told once.
  const places = others.map((fault) => `${fault.sequence}: ${visible(fault.why)}`).join('; ');
  switch (chain) {
    case 'sound': return { tone: 'done', text: `The log is what was written: ${plural(sequence, 'fact')}, head ${head.slice(0, 28)}…` };
    case 'broken': return { tone: 'failed', text: `The log is broken at ${sequence}: ${visible(why)}. ${places}` };
    default: return { tone: faults.length ? 'asking' : 'failed', text: `The log is ${visible(chain)}. ${places}` };
  }
}
