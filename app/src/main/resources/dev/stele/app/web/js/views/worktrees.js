// Working trees of a project's repository: which there are, how they stand, and what becomes of their work.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { command, get, newId } from '../api.js';
import { addWorktree, done } from '../operations.js';
import { links } from '../router.js';
import { oneLine, plural } from '../text.js';
import { open, submit } from './dialogs.js';
import { icon } from './icons.js';
import { distanceView } from './push.js';
import { dot } from './state.js';

const STANDING = {
  new: ['running', 'being made'], returning: ['running', 'being made'], leaving: ['running', 'being removed'],
  removed: ['idle', 'removed'], there: ['done', 'there'],
};
const standing = (one) => (one.standing === 'there' && !one.there ? ['failed', 'deleted by hand'] : STANDING[one.standing]);

/** Shows the worktrees of a project until it is left. */
export function worktrees(projectId) {
  const state = { told: null, chosen: null, work: null, trouble: null, paths: [], busy: null, news: null };
  const load = async () => {
    state.told = (await get(`/api/projects/${encodeURIComponent(projectId)}/worktrees`)).body;
  };
  let begun = false;
  return open('Worktrees', (close, redraw) => {
    const attempt = async (label, work) => {
      Object.assign(state, { busy: label, trouble: null, paths: [], news: null });
      redraw();
      try {
        state.news = (await work()) ?? null;
        state.work = null;
      } catch (problem) {
        state.trouble = problem.message;
        state.paths = problem.paths ?? [];
      }
      await load().catch((problem) => (state.trouble ??= problem.message));
      state.busy = null;
      redraw();
    };
    if (!begun) {
      begun = true;
      attempt('Looking at the worktrees…', () => {});
    }
    const { told } = state;
    return html`<div class="worktrees">
      ${state.trouble ? html`<div class="preview failure" role="alert"><p>${state.trouble}</p>${paths(state.paths)}</div>` : nothing}
      ${state.news ? html`<p class="preview" role="status">${state.news}</p>` : nothing}
      ${state.busy ? html`<p class="hint" role="status">${dot(['running', 'working'])} ${state.busy}</p>` : nothing}
      ${told?.project.trouble ? html`<p class="failure">${told.project.trouble}</p>` : nothing}
      ${told && !told.worktrees.length ? html`<p class="hint">There are none. A new thread can begin in one: it has a branch of its own,
        so that agents work beside each other and you.</p>` : nothing}
      <ul>${repeat(told?.worktrees ?? [], (one) => one.id, (one) => tree(one, state, told.project, { attempt, redraw, close }))}</ul>
      <footer><button type="button" class="button" autofocus @click=${() => close()}>Close</button></footer></div>`;
  });
}

const paths = (list) => (list.length ? html`<ul class="commits">${list.slice(0, 100).map((path) => html`<li><code><bdi>${oneLine(path, 300)}</bdi></code></li>`)}
  ${list.length > 100 ? html`<li class="quiet">and ${list.length - 100} more</li>` : nothing}</ul>` : nothing);

function tree(one, state, project, hands) {
  const how = standing(one);
  const { uncommittedCount = 0, merge } = one;
  const choose = (work) => () => {
    Object.assign(state, { chosen: one.id, work, trouble: null, paths: [], news: null });
    hands.redraw();
    document.querySelector('dialog[open] .inner')?.querySelector('input, button')?.focus();
  };
  const button = (work, label, danger) => html`<button type="button" class="button small ${danger ? 'danger' : ''}"
    ?disabled=${state.busy !== null} aria-label=${`${label} ${one.name}`} @click=${choose(work)}>${label}…</button>`;
  return html`<li class="worktree"><div class="line">${dot(how)} <strong><bdi>${oneLine(one.name, 60)}</bdi></strong> <span class="quiet">${how[1]}</span>
      <span class="grow"></span><span class="quiet">${icon('branch')}<bdi>${oneLine(one.branch, 80)}</bdi></span></div>
    <p class="quiet"><bdi>${oneLine(one.path, 200)}</bdi></p>
    <p class="quiet">${plural(one.threads, 'thread')}${one.newestThread ? html`, <a class="link" href=${links.thread(one.newestThread)}
        @click=${() => hands.close()}>the newest</a>` : nothing}${merge ? html` · ${plural(merge.ahead, 'commit')} to merge` : nothing}
      ${one.there ? html` · ${uncommittedCount ? html`<strong>${plural(uncommittedCount, 'file')} not committed</strong>` : 'all committed'}` : nothing}</p>
    ${one.trouble ? html`<p class="failure">${one.trouble}</p>` : nothing}
    ${state.work && state.chosen === one.id ? plan(one, state, project, hands) : html`<div class="row">
      ${button('merge', 'Merge')}
      ${one.standing === 'there' ? html`${button('handOver', 'Hand over')}${button('remove', 'Remove', true)}` : nothing}
      ${one.standing === 'removed' || (one.standing === 'there' && !one.there) ? html`<button type="button" class="button small"
        ?disabled=${state.busy !== null} @click=${() => hands.attempt('Bringing it back…', () => back(one, project))}>Bring it back</button>` : nothing}</div>`}</li>`;
}

