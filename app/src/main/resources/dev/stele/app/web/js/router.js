// Where people are, kept in the address behind `#`: so a place can be linked, and going back works.

/** `#/thread/ID/changes?turn=X` as {view, thread, part, query}. */
export function parse(hash) {
  const [path, search = ''] = hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  const query = Object.fromEntries(new URLSearchParams(search));
  if (parts[0] === 'thread' && parts[1]) {
    const part = parts[2] === 'changes' ? 'changes' : 'conversation';
    return { view: 'thread', thread: parts[1], part, query };
  }
  if (parts[0] === 'log') return { view: 'log', query };
  return { view: 'home', query };
}

const withQuery = (path, query) => {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString();
  return search ? `${path}?${search}` : path;
};

export const links = {
  home: () => '#/',
  thread: (id) => `#/thread/${encodeURIComponent(id)}`,
  changes: (id, query) => withQuery(`#/thread/${encodeURIComponent(id)}/changes`, query),
  log: (query = {}) => withQuery('#/log', query),
};

export const go = (link) => {
  location.hash = link;
};
