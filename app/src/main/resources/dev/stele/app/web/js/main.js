// Puts the page together: the state, its views, the address, and the keys.
import { Actions } from './actions.js';
import { beginnings } from './fold/overview.js';
import { frame } from './frame.js';
import { bind, listen } from './keys.js';
import { tellNews } from './news.js';
import { go, links, parse } from './router.js';
import { Store } from './store.js';
import { closeOver, drawBar, togglePanel, toggleTheme } from './views/bar.js';
import { Changes } from './views/changes.js';
import * as dialogs from './views/dialogs.js';
import { Dock } from './views/dock.js';
import { drawHead } from './views/head.js';
import { drawHome } from './views/home.js';
import { Log } from './views/log.js';
import { newThread } from './views/newthread.js';
import { Side } from './views/side.js';
import { Sidebar } from './views/sidebar.js';
import { dismiss, toast } from './views/toasts.js';
import { Transcript } from './views/transcript.js';
import { Travel } from './views/travel.js';
import { oneLine } from './text.js';

const at = (id) => document.getElementById(id);
const store = new Store();
const actions = new Actions(store, {
  toast,
  dialogs: { ...dialogs, newThread: beginThread },
});
/** In a thread that somebody has just begun they go on: with the first prompt, or with what comes of it. */
async function beginThread(projectId, begin) {
  const begun = await newThread(beginnings(store.overview, projectId), begin);
  if (!begun) return;
  const focus = () => at(begun.asked ? 'transcript' : 'prompt')?.focus();
  store.addEventListener('opened', () => frame('begun', focus), { once: true });
}

const transcript = new Transcript(at('transcript'), store, actions);
const sidebar = new Sidebar(at('sidebar'), store, actions);
const dock = new Dock(at('dock'), store, actions);
const side = new Side(at('side'), store, actions, transcript);
const changes = new Changes(at('changes'), store);
const log = new Log(at('log'), store);
const travel = new Travel(at('travel'), store);
let route = parse(location.hash);

// --- drawing -----------------------------------------------------------------------------------------------------------

const draw = {
  bar: () => drawBar(at('bar'), store, { help: dialogs.help, travel: () => travel.toggle() }),
  sidebar: () => sidebar.draw(),
  head: () => drawHead(at('head'), store, route, actions),
  dock: () => dock.draw(route),
  side: () => side.draw(route),
  home: () => route.view === 'home' && drawHome(at('home'), store, actions),
  title: () => {
    const asking = [...(store.overview?.threads.values() ?? [])].reduce((sum, thread) => sum + thread.pending, 0);
    const name = route.view === 'thread' && store.thread ? oneLine(store.thread.title, 60) : route.view === 'log' ? 'Event log' : '';
    document.title = `${asking ? `(${asking}) ` : ''}${name ? `${name} · ` : ''}Stele`;
  },
};
const drawSoon = (...names) => names.forEach((name) => frame(name, draw[name]));

store.on('overview travel', () => drawSoon('bar', 'sidebar', 'home', 'title', 'side'));
store.on('connection', () => drawSoon('bar', 'home'));
store.on('thread opened opening travel', () => drawSoon('head', 'dock', 'side', 'title', 'sidebar'));
store.on('history progress', () => drawSoon('side'));
store.on('problem', ({ problem }) => toast('failed', problem.message));
store.on('event', ({ event }) => {
  // Files may be others after these; what the view of changes shows is asked again.
  if (['CheckpointGitRefAssigned', 'CheckpointRestored'].includes(event.type)) {
    changes.forget();
    showPart();
  }
});

function showPart() {
  const part = route.view === 'thread' ? (route.part === 'changes' ? 'changes' : 'transcript') : route.view;
  for (const name of ['home', 'transcript', 'changes', 'log']) at(name).hidden = name !== part;
  document.body.dataset.view = part;
  if (part === 'changes') changes.show(route.query);
  if (part === 'log') log.show(route.query);
  else log.hide();
}

/** Who goes somewhere by keys is there with the focus, too; who writes or answers a question goes on with that. */
function focusPart() {
  if (document.activeElement?.matches('input, textarea, select, dialog *')) return;
  const part = document.querySelector('.page:not([hidden])');
  (part.tabIndex < 0 ? at('main') : part).focus({ preventScroll: true });
}

async function navigate() {
  route = parse(location.hash);
  closeOver();
  showPart();
  focusPart();
  drawSoon('head', 'dock', 'side', 'home', 'title', 'sidebar');
  try {
    await store.open(route.view === 'thread' ? route.thread : null);
  } catch (problem) {
    store.fail(problem);
  }
}

// --- keys --------------------------------------------------------------------------------------------------------------

const inThread = () => route.view === 'thread' && store.thread !== null;
const asked = () => inThread() && store.writable && store.thread.pending.length > 0;

