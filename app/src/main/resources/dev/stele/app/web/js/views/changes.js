// What a turn changed, or what differs between two points: files, each with its hunks, unified or side by side.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { get } from '../api.js';
import { hunksOf } from '../diff.js';
import { frame } from '../frame.js';
import { keyOf } from '../fold/messages.js';
import { go, links } from '../router.js';
import { clock, oneLine, plain, plural, words } from '../text.js';
import { hunksView, sums } from './diffview.js';

const OPEN_ROWS = 600;
const BETWEEN = 'between';
const OPEN_FILES = 60; // More files begin folded.
const ORIGINS = {
  agent: 'the agent told of it', agent_and_more: 'the agent, and more', unclear: 'unclear who', others: 'not the agent',
  head: 'came with a commit',
};

export class Changes {
  constructor(host, store) {
    this.host = host;
    this.store = store;
    this.split = localStorage.getItem('stele.diff') === 'split';
    this.wanted = null;
    this.files = null;
    store.on('connection', () => store.connection === 'live' && this.trouble && !host.hidden && this.again());
    store.on('history', () => !host.hidden && frame('changes', () => this.draw()));
  }

  /** Loads what the address asks for: a turn, two checkpoints, one and the files now, or the newest turn. */
  async show(query) {
    const wanted = JSON.stringify([this.store.wanted, query, this.store.at]);
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    this.files = null;
    this.trouble = null;
    this.query = query;
    this.draw();
    try {
      const diff = await this.load(query);
      if (this.wanted !== wanted) return;
      this.files = diff.files.map((file) => ({ ...file, hunks: hunksOf(file.patch), most: OPEN_ROWS, open: diff.files.length <= OPEN_FILES }));
    } catch (problem) {
      if (this.wanted !== wanted) return;
      this.trouble = problem.message;
    }
    this.draw();
  }

  again() {
    this.forget();
    this.show(this.query);
  }

  /** Forgets what was loaded: the files may be others now. */
  forget() {
    this.wanted = null;
  }

  async load({ turn, from, to }) {
    if (from) return (await get('/api/diff', { from, to })).body;
    const id = turn ?? (await this.newestTurn());
    return id ? (await get(`/api/turns/${encodeURIComponent(id)}/diff`)).body : { files: [] };
  }

  async newestTurn() {
    const { body } = await get(`/api/threads/${encodeURIComponent(this.store.wanted)}/turns`, { limit: 1, at: this.store.at });
    return body.turns[0]?.id;
  }

  toggle() {
    this.split = !this.split;
    localStorage.setItem('stele.diff', this.split ? 'split' : 'unified');
    this.draw();
  }

  draw() {
    const added = this.files?.reduce((sum, file) => sum + file.added, 0);
    const removed = this.files?.reduce((sum, file) => sum + file.removed, 0);
    render(html`
      <div class="changes-head">${this.choice()}
        ${this.files ? html`<span class="quiet">${plural(this.files.length, 'file')}</span>${sums(added, removed)}` : nothing}
        <span class="grow"></span>
        <button class="button small" id="split" aria-pressed=${this.split} title="Side by side or unified (v)" @click=${() => this.toggle()}>
          ${this.split ? 'Unified' : 'Side by side'}</button></div>
      ${this.body()}`, this.host);
  }

  // --- what is compared ----------------------------------------------------------------------------------------------

  /** A turn, or two points: chosen here, or in the timeline. */
  choice() {
    const { turn, from, to } = this.query ?? {};
    const { history } = this.store;
    if (!history) return nothing;
    const turns = [...history.turns.byId.keys()].reverse();
    const points = history.checkpoints.list.filter((point) => point.state.type === 'Ready');
    const choose = ({ target: { value } }) => this.go(value === BETWEEN ? { from: points.at(-1)?.id } : { turn: value });
    return html`<select id="compared" aria-label="What is compared" @change=${choose}>
        <option value="" ?selected=${!turn && !from}>What the newest turn changed</option>
        ${turns.map((id) => html`<option value=${id} ?selected=${id === turn}>${this.nameOfTurn(id)}</option>`)}
        ${turn && !turns.includes(turn) ? html`<option value=${turn} selected>What an earlier turn changed</option>` : nothing}
        ${points.length ? html`<option value=${BETWEEN} ?selected=${Boolean(from)}>What differs between two points…</option>` : nothing}</select>
      ${from ? html`${this.point('From', points, from, (value) => this.go({ from: value, to }))}
        ${this.point('To', points, to ?? '', (value) => this.go({ from, to: value }))}` : nothing}`;
  }

  point(label, points, chosen, choose) {
    return html`<label class="point-of"><span>${label}</span><select @change=${(event) => choose(event.target.value)}>
      ${label === 'To' ? html`<option value="" ?selected=${chosen === ''}>the files as they are</option>` : nothing}
      ${points.map((point) => html`<option value=${point.id} ?selected=${point.id === chosen}>${this.store.nameOf(point)}, ${clock(point.createdAt)}</option>`)}
      ${chosen && !points.some((point) => point.id === chosen) ? html`<option value=${chosen} selected>${oneLine(chosen, 30)}</option>` : nothing}
    </select></label>`;
  }

  nameOfTurn(id) {
    const prompt = this.store.messages?.index.get(keyOf(id, 0));
    const when = clock(this.store.history.turns.byId.get(id)?.startedAt);
    return prompt ? `What “${oneLine(plain(prompt.message.body.blocks), 60)}” changed, ${when}` : `What the turn of ${when} changed`;
  }

  go(query) {
    go(links.changes(this.store.wanted, query));
  }

  // --- files ---------------------------------------------------------------------------------------------------------

  body() {
    if (this.trouble) return html`<p class="trouble">${this.trouble}</p>`;
    if (!this.files) return html`<p class="hint">Comparing…</p>`;
    if (!this.files.length) return html`<p class="hint">No file differs.</p>`;
    return repeat(this.files, (file) => file.path, (file) => this.file(file));
  }

  file(file) {
    const name = file.oldPath ? `${oneLine(file.oldPath)} → ${oneLine(file.path)}` : oneLine(file.path);
    const more = () => {
      file.most *= 10;
      this.draw();
    };
    return html`<details class="file" ?open=${file.open} @toggle=${(event) => this.fold(file, event.target.open)}>
      <summary><span class="badge ${file.kind}">${file.kind}</span><span class="path"><bdi>${name}</bdi></span>
        ${sums(file.added, file.removed)}
        ${file.origin && file.origin !== 'agent' ? html`<span class="badge asking">${ORIGINS[file.origin] ?? words(file.origin)}</span>` : nothing}
        ${file.oldMode && file.newMode && file.oldMode !== file.newMode ? html`<span class="quiet">${file.oldMode} → ${file.newMode}</span>` : nothing}</summary>
      ${file.binary ? html`<p class="rest">A binary file.</p>`
        : file.open ? hunksView(file.hunks, { split: this.split, most: file.most, more, label: `Changes of ${name}` }) : nothing}
    </details>`;
  }

  fold(file, open) {
    if (file.open === open) return;
    file.open = open;
    this.draw();
  }

  /** Moves the focus to the next file. */
  step(by) {
    const all = [...this.host.querySelectorAll('details.file > summary')];
    const at = all.indexOf(document.activeElement);
    const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  }
}
