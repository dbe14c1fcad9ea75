// The list of projects and threads, and how facts change it.

/** From the server's answer. */
export function overviewOf(body, sequence) {
  return {
    sequence,
    writable: body.writable !== false,
    home: body.home,
    version: body.version,
    directory: body.directory ?? null,
    defaultAgent: body.defaultAgent ?? null,
    projects: new Map(body.projects.map((project) => [project.id, project])),
    threads: new Map(body.threads.map((thread) => [thread.id, thread])),
    more: body.more === true,
    waiting: new Map(), // Prompts seen to be queued: their turn's id -> thread.
    doubtful: false, // A count could not be followed; ask again.
  };
}

/** What a new thread may begin with. */
export function beginnings(overview, projectId) {
  const { projects, directory, defaultAgent } = overview ?? { projects: new Map() };
  return { projects: [...projects.values()], projectId, directory, defaultAgent };
}

/** The threads of a project, those first that something happened in last. */
export function threadsOf(overview, projectId) {
  const told = [...overview.threads.values()].filter((thread) => thread.projectId === projectId);
  const when = (thread) => thread.lastAt ?? thread.createdAt ?? '';
  return told.sort((one, other) => when(other).localeCompare(when(one)));
}

const handlers = {
  ProjectCreated(overview, event) {
    overview.projects.set(event.projectId, {
      id: event.projectId, name: event.name, path: event.path, createdAt: event.at, threads: 0,
    });
  },
  ProjectRenamed(overview, event) {
    change(overview.projects, event.projectId, { name: event.name });
  },
  ProjectPolicySet(overview, event) {
    change(overview.projects, event.projectId, { policy: event.policy });
  },
  // How worktrees stand the server knows.
  WorktreeRequested: doubt,
  WorktreeAdded: doubt,
  WorktreeRemovalRequested: doubt,
  WorktreeRemoved: doubt,
  WorktreeFailed: doubt,
  ProjectDeleted(overview, event) {
    overview.projects.delete(event.projectId);
    for (const thread of [...overview.threads.values()]) {
      if (thread.projectId === event.projectId) overview.threads.delete(thread.id);
    }
  },
  ThreadCreated(overview, event) {
    overview.threads.set(event.threadId, {
      id: event.threadId, projectId: event.projectId, title: event.title, agent: event.agent, createdAt: event.at,
      status: { type: 'Idle' }, queue: 0, pending: 0, turns: 0,
    });
    countThread(overview, event.projectId, 1);
  },
  ThreadDeleted(overview, event) {
    const thread = overview.threads.get(event.threadId);
    if (thread) countThread(overview, thread.projectId, -1);
    overview.threads.delete(event.threadId);
  },
  ThreadStatusChanged(overview, event) {
    const pending = event.status.type === 'AwaitingApproval' ? event.status.actions.length : 0;
    change(overview.threads, event.threadId, { status: event.status, pending });
  },
  ActionApproved: answered,
  ActionRejected: answered,
  ApprovalExpired: answered,
  TurnStarted(overview, event) {
    const thread = overview.threads.get(event.threadId);
    if (!thread) return;
    const known = overview.waiting.delete(event.turnId);
    // It may have waited since before this page was opened.
    if (!known && thread.queue > 0) overview.doubtful = true;
    const queue = known ? Math.max(0, thread.queue - 1) : thread.queue;
    change(overview.threads, event.threadId, { turns: thread.turns + 1, lastAt: event.at, queue });
  },
  TurnCompleted: ended,
  TurnFailed: ended,
  TurnInterrupted: ended,
  PromptQueued(overview, event) {
    const thread = overview.threads.get(event.threadId);
    overview.waiting.set(event.turnId, event.threadId);
    if (thread) change(overview.threads, thread.id, { queue: thread.queue + 1 });
  },
  QueuedPromptRemoved(overview, event) {
    const thread = overview.threads.get(overview.waiting.get(event.turnId));
    overview.waiting.delete(event.turnId);
    if (thread) change(overview.threads, thread.id, { queue: Math.max(0, thread.queue - 1) });
    else overview.doubtful = true;
  },
};

function doubt(overview) {
  overview.doubtful = true;
}

/** The thread whose open turn that is: facts about turns name no thread. */
const threadOf = (overview, turnId) => [...overview.threads.values()].find((one) => one.status.turnId === turnId);

/** One question less. Of the last one the status tells, which comes as a fact of its own. */
function answered(overview, { turnId, actionId }) {
  const thread = threadOf(overview, turnId);
  const actions = thread?.status.actions?.filter((id) => id !== actionId);
  if (actions?.length) change(overview.threads, thread.id, { status: { ...thread.status, actions }, pending: actions.length });
}

function ended(overview, { turnId, at }) {
  const thread = threadOf(overview, turnId);
  if (thread) change(overview.threads, thread.id, { lastAt: at });
}

function change(map, id, fields) {
  const old = map.get(id);
  if (old) map.set(id, { ...old, ...fields });
}

function countThread(overview, projectId, by) {
  const project = overview.projects.get(projectId);
  if (project) change(overview.projects, projectId, { threads: (project.threads ?? 0) + by });
}

/** Lays a fact over the list. Gives whether anything changed. */
export function foldOverview(overview, { sequence, event }) {
  if (sequence <= overview.sequence) return false;
  overview.sequence = sequence;
  const handler = handlers[event.type];
  if (handler) handler(overview, event);
  return handler !== undefined;
}
