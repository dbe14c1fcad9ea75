// What people do. Every action says what went wrong in words, and none waits for the answer to be drawn: the facts that
// it leads to come over the feed, here as in every other window.
import { PERSON, command, newId, post, prompt } from './api.js';
import { go, links } from './router.js';

export class Actions {
  constructor(store, { toast, dialogs }) {
    this.store = store;
    this.toast = toast;
    this.dialogs = dialogs;
  }

  /** Does it, and tells when it failed. Gives whether it was done. */
  async attempt(work) {
    try {
      await work();
      return true;
    } catch (problem) {
      if (problem.name !== 'AbortError') this.toast('failed', problem.message);
      return false;
    }
  }

  get thread() {
    return this.store.thread;
  }

  // --- prompts -------------------------------------------------------------------------------------------------------

  /** Says it now, or behind what is being done. */
  say(text) {
    return this.attempt(async () => {
      const fields = { turnId: newId(), threadId: this.thread.id, prompt: prompt(text) };
      if (this.thread.status.type !== 'Idle') {
        await command('QueuePrompt', fields);
        return;
      }
      try {
        await command('StartTurn', fields);
      } catch (problem) {
        // Another window was faster; then it waits.
        if (problem.status !== 409 || problem.error?.type !== 'ThreadBusy') throw problem;
        await command('QueuePrompt', fields);
      }
    });
  }

  queued(type, id, fields = {}) {
    return this.attempt(() => command(type, { threadId: this.thread.id, turnId: id, ...fields }));
  }

  async editQueued(entry, text) {
    const changed = await this.dialogs.ask('Edit the waiting prompt', 'Prompt', text, { long: true, action: 'Keep' });
    if (changed) await this.queued('EditQueuedPrompt', entry.id, { prompt: prompt(changed) });
  }

  async interrupt() {
    if (this.thread?.status.type === 'Idle') return;
    const sure = await this.dialogs.confirm('Interrupt the turn?',
      'The agent is cancelled, and the checkpoint after the turn is taken. What waits is held.', 'Interrupt');
    if (sure) await this.attempt(() => command('InterruptTurn', { threadId: this.thread.id }));
  }

  // --- approvals -----------------------------------------------------------------------------------------------------

  /** Answers a question with one of the agent's own options. */
  answer(action, option) {
    const fields = { threadId: this.thread.id, actionId: action.id, optionId: option.id, by: PERSON };
    const rejects = option.kind.startsWith('reject');
    return this.attempt(() => command(rejects ? 'RejectPendingAction' : 'ApprovePendingAction', fields));
  }

  /** Answers the first question with the first option that allows, or rejects. */
  answerFirst(kind) {
    const action = this.thread?.pending[0];
    if (!action) return;
    const option = action.options.find((one) => one.kind.startsWith(kind));
    if (option) this.answer(action, option);
    else if (kind === 'reject') this.reject(action);
  }

  /** Says no where the agent offered no option for it. */
  reject(action) {
    const fields = { threadId: this.thread.id, actionId: action.id, by: PERSON };
    return this.attempt(() => command('RejectPendingAction', fields));
  }

  // --- checkpoints ---------------------------------------------------------------------------------------------------

  restoreTurn(turnId) {
    const before = this.store.history.checkpoints.list
      .filter((one) => one.turnId === turnId && one.state.type === 'Ready')
      .at(-1);
    if (before) this.restore(before);
    else this.toast('failed', 'This turn has no checkpoint that could be restored.');
  }

  async restore(checkpoint) {
    const choice = await this.dialogs.restore(checkpoint, this.store.nameOf(checkpoint));
    if (!choice) return;
    await this.attempt(() => command('RestoreCheckpoint', { restoreId: newId(), checkpointId: checkpoint.id, ...choice }));
  }

  undo() {
    if (!this.thread) return Promise.resolve(false);
    return this.attempt(() => post(`/api/threads/${encodeURIComponent(this.thread.id)}/undo`));
  }

  // --- git -----------------------------------------------------------------------------------------------------------

  async commit() {
    // What git refused, or a hook, is said again without being written again.
    const last = [...this.thread.operations.values()].filter((one) => one.type === 'Commit')
      .reduce((newest, one) => (newest?.requestedAt > one.requestedAt ? newest : one), null);
    const before = last?.state.type === 'Failed' ? last.message : '';
    const message = await this.dialogs.ask('Commit what the thread changed', 'Commit message', before, {
      long: true, action: 'Commit', hint: 'With your name, hooks and signing. Of a file that others changed, too, the lines of this thread alone.',
    });
    if (!message) return;
    await this.attempt(() => command('CommitChanges', {
      commitId: newId(), threadId: this.thread.id, message, selection: { type: 'Own' },
    }));
  }

  async branch() {
    const { projectId } = this.thread;
    await this.dialogs.ask('Make a branch', 'Name of the branch', '', {
      action: 'Make it', hint: 'It starts at HEAD. What is checked out stays.',
      work: (name) => command('CreateBranch', { operationId: newId(), projectId, name }),
    });
  }

  async push() {
    const branch = await this.dialogs.ask('Push a branch', 'Branch', '', {
      action: 'Push', hint: 'To the remote origin, with your credentials. Nothing is forced.',
    });
    if (!branch) return;
    const { projectId } = this.thread;
    await this.attempt(() => command('PushBranch', { operationId: newId(), projectId, branch, remote: 'origin' }));
  }

  // --- threads -------------------------------------------------------------------------------------------------------

  async newThread(projectId) {
    await this.dialogs.newThread(projectId, async ({ path, agent, text, projectId: chosen }) => {
      const project = path ? (await post('/api/projects', { path })).projectId : chosen;
      const threadId = newId();
      const title = text.split('\n')[0].slice(0, 80) || 'New thread';
      await command('CreateThread', { threadId, projectId: project, title, agent });
      if (text) await command('StartTurn', { turnId: newId(), threadId, prompt: prompt(text) });
      go(links.thread(threadId));
    });
  }

  /** Of a project without threads; the directory stays. */
  deleteProject({ id }) {
    return this.attempt(() => command('DeleteProject', { projectId: id }));
  }

  async deleteThread() {
    const { id, title } = this.thread;
    const sure = await this.dialogs.confirm('Delete the thread?',
      `“${title}” goes, with its checkpoints. Files and commits stay as they are.`, 'Delete', { final: true });
    if (!sure) return;
    if (await this.attempt(() => command('DeleteThread', { threadId: id }))) go(links.home());
  }
}
