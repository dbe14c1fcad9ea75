// Beside the conversation: plan, usage, the timeline of checkpoints, and git.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { links, go } from '../router.js';
import { keyOf } from '../fold/messages.js';
import { settingsOf } from '../session.js';
import { clock, count, oneLine, plain, size } from '../text.js';
import { icon } from './icons.js';
import { rulesView } from './policies.js';
import { checkpointState, dot, operationState, turnState } from './state.js';

export class Side {
  constructor(host, store, actions, transcript) {
    this.host = host;
    this.store = store;
    this.actions = actions;
    this.transcript = transcript;
    this.from = null; // The checkpoint that another one will be compared with.
  }

  draw(route) {
    const { thread, history } = this.store;
    if (route.view !== 'thread' || !thread) {
      render(html`<p class="hint">Open a thread to see its plan, checkpoints and commits.</p>`, this.host);
      return;
    }
    render(html`${this.plan(thread)}${this.usage(thread)}${this.session(thread)}${this.timeline(history)}${this.git(thread)}${rulesView(this.store, this.actions)}`, this.host);
  }

  // --- plan and usage ------------------------------------------------------------------------------------------------

  plan({ plan }) {
    if (!plan.length) return nothing;
    const done = plan.filter((entry) => entry.status === 'completed').length;
    return html`<section aria-label="Plan"><h2>Plan <span class="quiet">${done} of ${plan.length}</span></h2>
      <ol class="steps">${plan.map((entry) => html`<li class=${entry.status}>
        <span class="step" role="img" aria-label=${entry.status.replaceAll('_', ' ')}></span>
        <bdi>${oneLine(entry.content, 300)}</bdi></li>`)}</ol></section>`;
  }

  usage({ figures, usage }) {
    const total = usage?.total ?? figures;
    if (!total) return nothing;
    const used = figures?.contextUsed ?? total.contextUsed;
    const whole = figures?.contextSize ?? total.contextSize;
    const row = (label, value) => (value === undefined ? nothing : html`<div><dt>${label}</dt><dd>${value}</dd></div>`);
    const number = (value) => (value === undefined ? undefined : count(value));
    const cost = total.cost ?? figures?.cost;
    return html`<section aria-label="Usage"><h2>Usage</h2>
      ${used !== undefined && whole ? html`<label class="context">Context, ${count(used)} of ${count(whole)}
        <meter min="0" max=${whole} high=${whole * 0.85} value=${used}></meter></label>` : nothing}
      <dl class="figures">${row('in', number(total.input))}${row('out', number(total.output))}
        ${row('cached', number(total.cachedRead))}${row('total', number(total.total))}
        ${row('cost', cost && `${cost.amount.toFixed(2)} ${cost.currency}`)}</dl></section>`;
  }

  /** What the agent's session is set to; the agent decides. */
  session({ session }) {
    const told = settingsOf(session);
    return told.length ? html`<section aria-label="Session"><h2>Session</h2><dl class="figures">${told.map(([what, value]) =>
      html`<div><dt>${oneLine(what, 40)}</dt><dd><bdi>${oneLine(value, 80)}</bdi></dd></div>`)}</dl></section>` : nothing;
  }

  // --- timeline ------------------------------------------------------------------------------------------------------

  timeline({ checkpoints, turns }) {
    return html`<section aria-label="Checkpoints"><h2>Timeline
        ${this.store.writable ? html`<button class="link" title="Take back the newest restore (u)"
          @click=${() => this.actions.undo()}>${icon('undo')}Undo restore</button>` : nothing}</h2>
      ${this.from ? html`<p class="hint">From <strong>${this.from.description}</strong>, ${clock(this.from.createdAt)}:
        choose the point to compare with, or <button class="link" @click=${() => this.compareWithNow()}>the files as they are</button>.
        <button class="link" @click=${() => this.compareFrom(null)}>Cancel</button></p>` : nothing}
      <ol class="timeline">${repeat(checkpoints.list, (point) => point.id, (point) => this.point(point, turns))}</ol>
      ${checkpoints.before ? html`<button class="link" @click=${() => this.older()}>Earlier checkpoints</button>` : nothing}
      ${checkpoints.list.length ? nothing : html`<p class="hint">A checkpoint is taken before and after each turn.</p>`}</section>`;
  }

