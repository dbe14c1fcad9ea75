// The open thread but for its messages and its history: what it does, what waits, questions, plan, usage, operations.

/** From the server's answer. */
export function threadOf(body, sequence) {
  const { thread } = body;
  return {
    sequence,
    id: thread.id,
    projectId: thread.projectId,
    project: body.project,
    title: thread.title,
    agent: thread.agent,
    createdAt: thread.createdAt,
    status: thread.status,
    session: thread.session ?? {},
    policy: thread.policy,
    figures: thread.usage ?? null,
    usage: body.usage ?? null,
    turnCount: body.turnCount ?? thread.turnCount ?? thread.turns.length,
    queue: body.queue ?? thread.queue.waiting.map((id) => ({ id, prompt: [] })),
    hold: thread.queue.hold ?? null,
    pending: body.pending ?? [],
    plan: body.plan ?? [],
    operations: new Map((body.operations ?? []).map((operation) => [operation.id, operation])),
    turns: new Set(thread.turns), // Facts about turns and checkpoints name no thread.
    checkpoints: new Set(thread.checkpoints),
    doubtful: false, // Something that the server sums up is another; ask again.
  };
}

const ofThread = {
  ThreadStatusChanged(thread, event) {
    thread.status = event.status;
  },
  SessionUpdated(thread, event) {
    for (const name of ['sessionId', 'title', 'modeId']) {
      if (event[name] !== undefined) thread.session = { ...thread.session, [name]: event[name] };
    }
    if (event.kind && event.raw) {
      thread.session = { ...thread.session, raw: { ...thread.session.raw, [event.kind]: event.raw } };
    }
  },
  ThreadPolicySet(thread, event) {
    thread.policy = event.policy;
  },
  UsageUpdated(thread, event) {
    thread.figures = { ...thread.figures, ...event.usage };
  },
  TurnStarted(thread, event) {
    thread.turns.add(event.turnId);
    thread.turnCount += 1;
    thread.plan = [];
    thread.hold = null;
    unwait(thread, event.turnId);
  },
  PromptQueued(thread, event) {
    thread.queue = [...thread.queue, { id: event.turnId, prompt: event.prompt, queuedAt: event.at }];
  },
  QueueHeld(thread, event) {
    thread.hold = event.cause;
  },
  CheckpointCreated: (thread, event) => thread.checkpoints.add(event.checkpointId),
  CommitRequested: (thread, event) => asked(thread, event.commitId, 'Commit', event),
};

const ofProject = {
  BranchRequested: (thread, event) => asked(thread, event.operationId, 'Branch', event),
  PushRequested: (thread, event) => asked(thread, event.operationId, 'Push', event),
};

const ofParts = {
  QueuedPromptEdited(thread, event) {
    thread.queue = thread.queue.map((one) => (one.id === event.turnId ? { ...one, prompt: event.prompt } : one));
  },
  QueuedPromptMoved(thread, event) {
    const moved = thread.queue.find((one) => one.id === event.turnId);
    if (!moved) return;
    const rest = thread.queue.filter((one) => one !== moved);
    rest.splice(event.position - 1, 0, moved);
    thread.queue = rest;
  },
  QueuedPromptRemoved: (thread, event) => unwait(thread, event.turnId),
  PlanUpdated(thread, event) {
    if (thread.turns.has(event.turnId)) thread.plan = event.entries;
  },
  TurnCompleted: (thread, event) => ended(thread, event),
  TurnFailed: (thread, event) => ended(thread, event),
  TurnDrained: (thread, event) => ended(thread, event),
  ApprovalRequested(thread, event) {
    if (!thread.turns.has(event.turnId)) return;
    const { actionId: id, turnId, toolCallId, title, options, at } = event;
    thread.pending = [...thread.pending, { id, turnId, toolCallId, title, options, requestedAt: at }];
  },
  ActionApproved: (thread, event) => answered(thread, event),
  ActionRejected: (thread, event) => answered(thread, event),
  ApprovalExpired: (thread, event) => answered(thread, event),
  CheckpointRestoreRequested(thread, event) {
    if (thread.checkpoints.has(event.checkpointId)) asked(thread, event.restoreId, 'Restore', event);
  },
  CheckpointRestored(thread, event) {
    settle(thread, event.restoreId, { type: 'Restored', summary: event.summary, at: event.at });
    // A restored conversation rolls turns back: which, the server knows.
    if (thread.operations.has(event.restoreId)) thread.doubtful = true;
  },
  CheckpointRestoreFailed: (thread, event) => failed(thread, event.restoreId, event),
  ChangesCommitted: (thread, event) => recorded(thread, event.commitId, event),
  CommitFailed: (thread, event) => failed(thread, event.commitId, event),
  BranchCreated: (thread, event) => recorded(thread, event.operationId, event),
  BranchCreationFailed: (thread, event) => failed(thread, event.operationId, event),
  BranchPushed: (thread, event) => recorded(thread, event.operationId, event),
  PushFailed: (thread, event) => failed(thread, event.operationId, event),
};

function unwait(thread, id) {
  thread.queue = thread.queue.filter((prompt) => prompt.id !== id);
  if (!thread.queue.length) thread.hold = null;
}

function ended(thread, event) {
  if (thread.turns.has(event.turnId)) thread.doubtful = true;
}

function answered(thread, event) {
  thread.pending = thread.pending.filter((action) => action.id !== event.actionId);
}

/** An operation begins; the fact that asks for it has the fields that the operation has. */
function asked(thread, id, type, { at: requestedAt, ...fields }) {
  thread.operations.set(id, { ...fields, type, id, requestedAt, state: { type: 'Open' } });
}

function settle(thread, id, state) {
  const operation = thread.operations.get(id);
  if (operation) thread.operations.set(id, { ...operation, state });
}

const recorded = (thread, id, event) => settle(thread, id, { type: 'Recorded', gitRef: event.gitRef, at: event.at });
const failed = (thread, id, event) => settle(thread, id, { type: 'Failed', why: event.why, at: event.at });

/** Lays a fact over the thread. Gives whether it may have changed. */
export function foldThread(thread, { sequence, event }) {
  if (sequence <= thread.sequence) return false;
  thread.sequence = sequence;
  const handler = ofThread[event.type];
  if (handler) return event.threadId === thread.id && done(handler(thread, event));
  const shared = ofProject[event.type];
  if (shared) return event.projectId === thread.projectId && done(shared(thread, event));
  return ofParts[event.type] !== undefined && done(ofParts[event.type](thread, event));
}

const done = () => true;
