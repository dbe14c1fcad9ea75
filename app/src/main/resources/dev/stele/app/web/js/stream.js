// The facts of the log as this window gets them: from the worker that all windows share, or, where there is none, from a
// stream of its own.
import { Feed } from './feed.js';
import { alive } from './lock.js';

const WORKER = '/assets/js/shared.js';
const PATIENCE = 10_000; // A worker that has not answered by then is none.
const TRIES = 5; // So often a worker that has died is looked for.
const PAUSE = 1_000;

// The only script that this page ever starts; Trusted Types ask for its name.
const policy = globalThis.trustedTypes?.createPolicy('stele', { createScriptURL: () => WORKER }) ?? { createScriptURL: () => WORKER };

class SharedStream {
  /** `sink` is a feed's; `without` is called once when there is no worker to be had. */
  constructor(sink, without) {
    this.sink = sink;
    this.without = without;
    this.last = null; // Where the window's state stands; null while it says nothing of it.
    this.known = false; // There was a worker.
    this.failures = 0;
    this.join();
  }

  join() {
    this.resting = false;
    this.lock = `stele-window-${crypto.randomUUID()}`;
    this.alive = alive(this.lock);
    this.connect();
  }

  connect() {
    this.said = false;
    this.sink.connection('connecting');
    const worker = new SharedWorker(policy.createScriptURL(WORKER), { type: 'module', name: 'stele' });
    this.worker = worker;
    const giveUp = () => worker === this.worker && !this.said && this.giveUp();
    const patience = setTimeout(giveUp, PATIENCE);
    worker.addEventListener('error', giveUp);
    worker.port.addEventListener('message', ({ data }) => {
      if (worker !== this.worker) return;
      clearTimeout(patience);
      this.hear(data);
    });
    worker.port.start();
  }

  /** Without a worker a window has a stream of its own; but one that has died may come again when its server has. */
  giveUp() {
    this.worker = null;
    if (this.known && ++this.failures < TRIES) setTimeout(() => this.resting || this.worker || this.connect(), PAUSE);
    else this.without(this);
  }

  hear(data) {
    switch (data.type) {
      case 'hello':
        this.greet(data);
        break;
      case 'facts':
        this.take(data.facts);
        break;
      case 'resync':
        this.last = null;
        this.round = data.round;
        this.sink.resync();
        break;
      case 'renewed':
        this.sink.renewed();
        break;
      default:
        this.sink.connection(data.state);
    }
  }

  greet({ lock, state, round }) {
    this.said = true;
    this.known = true;
    this.failures = 0;
    this.round = round;
    const { worker } = this;
    // The worker takes a window whose lock is free for gone, so it must be held by then.
    this.alive.then((held) => this.send({ type: 'here', lock: held ? this.lock : null }));
    // Its lock is free when it has died; the next one goes on from where this window stands. All windows get it together:
    // one that browsers keep though it was left would not let go of it.
    if (lock) navigator.locks?.request(lock, { mode: 'shared' }, () => worker === this.worker && this.connect());
    this.sink.connection(state);
    if (this.last !== null) this.start(this.last);
  }

  take(facts) {
    if (this.last === null) return;
    const unknown = facts.filter(([sequence]) => sequence > this.last);
    if (!unknown.length) return;
    this.last = unknown.at(-1)[0];
    this.sink.facts(unknown);
  }

  send(message) {
    if (this.said) this.worker?.port.postMessage(message);
  }

  start(after, version) {
    this.last = after;
    this.version ??= version;
    this.send({ type: 'follow', after, version: this.version, round: this.round });
  }

  hurry() {
    this.send({ type: 'hurry' });
  }

  /** Leaves the worker. A page that browsers keep though it was left loses its locks, and nobody tells it of a worker's end. */
  rest() {
    this.send({ type: 'leave' });
    this.resting = true;
    this.worker = null;
    this.said = false;
  }

  goOn() {
    if (this.resting) this.join();
  }
}

/**
 * The stream of facts for a sink: facts([[sequence, JSON], ...]), resync(), renewed(), connection(state). It has
 * start(after, version), hurry(), rest() and goOn() as a Feed has.
 */
export class Stream {
  constructor(sink) {
    this.of = typeof SharedWorker === 'function' ? this.shared(sink) : new Feed(sink);
  }

  shared(sink) {
    try {
      return new SharedStream(sink, ({ last, version }) => {
        this.of = new Feed(sink);
        if (last !== null) this.of.start(last, version);
      });
    } catch {
      return new Feed(sink);
    }
  }

  start(after, version) {
    this.of.start(after, version);
  }

  hurry() {
    this.of.hurry();
  }

  rest() {
    this.of.rest();
  }

  goOn() {
    this.of.goOn();
  }
}
