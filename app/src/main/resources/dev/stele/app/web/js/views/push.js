// Branches and pushes: which there are, what would go where, and what git says while it goes.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { command, get, newId } from '../api.js';
import { clock, oneLine, plural } from '../text.js';
import { buttons, open, refocus, submit } from './dialogs.js';
import { dot, operationState } from './state.js';

const repositoryOf = (projectId) => get(`/api/projects/${encodeURIComponent(projectId)}/repository`);

/** What would go, and what stands in the way. */
export function distanceView({ ahead, behind, commits }, there) {
  return html`<p>${ahead ? html`<strong>${plural(ahead, 'commit')}</strong> would go to ${there}:`
      : html`Nothing would go: ${there} has all of it.`}</p>
    ${commits.length ? html`<ul class="commits">${commits.map(({ id, subject }) => html`<li>
      <code>${id.slice(0, 10)}</code> <bdi>${oneLine(subject, 200)}</bdi></li>`)}
      ${ahead > commits.length ? html`<li class="quiet">and ${ahead - commits.length} more</li>` : nothing}</ul>` : nothing}
    ${behind ? html`<p class="warning">${plural(behind, 'commit')} there ${behind === 1 ? 'is' : 'are'} not in it.</p>` : nothing}
    ${behind === undefined ? html`<p class="hint">What is there is not known here: it was not fetched yet.</p>` : nothing}`;
}

// --- push ------------------------------------------------------------------------------------------------------------

/** Asks which branch goes where, and shows the push until it is over or people look away. */
export function push(store, progress) {
  const { projectId } = store.thread;
  const state = { repository: null, distance: null, trouble: null, branch: null, remote: null, id: null };
  let redrawn = () => {};
  const leave = store.on('thread progress', () => redrawn());
  const attempt = async (work) => {
    try {
      state.trouble = null;
      await work();
    } catch (problem) {
      state.trouble = problem.message;
    }
    redrawn();
  };
  const look = () => attempt(async () => {
    const { branch, remote } = state;
    state.distance = null;
    redrawn();
    if (!branch || !remote) return;
    const { body } = await get(`/api/projects/${encodeURIComponent(projectId)}/outgoing`, { branch, remote });
    if (branch === state.branch && remote === state.remote) state.distance = body;
  });
  const begin = () => attempt(async () => {
    state.repository = (await repositoryOf(projectId)).body;
    const { branches, remotes, branch } = state.repository;
    state.branch = branch ?? branches[0]?.name;
    const [followed] = (branches.find((one) => one.name === state.branch)?.upstream ?? '').split('/');
    state.remote = [followed, 'origin', remotes[0]?.name].find((name) => remotes.some((one) => one.name === name));
    redrawn();
    refocus();
    await look();
  });
  const send = () => attempt(async () => {
    const id = newId();
    await command('PushBranch', { operationId: id, projectId, branch: state.branch, remote: state.remote });
    state.id = id;
    redrawn();
    refocus();
  });
  return open('Push a branch', (close, redraw) => {
    if (redrawn !== redraw) {
      redrawn = redraw;
      begin();
    }
    return state.id ? pushing(state, store, progress, close) : choosing(state, { look, send, close });
  }).finally(leave);
}

function choosing(state, { look, send, close }) {
  const { repository, remote, branch, distance, trouble } = state;
  if (!repository) return html`<form>${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : html`<p class="hint">Looking at the repository…</p>`}</form>`;
  const choose = (name) => (event) => {
    state[name] = event.target.value;
    look();
  };
  const { upstream } = repository.branches.find((one) => one.name === branch) ?? {};
  return html`<form @submit=${submit(send)}>
    <label class="field"><span>Branch</span><select name="branch" autofocus @change=${choose('branch')}>
      ${repository.branches.map(({ name }) => html`<option value=${name} ?selected=${name === branch}>${oneLine(name, 120)}${name === repository.branch ? ' (checked out)' : ''}</option>`)}</select></label>
    ${upstream ? html`<p class="hint">It follows <bdi>${oneLine(upstream, 120)}</bdi>.</p>` : nothing}
    <label class="field"><span>To the remote</span><select name="remote" @change=${choose('remote')}>
      ${repository.remotes.map(({ name, url }) => html`<option value=${name} ?selected=${name === remote}>${oneLine(name, 60)} · ${oneLine(url, 120)}</option>`)}</select></label>
    ${repository.remotes.length ? nothing : html`<p class="trouble">The repository has no remote; add one with <code>git remote add</code>.</p>`}
    <div class="preview" aria-live="polite">${trouble ? html`<p class="trouble">${trouble}</p>`
      : distance ? distanceView(distance, `the branch ${oneLine(branch, 60)} of ${oneLine(remote, 60)}`)
      : html`<p class="hint">${remote ? 'Looking what would go…' : 'There is nowhere to push to.'}</p>`}</div>
    <p class="hint">With your credentials and hooks, under the same name. Nothing is forced.</p>
    ${buttons(close, 'Push', { disabled: !branch || !remote })}</form>`;
}

