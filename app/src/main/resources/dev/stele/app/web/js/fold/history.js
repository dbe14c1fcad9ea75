// The turns of the open thread and its checkpoints: two lists, each at a place in the log of its own.

/** Nothing yet of a thread; facts are laid over the lists that are loaded. */
export const emptyHistory = (threadId) => ({
  threadId, turns: { sequence: Infinity, byId: new Map() }, checkpoints: { sequence: Infinity, list: [], before: null },
});

/** From the server's page of turns. */
export const turnsOf = (body, sequence) => ({
  sequence, byId: new Map([...body.turns].sort(byStart).map((turn) => [turn.id, turn])),
});

/** From the server's page of checkpoints; the newest comes first. */
export const checkpointsOf = (body, sequence) => ({
  sequence, list: [...body.checkpoints].sort((one, other) => byTime(other.createdAt, one.createdAt)),
  before: body.before ?? null,
});

const byTime = (one, other) => (one ?? '').localeCompare(other ?? '');
const byStart = (one, other) => byTime(one.startedAt, other.startedAt);

function ended(turns, event, state) {
  const turn = turns.byId.get(event.turnId);
  if (turn) turns.byId.set(turn.id, { ...turn, state: { ...state, at: event.at }, usage: event.usage ?? turn.usage });
}

const ofTurns = {
  TurnStarted(turns, { turnId: id, threadId, at }, mine) {
    if (threadId === mine) turns.byId.set(id, { id, threadId, state: { type: 'Open' }, startedAt: at });
  },
  RetryReported(turns, { turnId, message }) {
    const turn = turns.byId.get(turnId);
    if (turn) turns.byId.set(turnId, { ...turn, retry: message });
  },
  TurnCompleted: (turns, event) => ended(turns, event, {
    type: 'Completed', stopReason: event.stopReason, cause: event.cause,
  }),
  TurnFailed: (turns, event) => ended(turns, event, { type: 'Failed', error: event.error }),
  TurnInterrupted: (turns, event) => ended(turns, event, { type: 'Draining', cause: event.cause }),
  TurnDrained(turns, { turnId }) {
    const turn = turns.byId.get(turnId);
    if (turn) turns.byId.set(turnId, { ...turn, state: { ...turn.state, type: 'Interrupted' } });
  },
};

function changed(checkpoints, id, state) {
  checkpoints.list = checkpoints.list.map((one) => (one.id === id ? { ...one, state } : one));
}

const ofCheckpoints = {
  CheckpointCreated(checkpoints, event, mine) {
    if (event.threadId !== mine) return;
    const { checkpointId: id, threadId, turnId, description, at } = event;
    const created = { id, threadId, turnId, description, createdAt: at, state: { type: 'Pending' } };
    checkpoints.list = [created, ...checkpoints.list];
  },
  CheckpointGitRefAssigned: (checkpoints, { checkpointId, gitRef, stats, at }) =>
    changed(checkpoints, checkpointId, { type: 'Ready', gitRef, stats, at }),
  CheckpointFailed: (checkpoints, { checkpointId, why, at }) =>
    changed(checkpoints, checkpointId, { type: 'Failed', why, at }),
  CheckpointsThinned: (checkpoints, event) =>
    event.checkpoints.forEach((id) => changed(checkpoints, id, { type: 'Thinned', at: event.at })),
};

function fold(part, handlers, { sequence, event }, mine) {
  if (sequence <= part.sequence) return false;
  part.sequence = sequence;
  handlers[event.type]?.(part, event, mine);
  return handlers[event.type] !== undefined;
}

/** Lays a fact over an older page of checkpoints, which gets no new ones. */
export const laterCheckpoints = (older, stored) => fold(older, ofCheckpoints, stored, null);

/** Lays a fact over both lists. Gives whether one may have changed. */
export function foldHistory(history, stored) {
  const turns = fold(history.turns, ofTurns, stored, history.threadId);
  const checkpoints = fold(history.checkpoints, ofCheckpoints, stored, history.threadId);
  return turns || checkpoints;
}
