// The messages of the open thread that are loaded: a window that reaches to the newest one, or ends earlier when
// somebody looks at the past.

/** How a message is named: by its turn and its place in it. */
export const keyOf = (turnId, ordinal) => `${turnId}/${ordinal}`;

const itemOf = (turnId, message, sequence) => ({ key: keyOf(turnId, message.ordinal), turnId, message, sequence });

/** From a page of the server; `newest` tells whether it ends with the thread's newest message. */
export function messagesOf(threadId, body, sequence, newest) {
  const items = body.items.map(({ turnId, message }) => itemOf(turnId, message, sequence));
  return {
    sequence, threadId, items, newest,
    index: new Map(items.map((item) => [item.key, item])),
    turns: new Set(items.map((item) => item.turnId)),
    before: body.before ?? null,
  };
}

/** Puts an older page before what is there. Facts that came meanwhile are laid over it from `recent`. */
export function prepend(window, body, sequence, recent) {
  const older = body.items
    .map(({ turnId, message }) => itemOf(turnId, message, sequence))
    .filter((item) => !window.index.has(item.key));
  for (const item of older) {
    window.index.set(item.key, item);
    window.turns.add(item.turnId);
  }
  window.items = [...older, ...window.items];
  window.before = body.before ?? null;
  const added = recent.filter((stored) => stored.sequence > sequence && stored.event.type === 'MessageAppended')
    .map((stored) => append(window, stored)?.item).filter(Boolean);
  for (const stored of recent) foldItem(window, stored);
  return [...older, ...added];
}

function bodyOf(content, messageId) {
  if (content.type === 'Text') return { type: 'Speech', text: content.text, messageId };
  if (content.type === 'ThinkingBlock') return { type: 'Thought', text: content.text, messageId };
  return { type: 'Whole', content };
}

/** A message goes behind the last one of its turn: the agent of an interrupted turn may speak while the next runs. */
function insert(window, item) {
  if (window.index.has(item.key)) return null;
  window.index.set(item.key, item);
  let place = window.items.length;
  if (window.turns.has(item.turnId)) {
    while (place > 0 && window.items[place - 1].turnId !== item.turnId) place--;
  }
  window.turns.add(item.turnId);
  window.items.splice(place, 0, item);
  return { kind: 'added', item, place };
}

function withoutAbsent(change) {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined && value !== null));
}

/** Lays a fact over a message that is loaded already, unless the message knows it. */
function foldItem(window, { sequence, event }) {
  if (event.type !== 'MessageChunkReceived' && event.type !== 'ToolCallUpdated') return null;
  const item = window.index.get(keyOf(event.turnId, event.ordinal));
  if (!item || sequence <= item.sequence) return null;
  item.sequence = sequence;
  const { body } = item.message;
  if (event.type === 'MessageChunkReceived') {
    if (body.type !== 'Speech' && body.type !== 'Thought') return null;
    item.message = { ...item.message, body: { ...body, text: body.text + event.text } };
  } else {
    const content = { ...body.content, ...withoutAbsent(event.change) };
    item.message = { ...item.message, body: { ...body, content } };
  }
  return { kind: 'changed', item };
}

/** A message of a turn that is loaded, at least in part. */
function append(window, { sequence, event }) {
  if (!window.turns.has(event.turnId)) return null;
  const { ordinal, role, at } = event;
  const message = { ordinal, role, at, body: bodyOf(event.content, event.messageId) };
  return insert(window, itemOf(event.turnId, message, sequence));
}

/** Lays a fact over the window. Gives what changed: {kind: added|changed, item, place}, or null. */
export function foldMessages(window, stored) {
  const { sequence, event } = stored;
  if (sequence <= window.sequence) return null;
  window.sequence = sequence;
  switch (event.type) {
    case 'TurnStarted': {
      if (!window.newest || event.threadId !== window.threadId) return null;
      const body = { type: 'Prompt', blocks: event.prompt };
      return insert(window, itemOf(event.turnId, { ordinal: 0, role: 'user', body, at: event.at }, sequence));
    }
    case 'MessageAppended':
      return append(window, stored);
    default:
      return foldItem(window, stored);
  }
}
