// What people do. Every action says what went wrong in words, and none waits for the answer to be drawn: the facts that
// it leads to come over the feed, here as in every other window.
import { PERSON, command, newId, post, prompt } from './api.js';
import { addWorktree } from './operations.js';
import { Progress } from './progress.js';
import { go, links } from './router.js';
import { plain } from './text.js';
import { policies } from './views/policies.js';
import { branch, push } from './views/push.js';
import { worktrees } from './views/worktrees.js';

export class Actions {
  constructor(store, { toast, dialogs }) {
    this.store = store;
    this.toast = toast;
    this.dialogs = dialogs;
    this.progress = new Progress(store);
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
  say(text, attached = []) {
    return this.attempt(async () => {
      const fields = { turnId: newId(), threadId: this.thread.id, prompt: [...(text ? prompt(text) : []), ...attached] };
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
    const threadId = this.thread?.id;
    return this.attempt(() => command(type, { threadId, turnId: id, ...fields }));
  }

  async editQueued(entry) {
    const { id: threadId } = this.thread; // Another one may be open when people have answered.
    const isText = (block) => block.type === 'Text';
    const text = plain(entry.prompt.filter(isText));
    const attached = entry.prompt.filter((block) => !isText(block));
    const changed = await this.dialogs.ask('Edit the waiting prompt', 'Prompt', text, { long: true, action: 'Keep' });
    if (changed) await this.queued('EditQueuedPrompt', entry.id, { threadId, prompt: [...prompt(changed), ...attached] });
  }

  async interrupt() {
    if (!this.thread || this.thread.status.type === 'Idle') return;
    const { id: threadId } = this.thread;
    const sure = await this.dialogs.confirm('Interrupt the turn?',
      'The agent is cancelled, and the checkpoint after the turn is taken. What waits is held.', 'Interrupt');
    if (sure) await this.attempt(() => command('InterruptTurn', { threadId }));
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

  /** What agents may do without asking; `call` is what one asks about. */
  async rules(call) {
    if (this.thread) await policies(this.store, call);
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
    const { id: threadId } = this.thread;
    // What git refused, or a hook, is said again without being written again.
    const last = [...this.thread.operations.values()].filter((one) => one.type === 'Commit')
      .reduce((newest, one) => (newest?.requestedAt > one.requestedAt ? newest : one), null);
    const before = last?.state.type === 'Failed' ? last.message : '';
    const message = await this.dialogs.ask('Commit what the thread changed', 'Commit message', before, {
      long: true, action: 'Commit', hint: 'With your name, hooks and signing. Of a file that others changed, too, the lines of this thread alone.',
    });
    if (!message) return;
    await this.attempt(() => command('CommitChanges', {
      commitId: newId(), threadId, message, selection: { type: 'Own' },
    }));
  }

  async branch() {
    const { projectId } = this.thread;
    await branch(this.store, (choice) => command('CreateBranch', { operationId: newId(), projectId, ...choice }));
  }

  async push() {
    await push(this.store, this.progress);
  }

  async worktrees() {
    await worktrees(this.store, this.thread.projectId);
  }

  // --- threads -------------------------------------------------------------------------------------------------------

  newThread(projectId) {
    return this.dialogs.newThread(projectId, async ({ path, agent, text, worktree, ...choice }) => {
      const chosen = path ? (await post('/api/projects', { path })).projectId : choice.projectId;
      const project = worktree ? await addWorktree(chosen, worktree) : chosen;
      const threadId = newId();
      const title = text.split('\n')[0].slice(0, 80) || 'New thread';
      await command('CreateThread', { threadId, projectId: project, title, agent });
      if (text) await this.attempt(() => command('StartTurn', { turnId: newId(), threadId, prompt: prompt(text) }));
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
