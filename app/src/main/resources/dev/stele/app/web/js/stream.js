// The facts of the log as this window gets them: from the worker that all windows share, or, where there is none, from a
// stream of its own.
import { Feed } from './feed.js';
import { alive } from './lock.js';

const WORKER = '/assets/js/shared.js';
const PATIENCE = 10_000; // A worker that has not answered by then is none.

// The only script that this page ever starts; Trusted Types ask for its name.
const policy = globalThis.trustedTypes?.createPolicy('stele', { createScriptURL: () => WORKER }) ?? { createScriptURL: () => WORKER };

class SharedStream {
  /** `sink` is a feed's; `without` is called once when there is no worker to be had. */
  constructor(sink, without) {
    this.sink = sink;
    this.without = without;
    this.last = null; // Where the window's state stands; null while it says nothing of it.
    this.lock = `stele-window-${crypto.randomUUID()}`;
    this.alive = alive(this.lock);
    this.connect();
  }

  connect() {
    this.worker = new SharedWorker(policy.createScriptURL(WORKER), { type: 'module', name: 'stele' });
    const { port } = this.worker;
    const patience = setTimeout(() => this.giveUp(), PATIENCE);
    this.worker.addEventListener('error', () => this.giveUp());
    port.addEventListener('message', ({ data }) => {
      if (port !== this.worker?.port) return;
      clearTimeout(patience);
      this.hear(data);
    });
    port.start();
    this.said = false;
  }

  giveUp() {
    if (this.said) return;
    this.worker = null;
    this.without(this);
  }

  hear(data) {
    switch (data.type) {
      case 'hello':
        this.said = true;
        // The worker takes a window whose lock is free for gone, so it must be held by then.
        this.alive.then(() => this.send({ type: 'here', lock: this.lock }));
        // Its lock is free when it has died; the next one goes on from where this window stands.
        navigator.locks?.request(data.lock, () => this.connect());
        this.sink.connection(data.state);
        if (this.last !== null) this.send({ type: 'follow', after: this.last, version: this.version });
        break;
      case 'facts':
        this.take(data.facts);
        break;
      case 'resync':
        this.last = null;
        this.sink.resync();
        break;
      case 'renewed':
        this.sink.renewed();
        break;
      default:
        this.sink.connection(data.state);
    }
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
    this.send({ type: 'follow', after, version: this.version });
  }

  hurry() {
    this.send({ type: 'hurry' });
  }

  rest() {
    this.send({ type: 'leave' });
  }

  goOn() {
    if (this.last !== null) this.start(this.last);
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