function pushing({ id, branch, remote }, store, progress, close) {
  const operation = store.thread?.operations.get(id);
  const state = operation ? operationState(operation) : ['running', 'under way'];
  const over = operation && operation.state.type !== 'Open';
  const lines = progress.of(id);
  return html`<form @submit=${submit(() => close())}>
    <p role="status">${dot(state)} ${over && state[0] === 'done'
      ? html`Pushed <bdi>${oneLine(branch, 60)}</bdi> to <bdi>${oneLine(remote, 60)}</bdi>: it is at <code>${state[1]}</code>.`
      : over ? html`<span class="failure">${state[1]}</span>` : html`Pushing <bdi>${oneLine(branch, 60)}</bdi> to <bdi>${oneLine(remote, 60)}</bdi>…`}</p>
    ${lines.length ? html`<pre class="preview" tabindex="0" role="group" aria-label="What git says">${lines.map(({ line }) => `${oneLine(line, 300)}\n`)}</pre>` : nothing}
    <footer>${over ? nothing : html`<span class="hint">It goes on when you close this.</span>`}
      <button type="submit" class="button" autofocus>Close</button></footer></form>`;
}

// --- branches --------------------------------------------------------------------------------------------------------

/** Asks for a new branch: its name, and where it starts. It stays until `make({name, from})` was done, or says why not. */
export function branch(store, make) {
  const { projectId } = store.thread;
  let repository = null;
  let trouble = null;
  let refused = null;
  let begun = false;
  return open('Make a branch', (close, redraw) => {
    if (!begun) {
      begun = true;
      repositoryOf(projectId).then(({ body }) => (repository = body), (problem) => (trouble = problem.message)).then(redraw);
    }
    const ready = store.history.checkpoints.list.filter((one) => one.state.stats?.head?.commit);
    const answer = async (data) => {
      try {
        await make({ name: data.get('name').trim(), from: data.get('from') || undefined });
        close(true);
      } catch (problem) {
        refused = problem.message;
        redraw();
      }
    };
    return html`<form @submit=${submit(answer)}>
      <label class="field"><span>Name of the branch</span><input name="name" required autofocus autocomplete="off" spellcheck="false"></label>
      <label class="field"><span>Where it starts</span><select name="from">
        <option value="">here: the last commit${repository?.branch ? ` of ${oneLine(repository.branch, 60)}` : ''}</option>
        ${repository?.branches.length ? html`<optgroup label="Branches">${repository.branches.map(({ name, commit }) => html`
          <option value=${commit}>${oneLine(name, 100)}, ${commit.slice(0, 10)}</option>`)}</optgroup>` : nothing}
        ${ready.length ? html`<optgroup label="The last commit at a checkpoint">${ready.map(({ state, description, createdAt }) => html`
          <option value=${state.stats.head.commit}>${oneLine(description, 60)}, ${clock(createdAt)}: ${state.stats.head.commit.slice(0, 10)}</option>`)}</optgroup>` : nothing}</select></label>
      ${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : nothing}
      ${repository ? html`<div class="preview" role="group" aria-label="Branches there are" tabindex="0"><ul class="commits">
        ${repeat(repository.branches, (one) => one.name, ({ name, upstream, commit }) => html`<li><code>${commit.slice(0, 10)}</code>
          <bdi>${oneLine(name, 120)}</bdi>${name === repository.branch ? html` <span class="badge">checked out</span>` : nothing}
          ${upstream ? html`<span class="quiet">follows <bdi>${oneLine(upstream, 120)}</bdi></span>` : nothing}</li>`)}</ul></div>` : nothing}
      ${refused ? html`<p class="trouble" role="alert">${refused}</p>` : nothing}
      <p class="hint">What is checked out stays. Branches hold commits: what was not committed at a checkpoint, restoring brings back.</p>
      ${buttons(close, 'Make it')}</form>`;
  });
}