  point(point, turns) {
    const state = checkpointState(point);
    const ready = point.state.type === 'Ready';
    const turn = turns.byId.get(point.turnId);
    const after = /^after/.test(point.description) && turn;
    return html`<li class="point ${this.from?.id === point.id ? 'chosen' : ''}">
      <span class="knot ${state[0]}" aria-hidden="true"></span>
      <div class="line"><span class="what"><bdi>${after ? this.promptOf(point) : oneLine(point.description)}</bdi></span><time>${clock(point.createdAt)}</time></div>
      <div class="line quiet" title=${ready ? size(point.state.stats.bytes) : nothing}>${after ? `${oneLine(point.description)}, ` : ''}${state[1]}
        ${after ? html` ${dot(turnState(turn))} ${turnState(turn)[1].slice(0, 60)}` : nothing}</div>
      <div class="acts">
        ${after ? html`<button class="link" @click=${() => this.changes(point)}>Changes</button>
          <button class="link" @click=${() => this.show(point)}>Turn</button>` : nothing}
        ${ready ? html`<button class="link" @click=${() => this.compare(point)}>${this.from && this.from !== point ? 'Compare' : 'Compare…'}</button>` : nothing}
        ${ready && this.store.writable ? html`<button class="link" @click=${() => this.actions.restore(point)}>Restore…</button>` : nothing}
      </div></li>`;
  }

  /** What the turn before a checkpoint was asked, if that is loaded; else what the checkpoint says of itself. */
  promptOf(point) {
    const prompt = this.store.messages?.index.get(keyOf(point.turnId, 0));
    return oneLine(prompt ? plain(prompt.message.body.blocks) : point.description, 70);
  }

  changes(point) {
    go(links.changes(this.store.thread.id, { turn: point.turnId }));
  }

  show(point) {
    const ids = [...this.store.history.turns.byId.keys()];
    go(links.thread(this.store.thread.id));
    this.transcript.show(point.turnId, ids[ids.indexOf(point.turnId) + 1]).catch((problem) => this.store.fail(problem));
  }

  compare(point) {
    if (!this.from || this.from.id === point.id) {
      this.compareFrom(this.from ? null : point);
      return;
    }
    const [from, to] = [this.from, point].sort((one, other) => one.createdAt.localeCompare(other.createdAt));
    go(links.changes(this.store.thread.id, { from: from.id, to: to.id }));
    this.compareFrom(null);
  }

  older() {
    this.store.olderCheckpoints().catch((problem) => this.store.fail(problem));
  }

  compareWithNow() {
    go(links.changes(this.store.thread.id, { from: this.from.id }));
    this.compareFrom(null);
  }

  compareFrom(point) {
    this.from = point;
    this.store.tell('history');
  }

  // --- git -----------------------------------------------------------------------------------------------------------

  git(thread) {
    const newest = [...thread.operations.values()]
      .sort((one, other) => (other.requestedAt ?? '').localeCompare(one.requestedAt ?? '')).slice(0, 12);
    return html`<section aria-label="Git"><h2>Git</h2>
      ${this.store.writable ? html`<div class="row">
        <button class="button small" @click=${() => this.actions.commit()}>${icon('check')}Commit…</button>
        <button class="button small" @click=${() => this.actions.branch()}>${icon('branch')}Branch…</button>
        <button class="button small" @click=${() => this.actions.push()}>${icon('send')}Push…</button>
        <button class="button small" @click=${() => this.actions.worktrees()}>Worktrees…</button></div>` : nothing}
      ${this.place(thread)}
      <ul class="operations">${repeat(newest, (one) => one.id, (operation) => {
        const state = operationState(operation);
        return html`<li>${dot(state)}<span class="what"><bdi>${oneLine(named(operation), 80)}</bdi></span>
          <span class="quiet"><bdi>${oneLine((state[0] === 'running' && this.actions.progress.newest(operation.id)) || state[1], 200)}</bdi></span></li>`;
      })}</ul></section>`;
  }

  /** Where a thread works that has a working tree of its own. */
  place({ project, projectId }) {
    const worktree = (this.store.overview?.projects.get(projectId) ?? project)?.worktree;
    return worktree ? html`<p class="hint">In the worktree <bdi>${oneLine(project.name, 60)}</bdi>, on the branch
      <bdi>${oneLine(worktree.branch, 80)}</bdi>${worktree.standing === 'removed' ? ', removed' : ''}.</p>` : nothing;
  }
}

/** What an operation is, in words. */
export function named(operation) {
  switch (operation.type) {
    case 'Commit': return `commit: ${operation.message.split('\n')[0]}`;
    case 'Branch': return `branch ${operation.name}`;
    case 'Push': return `push ${operation.branch} to ${operation.remote}`;
    case 'Restore': return `restore ${operation.scope === 'both' ? 'files and conversation' : operation.scope}`;
    default: return operation.type.toLowerCase();
  }
}
