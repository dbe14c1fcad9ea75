// The state of the page: slices that stand at a place in the log, loaded from the server and carried on by its facts.
// Every slice ignores facts that it knows already, so it does not matter in which order answers and facts arrive.
import { get } from './api.js';
import { Feed } from './feed.js';
import { foldOverview, overviewOf } from './fold/overview.js';
import { foldThread, threadOf } from './fold/thread.js';
import { checkpointsOf, emptyHistory, foldHistory, turnsOf } from './fold/history.js';
import { foldMessages, messagesOf, prepend } from './fold/messages.js';

const RECENT = 5_000; // Facts that are kept for answers that stand before them.
const PAGE = 60;

export class Store extends EventTarget {
  constructor() {
    super();
    this.overview = null;
    this.thread = null;
    this.history = null;
    this.messages = null;
    this.connection = 'connecting';
    this.at = null; // The place in the log that is looked at; null is now.
    this.head = 0;
    this.wanted = null;
    this.recent = [];
    this.problem = null;
    this.feed = new Feed({
      event: (stored) => this.take(stored),
      resync: () => this.reload(),
      connection: (state) => this.connect(state),
    });
  }

  /** Tells views that a part of the state is another: overview, thread, history, messages and others. */
  tell(topic, detail = {}) {
    this.dispatchEvent(new CustomEvent(topic, { detail }));
  }

  /** Listens to topics; what it gives ends that. */
  on(topics, listener) {
    const ends = topics.split(' ').map((topic) => {
      const heard = (event) => listener(event.detail, topic);
      this.addEventListener(topic, heard);
      return () => this.removeEventListener(topic, heard);
    });
    return () => ends.forEach((end) => end());
  }

  /** Whether people may change something: not in the past, and not without leave to write. */
  get writable() {
    return this.at === null && this.overview?.writable !== false;
  }

  connect(state) {
    if (state === this.connection) return;
    this.connection = state;
    this.tell('connection');
  }

  // --- facts ---------------------------------------------------------------------------------------------------------

  take(stored) {
    this.head = Math.max(this.head, stored.sequence);
    this.recent.push(stored);
    if (this.recent.length > RECENT) this.recent.splice(0, RECENT / 2);
    this.tell('event', stored);
    if (this.at !== null) return;
    this.lay(stored);
  }

  lay(stored) {
    if (this.overview && foldOverview(this.overview, stored)) this.tell('overview');
    if (this.thread && foldThread(this.thread, stored)) this.tell('thread');
    if (this.history && foldHistory(this.history, stored)) this.tell('history');
    if (this.messages) {
      const change = foldMessages(this.messages, stored);
      if (change) this.tell('messages', change);
    }
    if (this.overview?.doubtful) this.later('list', () => this.loadOverview());
    if (this.thread?.doubtful) this.later('thread', () => this.refreshThread());
  }

  /** Does something once, shortly after it was asked for the last time. */
  later(name, work) {
    this.timers ??= new Map();
    clearTimeout(this.timers.get(name));
    this.timers.set(name, setTimeout(() => work().catch((problem) => this.fail(problem)), 250));
  }

  fail(problem) {
    if (problem.name === 'AbortError') return;
    this.tell('problem', { problem });
  }

  // --- loading -------------------------------------------------------------------------------------------------------

  /** Loads what the page begins with; the thread, if one is wanted, at the same time as the list. */
  async begin(threadId) {
    const thread = this.open(threadId).catch((problem) => this.fail(problem));
    await this.loadOverview();
    await thread;
    this.feed.version = this.overview.version;
    // From the oldest of the answers on; what the others know already they leave out.
    const parts = [this.overview, this.thread, this.messages].filter(Boolean);
    this.feed.start(Math.min(...parts.map((part) => part.sequence)));
  }

  /** Everything anew, after the server said that facts were missed. */
  async reload() {
    if (this.reloading) return;
    this.reloading = true;
    try {
      this.recent = [];
      await this.loadOverview();
      this.feed.start(this.overview.sequence);
      if (this.wanted) await this.open(this.wanted, { again: true });
    } catch (problem) {
      this.fail(problem);
    } finally {
      this.reloading = false;
    }
  }

  async loadOverview() {
    const { body, sequence } = await get('/api/overview', { at: this.at });
    const overview = overviewOf(body, sequence);
    overview.waiting = this.overview?.waiting ?? overview.waiting;
    this.overview = overview;
    this.head = Math.max(this.head, sequence);
    this.catchUp((stored) => foldOverview(overview, stored));
    this.tell('overview');
  }

  /** Lays the facts over a fresh answer that came while it was on its way. */
  catchUp(fold) {
    if (this.at === null) this.recent.forEach(fold);
  }

