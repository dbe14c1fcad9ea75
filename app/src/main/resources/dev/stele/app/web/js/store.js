// The state of the page: slices that stand at a place in the log, loaded from the server and carried on by its facts.
// Every slice ignores facts that it knows already, so it does not matter in which order answers and facts arrive.
import { get, passes } from './api.js';
import { foldOverview, overviewOf } from './fold/overview.js';
import { foldThread, threadOf } from './fold/thread.js';
import { checkpointsOf, emptyHistory, foldHistory, laterCheckpoints, turnsOf } from './fold/history.js';
import { foldMessages, keyOf, messagesOf, prepend } from './fold/messages.js';
import { Stream } from './stream.js';
import { oneLine, plain } from './text.js';

const RECENT = 5_000; // Facts that are kept for answers that stand before them.
const PAGE = 60;
const THREADS = 200;
const MOST_THREADS = 1_000; // The server tells of no more at once; what comes behind them is appended as it is then.
const SHORTLY = 250;
const SLOWEST_RETRY = 2_000;

/** What people are told while it is tried again; that the server is away they see. */
const odd = ({ status }) => ![0, 401, 503].includes(status);

const rest = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Store extends EventTarget {
  constructor() {
    super();
    this.overview = null;
    this.thread = null;
    this.history = null;
    this.messages = null;
    this.at = null; // The place in the log that is looked at; null is now.
    this.view = {}; // Another one means that answers to what was asked before are none.
    this.head = 0;
    this.wanted = null;
    this.missing = false; // The wanted thread is not there, or was not yet.
    this.listed = THREADS; // So many threads are in the list.
    this.last = null; // The newest fact that came; null while everything is loaded anew.
    this.recent = []; // The newest facts, without a gap,
    this.since = 0; // from behind this place on.
    this.works = new Map(); // What is being loaded, by name.
    this.owed = new Set(); // What of it could not be loaded yet.
    this.timers = new Map();
    this.link = 'connecting'; // How the stream of facts is.
    this.trouble = null; // Why loading everything has not succeeded yet.
    this.loading = false;
    this.connection = 'connecting';
    this.stream = new Stream({
      facts: (facts) => this.takeAll(facts),
      resync: () => this.reload(),
      renewed: () => location.reload(),
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
    this.link = state;
    this.judge();
  }

  /** The connection is live when facts come, and everything has been loaded that they are laid over. */
  judge() {
    const complete = !this.loading && !this.owed.size;
    const state = this.trouble ?? (this.link === 'live' && !complete ? 'connecting' : this.link);
    if (state === this.connection) return;
    this.connection = state;
    this.tell('connection');
  }

  // --- facts ---------------------------------------------------------------------------------------------------------

  takeAll(facts) {
    try {
      facts.forEach(([, json]) => this.take(JSON.parse(json)));
    } catch (wrong) {
      reportError(wrong);
      this.reload(); // A fact that cannot be laid over the state is in the server's.
    }
  }

  /** Takes the next fact. Those that were told before are left out, and a gap means that everything is loaded anew. */
  take(stored) {
    const { sequence } = stored;
    if (this.last === null || sequence <= this.last) return;
    if (sequence > this.last + 1) {
      this.reload();
      return;
    }
    this.last = sequence;
    this.head = Math.max(this.head, sequence);
    this.remember(stored);
    this.tell('event', stored);
    if (this.at === null) this.lay(stored);
  }

  remember(stored) {
    this.recent.push(stored);
    if (this.recent.length > RECENT) this.since = this.recent.splice(0, RECENT / 2).at(-1).sequence;
  }

  lay(stored) {
    if (this.overview && foldOverview(this.overview, stored)) this.tell('overview');
    if (this.thread && foldThread(this.thread, stored)) this.tell('thread');
    if (this.history && foldHistory(this.history, stored)) this.tell('history');
    if (this.messages) {
      const change = foldMessages(this.messages, stored);
      if (change) this.tell('messages', change);
    }
    if (this.ends(stored)) this.leave(true);
    this.doubt();
  }

  /** Whether the wanted thread is no more after a fact. */
  ends({ event: { type, threadId, projectId } }) {
    if (type === 'ThreadDeleted') return threadId === this.wanted;
    return type === 'ProjectDeleted' && projectId === this.thread?.projectId;
  }

  /** What facts do not tell is asked again. */
  doubt() {
    if (this.overview?.doubtful) this.later('list', () => this.loadOverview());
    if (this.thread?.doubtful) this.later('sums', () => this.refreshThread());
  }

  /** Does something once, shortly after it was asked for the first time. */
  later(name, work) {
    if (this.timers.has(name)) return;
    const run = () => {
      this.timers.delete(name);
      this.persist(name, work).catch((problem) => this.fail(problem));
    };
    this.timers.set(name, setTimeout(run, SHORTLY));
  }

  /** Loads something, and tries again while the server is away. Of the same name the last one is gone on with. */
  async persist(name, work) {
    this.works.set(name, work);
    const superseded = () => this.works.get(name) !== work;
    for (let pause = SHORTLY; ; pause = Math.min(2 * pause, SLOWEST_RETRY)) {
      try {
        await work();
        if (!superseded()) this.drop(name);
        return;
      } catch (problem) {
        if (superseded()) return;
        if (!passes(problem)) {
          this.drop(name);
          throw problem;
        }
        if (odd(problem) && !this.owed.has(name)) this.fail(problem);
        this.owed.add(name);
        this.judge();
        await rest(pause);
        if (superseded()) return;
      }
    }
  }

  /** It is not loaded any more. */
  drop(name) {
    this.works.delete(name);
    this.owed.delete(name);
    this.judge();
  }

  fail(problem) {
    if (problem.name === 'AbortError') return;
    this.tell('problem', { problem });
  }

  // --- loading -------------------------------------------------------------------------------------------------------

  /** Loads what the page begins with. */
  begin(threadId) {
    this.wanted = threadId;
    return this.reload();
  }

  /** Everything anew: at the beginning, and after facts were missed. Ends when that has succeeded. */
  async reload() {
    this.last = null; // What comes until then belongs to what was before.
    this.stale = true;
    if (this.loading) return;
    this.loading = true;
    this.judge();
    for (let pause = SHORTLY; this.stale; pause = Math.min(2 * pause, SLOWEST_RETRY)) {
      this.stale = false;
      try {
        await this.loadAll();
        this.trouble = null;
      } catch (problem) {
        this.stale = true;
        this.trouble = problem.status === 401 ? 'refused' : 'waiting';
        this.judge();
        if (odd(problem) && pause === SHORTLY) this.fail(problem);
        await rest(pause); // Another window may be let in meanwhile, which lets in this one, too.
      }
    }
    this.loading = false;
    this.judge();
  }

  /** The list and the thread at the same time, and from there on all facts. */
  async loadAll() {
    this.renew(this.at);
    this.recent = [];
    this.since = 0;
    this.tell('anew');
    const { at, view, wanted } = this;
    const [, , head] = await Promise.all([
      this.loadOverview(), wanted && this.loadWanted(wanted), at !== null && get('/api/health').then(({ body }) => body.sequence),
    ]);
    if (this.view !== view) this.stale = true;
    if (this.stale) return;
    // From the oldest of the answers on; what the others know already they leave out.
    const after = at === null ? Math.min(...this.parts().map((part) => part.sequence)) : head;
    this.head = Math.max(at === null ? this.overview.sequence : head, after);
    this.since = after;
    this.last = after;
    this.stream.start(after, this.overview.version);
  }

  /** What is not to be had is said, and then everything else is shown. */
  async loadWanted(id) {
    try {
      await this.loadThread(id);
    } catch (problem) {
      if (passes(problem)) throw problem;
      if (this.wanted === id) this.leave(true);
      this.fail(problem);
    }
  }

  parts() {
    const { overview, thread, messages, history } = this;
    return [overview, thread, messages, history?.turns, history?.checkpoints].filter(Boolean);
  }

  /** Looks at another place, or at the same one anew: what is there is shown until the answers come, as it is. */
  renew(at) {
    this.at = at;
    this.view = {};
    for (const part of this.parts()) part.sequence = Infinity;
  }

  /** Asks for a part of what is looked at. Gives null when that is something else by the time it comes. */
  async ask(path, query) {
    const { view } = this;
    for (;;) {
      const answer = await get(path, { ...query, at: this.at });
      if (this.view !== view) return null;
      if (this.at !== null || answer.sequence >= this.since) return answer;
      await rest(SHORTLY); // Of the facts between that answer and now some are not kept any more.
    }
  }

  async loadOverview() {
    const before = this.overview;
    if (before) before.doubtful = false;
    const answer = await this.ask('/api/overview', { limit: this.listed });
    if (!answer) return;
    const overview = overviewOf(answer.body, answer.sequence);
    overview.waiting = this.overview?.waiting ?? overview.waiting;
    this.overview = overview;
    this.head = Math.max(this.head, answer.sequence);
    this.catchUp((stored) => foldOverview(overview, stored));
    this.tell('overview');
    this.doubt();
  }

  /** Lays the facts over a fresh answer that came while it was on its way. */
  catchUp(fold) {
    if (this.at === null) this.recent.forEach(fold);
  }

  /** Opens a thread: what it is and its newest messages, both at once. */
  async open(id) {
    if (this.wanted === id) return;
    this.wanted = id;
    this.leave(false);
    this.drop('thread');
    if (id) await this.persist('thread', () => this.loadWanted(id));
  }

  async loadThread(id) {
    const path = `/api/threads/${encodeURIComponent(id)}`;
    const { view } = this;
    let answers;
    try {
      answers = await Promise.all([this.ask(path), this.ask(`${path}/messages`, { limit: PAGE })]);
    } catch (problem) {
      if (problem.status !== 404) throw problem;
      if (this.wanted === id && this.view === view) this.leave(true);
      return;
    }
    const [thread, messages] = answers;
    if (this.wanted !== id || this.view !== view) return;
    this.missing = false;
    this.thread = threadOf(thread.body, thread.sequence);
    if (this.history?.threadId !== id) this.history = emptyHistory(id);
    this.messages = messagesOf(id, messages.body, messages.sequence, true);
    const end = this.at === null && this.recent.find((stored) => stored.sequence > thread.sequence && this.ends(stored));
    if (end) {
      this.leave(true);
      return;
    }
    this.catchUp((stored) => foldThread(this.thread, stored));
    this.catchUp((stored) => foldMessages(this.messages, stored));
    this.tell('opened');
    this.doubt();
    this.persist('history', () => this.loadHistory()).catch((problem) => this.fail(problem));
  }

  /** Shows no thread; `missing` says that the wanted one is not there. */
  leave(missing) {
    this.thread = null;
    this.history = null;
    this.messages = null;
    this.missing = missing;
    this.tell('opening');
  }

  /** Turns and checkpoints of the thread come after its messages: people read those first. */
  async loadHistory() {
    const { history } = this;
    if (!history) return;
    const path = `/api/threads/${encodeURIComponent(history.threadId)}`;
    const answers = await this.ofThread(Promise.all([
      this.ask(`${path}/turns`, { limit: 100 }), this.ask(`${path}/checkpoints`, { limit: 100 }),
    ]));
    const [turns, checkpoints] = answers ?? [];
    if (this.history !== history || !turns || !checkpoints) return;
    history.turns = turnsOf(turns.body, turns.sequence);
    history.checkpoints = checkpointsOf(checkpoints.body, checkpoints.sequence);
    this.catchUp((stored) => foldHistory(history, stored));
    this.tell('history');
  }

  /** An answer about the open thread; null when it is no more, as facts will tell. */
  async ofThread(asked) {
    try {
      return await asked;
    } catch (problem) {
      if (problem.status !== 404) throw problem;
      return null;
    }
  }

  /** What the server sums up is asked again: usage, turns taken back, operations. */
  async refreshThread() {
    const { thread } = this;
    if (!thread) return;
    thread.doubtful = false;
    const answer = await this.ofThread(this.ask(`/api/threads/${encodeURIComponent(thread.id)}`));
    if (!answer || this.thread !== thread) return;
    this.thread = threadOf(answer.body, answer.sequence);
    // The plan of a turn that is over stays in sight until the next one begins.
    if (!this.thread.plan.length && this.thread.turnCount === thread.turnCount) this.thread.plan = thread.plan;
    this.catchUp((stored) => foldThread(this.thread, stored));
    this.tell('thread');
    this.doubt();
    await this.loadHistory();
  }

  /** A longer list of threads, with those that began earlier. */
  async olderThreads() {
    if (this.listed < MOST_THREADS) {
      this.listed += THREADS;
      await this.loadOverview();
      return;
    }
    const { overview } = this;
    const first = [...overview.threads.values()].sort((one, other) => one.createdAt.localeCompare(other.createdAt))[0];
    const answer = await this.ask('/api/threads', { before: first?.id, limit: THREADS });
    if (!answer || this.overview !== overview) return;
    for (const thread of answer.body.threads) if (!overview.threads.has(thread.id)) overview.threads.set(thread.id, thread);
    overview.more = answer.body.more === true;
    this.tell('overview');
  }

  /** One more page of the timeline. */
  async olderCheckpoints() {
    const { history } = this;
    const { before } = history.checkpoints;
    const path = `/api/threads/${encodeURIComponent(history.threadId)}/checkpoints`;
    const answer = await this.ask(path, { before, limit: 100 });
    if (!answer || this.history !== history || history.checkpoints.before !== before) return;
    const older = checkpointsOf(answer.body, answer.sequence);
    this.catchUp((stored) => laterCheckpoints(older, stored));
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
      const path = `/api/threads/${encodeURIComponent(window.threadId)}/messages`;
      const answer = await this.ask(path, { before: window.before, limit: 100 });
      if (!answer || this.messages !== window) return [];
      return prepend(window, answer.body, answer.sequence, this.at === null ? this.recent : []);
    } finally {
      this.loadingOlder = false;
    }
  }

  /** Shows the messages before a place instead of the newest ones; null goes back to those. */
  async jump(before) {
    const { id } = this.thread;
    const answer = await this.ask(`/api/threads/${encodeURIComponent(id)}/messages`, { limit: PAGE, before });
    if (!answer || this.thread?.id !== id) return;
    this.messages = messagesOf(id, answer.body, answer.sequence, before === null);
    this.catchUp((stored) => foldMessages(this.messages, stored));
    this.tell('opened');
  }

  /** What a checkpoint is, in words: those around a turn are named by what the turn was asked. */
  nameOf(checkpoint) {
    const { description, turnId } = checkpoint;
    const [, place] = /^(before|after) the turn/.exec(description) ?? [];
    const prompt = place && this.messages?.index.get(keyOf(turnId, 0));
    if (prompt) return `${place === 'before' ? 'Before' : 'After'} “${oneLine(plain(prompt.message.body.blocks), 70)}”`;
    return /^before the restore of /.test(description) ? 'Before a restore' : oneLine(description);
  }

  // --- time travel ---------------------------------------------------------------------------------------------------

  /** Looks at the state as it was when the log had so many facts; null is now. */
  async travel(at) {
    if (this.at === at) return;
    this.renew(at);
    this.tell('travel');
    const { wanted } = this;
    await Promise.all([
      this.persist('list', () => this.loadOverview()), wanted && this.persist('thread', () => this.loadWanted(wanted)),
    ]);
  }
}