function step(by) {
  if (document.activeElement?.matches('a.thread')) sidebar.step(by);
  else if (route.view === 'log') log.step(by);
  else if (route.view === 'thread' && route.part === 'changes') changes.step(by);
  else if (route.view === 'thread') transcript.step(by);
  else sidebar.step(by);
}

function activate() {
  const { activeElement } = document;
  const summary = activeElement?.matches('.message') ? activeElement.querySelector('summary') : activeElement;
  summary?.click();
}

bind('j', 'Move', 'Next message, file, fact or thread', () => step(1));
bind('k', 'Move', 'The one before', () => step(-1));
bind('Enter', 'Move', 'Open or fold it', activate, () => document.activeElement?.matches('.message') === true);
bind('o', 'Move', 'Open or fold it', activate);
bind('[', 'Move', 'Threads: to the one above', () => sidebar.step(-1));
bind(']', 'Move', 'Threads: to the one below', () => sidebar.step(1));
bind('G', 'Move', 'To the newest message', () => transcript.toEnd(), inThread);
bind('/', 'Move', 'Search threads, or the log', () => at(route.view === 'log' ? 'log-search' : 'filter')?.focus());

bind('c', 'Do', 'Write a prompt', () => at('prompt')?.focus(), inThread);
bind('n', 'Do', 'New thread', () => actions.newThread(store.thread?.projectId), () => store.writable);
bind('a', 'Do', 'Allow what the agent asks', () => actions.answerFirst('allow'), asked);
bind('r', 'Do', 'Reject what the agent asks', () => actions.answerFirst('reject'), asked);
for (let n = 1; n <= 9; n++) {
  bind(String(n), 'Do', 'Answer with that option', () => {
    const [action] = store.thread.pending;
    if (action.options[n - 1]) actions.answer(action, action.options[n - 1]);
  }, asked);
}
bind('i', 'Do', 'Interrupt the turn', () => actions.interrupt(), () => inThread() && store.writable);
bind('u', 'Do', 'Undo the newest restore', () => actions.undo(), () => inThread() && store.writable);
bind('R', 'Do', 'What agents may do without asking', () => {
  const [action] = store.thread.pending;
  actions.rules(action && dock.call(action));
}, () => inThread() && store.writable);
bind('B', 'Do', 'Make a branch', () => actions.branch(), () => inThread() && store.writable);
bind('P', 'Do', 'Push a branch', () => actions.push(), () => inThread() && store.writable);
bind('w', 'Do', 'Worktrees: merge, hand over, remove', () => actions.worktrees(), () => inThread() && store.writable);
bind('C', 'Do', 'Commit what the thread changed', () => actions.commit(), () => inThread() && store.writable);

bind('g c', 'Go', 'Conversation', () => go(links.thread(store.thread.id)), inThread);
bind('g d', 'Go', 'Changes', () => go(links.changes(store.thread.id, {})), inThread);
bind('g t', 'Go', 'Timeline', () => {
  togglePanel('side', true);
  at('side').querySelector('.timeline button')?.focus();
}, inThread);
bind('g l', 'Go', 'Event log', () => go(links.log()));
bind('g h', 'Go', 'All threads', () => go(links.home()));

bind('v', 'Look', 'Changes side by side, or unified', () => changes.toggle(), () => route.part === 'changes');
bind('t', 'Look', 'Time travel, and back to now', () => travel.toggle());
bind(',', 'Look', 'One fact earlier', () => travel.step(-1));
bind('.', 'Look', 'One fact later', () => travel.step(1), () => travel.open);
bind('<', 'Look', 'Back to where a turn began', () => travel.stepTurn(-1));
bind('>', 'Look', 'On to where the next turn began', () => travel.stepTurn(1), () => travel.open);
bind('b', 'Look', 'Show or hide the threads', () => togglePanel('sidebar'));
bind('s', 'Look', 'Show or hide the details', () => togglePanel('side'));
bind('d', 'Look', 'Light or dark', toggleTheme);
bind('Escape', 'Look', 'Take away news, or a panel that lies over the rest', () => dismiss() || closeOver());
bind('?', 'Look', 'All keys', () => dialogs.help());

// --- start -------------------------------------------------------------------------------------------------------------

at('skip').addEventListener('click', (event) => {
  event.preventDefault();
  at('main').focus();
});
at('main').addEventListener('pointerdown', closeOver);
window.addEventListener('hashchange', navigate);
window.addEventListener('pagehide', () => store.stream.rest());
window.addEventListener('pageshow', () => store.stream.goOn());
window.addEventListener('online', () => store.stream.hurry());
document.addEventListener('visibilitychange', () => document.hidden || store.stream.hurry());
listen((field) => {
  field.blur();
  focusPart();
});
tellNews(store, actions);
draw.bar();
showPart();

store.begin(route.view === 'thread' ? route.thread : null);