  /** Opens a thread: what it is and its newest messages, both at once. */
  async open(id, { again = false } = {}) {
    if (!again && this.wanted === id) return;
    this.wanted = id;
    if (this.thread?.id !== id) {
      this.thread = null;
      this.history = null;
      this.messages = null;
      this.tell('opening');
    }
    if (!id) return;
    const path = `/api/threads/${encodeURIComponent(id)}`;
    const at = this.at;
    const [thread, messages] = await Promise.all([
      get(path, { at }), get(`${path}/messages`, { limit: PAGE, at }),
    ]);
    if (this.wanted !== id || this.at !== at) return;
    this.thread = threadOf(thread.body, thread.sequence);
    if (this.history?.threadId !== id) this.history = emptyHistory(id);
    this.messages = messagesOf(id, messages.body, messages.sequence, true);
    this.catchUp((stored) => foldThread(this.thread, stored));
    this.catchUp((stored) => foldMessages(this.messages, stored));
    this.tell('opened');
    this.loadHistory().catch((problem) => this.fail(problem));
  }

  /** Turns and checkpoints of the thread come after its messages: people read those first. */
  async loadHistory() {
    const { history, at } = this;
    const path = `/api/threads/${encodeURIComponent(history.threadId)}`;
    const [turns, checkpoints] = await Promise.all([
      get(`${path}/turns`, { limit: 100, at }), get(`${path}/checkpoints`, { limit: 100, at }),
    ]);
    if (this.history !== history || this.at !== at) return;
    history.turns = turnsOf(turns.body, turns.sequence);
    history.checkpoints = checkpointsOf(checkpoints.body, checkpoints.sequence);
    this.catchUp((stored) => foldHistory(history, stored));
    this.tell('history');
  }

  /** What the server sums up is asked again: usage, turns taken back, operations. */
  async refreshThread() {
    const { thread, at } = this;
    if (!thread) return;
    thread.doubtful = false;
    const { body, sequence } = await get(`/api/threads/${encodeURIComponent(thread.id)}`, { at });
    if (this.thread !== thread || this.at !== at) return;
    this.thread = threadOf(body, sequence);
    // The plan of a turn that is over stays in sight until the next one begins.
    if (!this.thread.plan.length) this.thread.plan = thread.plan;
    this.catchUp((stored) => foldThread(this.thread, stored));
    this.tell('thread');
    await this.loadHistory();
  }

  /** One more page of the list of threads, of those that began earlier. */
  async olderThreads() {
    const { overview } = this;
    const first = [...overview.threads.values()].sort((one, other) => one.createdAt.localeCompare(other.createdAt))[0];
    const { body } = await get('/api/threads', { before: first?.id, limit: 200, at: this.at });
    if (this.overview !== overview) return;
    for (const thread of body.threads) if (!overview.threads.has(thread.id)) overview.threads.set(thread.id, thread);
    overview.more = body.more === true;
    this.tell('overview');
  }

  /** One more page of the timeline. */
  async olderCheckpoints() {
    const { history } = this;
    const { before } = history.checkpoints;
    const path = `/api/threads/${encodeURIComponent(history.threadId)}/checkpoints`;
    const { body, sequence } = await get(path, { before, limit: 100, at: this.at });
    if (this.history !== history || history.checkpoints.before !== before) return;
    const older = checkpointsOf(body, sequence);
    history.checkpoints.list = [...history.checkpoints.list, ...older.list];
    history.checkpoints.before = older.before;
    this.tell('history');
  }

  /** One more page of older messages. Gives the new ones. */
  async older() {
    const window = this.messages;
    if (!window?.before || this.loadingOlder) return [];
    this.loadingOlder = true;
    try {
      const { body, sequence } = await get(`/api/threads/${encodeURIComponent(window.threadId)}/messages`, {
        before: window.before, limit: 100, at: this.at,
      });
      if (this.messages !== window) return [];
      return prepend(window, body, sequence, this.at === null ? this.recent : []);
    } finally {
      this.loadingOlder = false;
    }
  }

  /** Shows the messages before a place instead of the newest ones; null goes back to those. */
  async jump(before) {
    const id = this.thread.id;
    const { body, sequence } = await get(`/api/threads/${encodeURIComponent(id)}/messages`, {
      limit: PAGE, before, at: this.at,
    });
    if (this.thread?.id !== id) return;
    this.messages = messagesOf(id, body, sequence, before === null);
    this.catchUp((stored) => foldMessages(this.messages, stored));
    this.tell('opened');
  }

  // --- time travel ---------------------------------------------------------------------------------------------------

  /** Looks at the state as it was when the log had so many facts; null is now. */
  async travel(at) {
    if (this.at === at) return;
    this.at = at;
    this.tell('travel');
    await this.loadOverview();
    const id = this.wanted;
    if (id) await this.open(id, { again: true });
  }
}
