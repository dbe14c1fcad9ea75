// What agents may do without asking: rules as people read and write them, and those that suggest themselves.

export const VERDICTS = [
  ['allow_once', 'allow', 'may happen without a question'],
  ['allow_for_thread', 'allow-thread', 'may happen in the thread from now on, and the agent is told so'],
  ['deny', 'deny', 'may not happen'],
  ['ask', 'ask', 'is asked about'],
];
export const KINDS = ['read', 'edit', 'delete', 'move', 'search', 'execute', 'think', 'fetch', 'switch_mode'];

const word = (kind) => kind.replaceAll('_', '-');

/** A rule in one line, as the command line takes it. */
export function ruleText({ verdict, kinds, path }) {
  const [, short] = VERDICTS.find(([name]) => name === verdict) ?? [verdict, verdict];
  return `${short}:${kinds.length ? kinds.map(word).join(',') : 'any'}${path ? `:${path}` : ''}`;
}

/** A rule as a sentence. */
export function ruleWords({ verdict, kinds, path }) {
  const [, , what] = VERDICTS.find(([name]) => name === verdict) ?? [verdict, verdict, verdict];
  const work = kinds.length ? kinds.map((kind) => WORK[kind] ?? word(kind)).join(', ') : 'all that is of a known kind';
  return `${work}${path ? ` at ${path}` : ''}: ${what}`;
}

const WORK = {
  read: 'reading', edit: 'edits', delete: 'deletions', move: 'moves', search: 'searches', execute: 'commands', think: 'thinking',
  fetch: 'fetches', switch_mode: 'changes of mode',
};

/** What a rule of ours would be called at a question about a call, in few words; null when none suggests itself. */
export function offered(call, project) {
  const rule = suggested(call, project);
  return rule && `Allow ${WORK[rule.kinds[0]]}${rule.path ? ` of ${rule.path}` : ''} from now on…`;
}

/** Whether a policy says nothing. */
export const isNone = (policy) => !policy || (!policy.rules.length && !policy.readOnly && !policy.projectOnly);

export const NONE = { rules: [], readOnly: false, projectOnly: false };

/** The paths that a call tells of, from the project's directory; those outside stay whole. */
function pathsOf(call, project) {
  const told = [...(call.content ?? []).filter((part) => part.type === 'Diff'), ...(call.locations ?? [])];
  const root = `${project?.path ?? ''}/`;
  return told.map(({ path }) => (path.startsWith(root) ? path.slice(root.length) : path));
}

/**
 * The rule that would have answered a question about a call: its kind, and the folder that it works in. Null for what is
 * of no known kind, which is always asked about.
 */
export function suggested(call, project) {
  if (!KINDS.includes(call.kind)) return null;
  const paths = pathsOf(call, project);
  const [first = ''] = paths;
  const folder = first.includes('/') ? first.slice(0, first.lastIndexOf('/')) : '';
  const below = folder && paths.every((path) => path.startsWith(`${folder}/`));
  return { verdict: 'allow_once', kinds: [call.kind], path: below ? `${folder}/**` : paths.length === 1 ? first : '' };
}
