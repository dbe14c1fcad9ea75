// What happens in the open thread and is worth telling: to readers of screens, and as short news with what to do next.
import { announce, toast } from './views/toasts.js';
import { restored } from './views/state.js';
import { oneLine } from './text.js';

/** The conversation says by itself that its turn failed; who looks elsewhere is told. */
const failed = (text) => (document.body.dataset.view === 'transcript' ? announce(text, true) : toast('failed', text));

/** Listens to the facts of the open thread. */
export function tellNews(store, actions) {
  const mine = (event) => store.thread?.turns.has(event.turnId);
  const operation = (id) => store.thread?.operations.get(id);
  const tell = {
    ApprovalRequested: (event) => mine(event) && announce(`The agent asks: ${oneLine(event.title)}. Press a to allow, r to reject.`, true),
    TurnStarted: (event) => event.threadId === store.thread?.id && announce('The agent is working.'),
    TurnCompleted: (event) => mine(event) && announce('The turn is completed.'),
    TurnFailed: (event) => mine(event) && failed(`The turn failed: ${oneLine(event.error.message)}`),
    TurnInterrupted: (event) => mine(event) && announce('The turn was interrupted.'),
    CheckpointRestored: (event) => operation(event.restoreId) && toast('done', `Restored: ${restored(event.summary)}.`, {
      label: 'Undo', run: () => actions.undo(),
    }),
    CheckpointRestoreFailed: (event) => operation(event.restoreId) && toast('failed', event.why),
    CheckpointFailed: (event) => store.thread?.checkpoints.has(event.checkpointId) && toast('failed', event.why),
    ChangesCommitted: (event) => operation(event.commitId) && toast('done', `Committed as ${event.gitRef.slice(0, 10)}.`),
    CommitFailed: (event) => operation(event.commitId) && toast('failed', event.why),
    BranchCreated: (event) => operation(event.operationId) && toast('done', 'The branch is made.'),
    BranchCreationFailed: (event) => operation(event.operationId) && toast('failed', event.why),
    BranchPushed: (event) => operation(event.operationId) && toast('done', 'The branch is pushed.'),
    PushFailed: (event) => operation(event.operationId) && toast('failed', event.why),
  };
  // Told after the fact was laid over the state, so that what it belongs to is known.
  store.on('event', ({ event }) => tell[event.type] && queueMicrotask(() => tell[event.type](event)));
}