// --- what each work would do -----------------------------------------------------------------------------------------

const WORKS = {
  merge: { title: 'Merge', run: merge, busy: 'Merging…' },
  handOver: { title: 'Hand over', run: handOver, busy: 'Handing over…' },
  remove: { title: 'Remove', run: remove, busy: 'Removing…' },
};

function plan(one, state, project, { attempt, redraw }) {
  const work = WORKS[state.work];
  const answer = (data) => attempt(work.busy, () => work.run(one, project, {
    message: data.get('message')?.trim() ?? '', checkpoint: data.get('checkpoint') === 'on',
  }));
  const leave = () => {
    state.work = null;
    redraw();
  };
  return html`<form class="inner" @submit=${submit(answer)}>${forecast[state.work](one, project)}
    ${one.uncommitted?.length ? html`<details><summary>${plural(one.uncommittedCount, 'file')} not committed</summary>${paths(one.uncommitted)}</details>` : nothing}
    <div class="foot"><button type="button" class="button" @click=${leave}>Cancel</button>
      <button type="submit" class="button ${state.work === 'remove' ? 'danger' : 'primary'}" ?disabled=${state.busy !== null}>${work.title}</button></div></form>`;
}

/** Of what is not committed: it can be committed first, in the name of the newest thread. */
const commitFirst = (one, otherwise) => (one.there && one.uncommittedCount ? html`
  ${one.newestThread ? html`<label class="field"><span>Commit first what is not committed, all of it, with this message</span>
    <input name="message" autocomplete="off"></label><p class="hint">${otherwise}</p>`
    : html`<p class="warning">No thread worked in it: commit with git in its directory what is to come along.</p>`}` : nothing);

const forecast = {
  merge: (one, project) => html`${one.merge ? distanceView(one.merge, project.branch ? `${project.branch} in ${project.path}` : `what is checked out in ${project.path}`) : nothing}
    <p class="hint">What is not committed in ${project.path} stays as it is. Where both have changed the same, or something is in the way,
      nothing is changed and the paths are named.</p>
    ${commitFirst(one, 'Without a message it stays in the worktree and is not merged.')}`,
  handOver: (one) => html`<p>The files of the worktree go, and the branch <strong><bdi>${oneLine(one.branch, 80)}</bdi></strong> is yours:
      switch to it, push it, or merge it. Threads and checkpoints stay.</p>
    ${commitFirst(one, 'Without a message it is refused: nothing that is not committed is lost.')}`,
  remove: (one) => html`<p>The files of the worktree go. Its branch, threads and checkpoints stay. What git ignores goes.</p>
    ${one.uncommittedCount ? html`<label class="choice"><input type="checkbox" name="checkpoint">Take a checkpoint first, which keeps what is not committed</label>
      <p class="hint">Without one it is refused: nothing that is not committed is lost.</p>` : nothing}`,
};

async function commit(one, message) {
  if (!message) return;
  await done('CommitChanges', 'commitId', { threadId: one.newestThread, message, selection: { type: 'All' } });
}

async function merge(one, project, { message }) {
  await commit(one, message);
  const { state } = await done('MergeWorktree', 'operationId', { worktreeId: one.id });
  return `Merged ${one.branch} into ${project.path}, now at ${state.gitRef.slice(0, 10)}.`;
}

async function handOver(one, project, { message }) {
  await commit(one, message);
  const { state } = await done('RemoveWorktree', 'operationId', { worktreeId: one.id });
  return `The branch ${one.branch} at ${state.gitRef.slice(0, 10)} is yours: git switch ${one.branch}`;
}

async function remove(one, project, { checkpoint }) {
  const threadId = checkpoint ? one.newestThread ?? (await keeper(one)) : undefined;
  const { state, checkpointId } = await done('RemoveWorktree', 'operationId', { worktreeId: one.id, threadId });
  return `Removed. The branch ${one.branch} stays at ${state.gitRef.slice(0, 10)}.${
    checkpointId ? ` What was not committed is in the checkpoint ${checkpointId}: bring the worktree back, and restore it.` : ''}`;
}

/** Checkpoints belong to threads, and so one is made where nobody has talked yet. */
async function keeper(one) {
  const threadId = newId();
  await command('CreateThread', { threadId, projectId: one.id, title: 'Checkpoints of this worktree', agent: 'scripted' });
  return threadId;
}

/** Brings a worktree back on its branch. */
async function back(one, project) {
  await addWorktree(project.id, { name: one.name });
  return `${one.name} is back on ${one.branch}.`;
}
