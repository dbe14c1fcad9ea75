// The log as it grows: one stream of server-sent events, resumed where it broke off. It is read with fetch and not with
// EventSource, which would need a listener for every type of event, and hides why a connection failed. It runs in the
// worker that all windows share, and in the window itself where there is none.
import { address } from './api.js';

const SILENCE = 40_000; // The server comments every 15 s; after this long it is taken for gone.
const SLOWEST_RETRY = 3_000;

/** Reads lines of a byte stream; a line of many megabytes comes in pieces, which are joined once. */
async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let pieces = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    let from = 0;
    for (let end = value.indexOf('\n'); end >= 0; end = value.indexOf('\n', from)) {
      pieces.push(value.slice(from, end));
      yield pieces.length === 1 ? pieces[0] : pieces.join('');
      pieces = [];
      from = end + 1;
    }
    if (from < value.length) pieces.push(value.slice(from));
    yield null; // Something came, if only a part of a line: the server is alive.
  }
}

export class Feed {
  /**
   * `sink` has facts([[sequence, JSON], ...]), resync(), renewed() when the server is another version, and
   * connection(state): connecting, live, waiting, refused.
   */
  constructor(sink) {
    this.sink = sink;
    this.last = 0;
    this.version = null;
    this.running = false;
    this.attempts = 0;
    this.resting = null;
  }

  /** Reads on from behind a place in the log, which is known already, of a server of that version. */
  start(after, version) {
    this.last = after;
    this.version ??= version;
    if (this.running) {
      this.controller?.abort();
      return;
    }
    this.running = true;
    this.run();
  }

  /** Tries again now and not when it would by itself. */
  hurry() {
    this.wake?.();
  }

  /**
   * Lets go of the connection until `goOn`. Browsers keep a page that was left, and its connection with it; of those
   * they allow six to a server, so that pages which nobody sees would keep new ones from opening.
   */
  rest() {
    this.resting ??= new Promise((resolve) => (this.endRest = resolve));
    this.controller?.abort();
  }

  /** Ends a rest: what happened meanwhile is read at once. */
  goOn() {
    this.endRest?.();
    this.resting = null;
    this.hurry();
  }

  async run() {
    for (;;) {
      await this.resting;
      try {
        await this.read();
        this.sink.connection('connecting');
      } catch (cause) {
        this.sink.connection(cause.status === 401 ? 'refused' : 'waiting');
      }
      await this.pause();
      await this.greet();
    }
  }

  async pause() {
    const delay = Math.min(SLOWEST_RETRY, 150 * 2 ** this.attempts++);
    await new Promise((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, delay);
    });
  }

  /** After a break: is it the same server, with the same log? */
  async greet() {
    try {
      const answer = await fetch('/api/health', { cache: 'no-store' });
      if (!answer.ok) return; // It is being started or stopped, and says nothing of its version.
      const { version, sequence } = await answer.json();
      if (this.version && version !== this.version) this.sink.renewed();
      if (sequence < this.last) this.sink.resync();
    } catch {
      // Not there yet; the next attempt to read says so.
    }
  }

  async read() {
    this.controller = new AbortController();
    const controller = this.controller;
    const from = this.last;
    const response = await fetch(address('/api/events', { after: from }), {
      headers: { Accept: 'text/event-stream' },
      cache: 'no-store',
      signal: controller.signal,
    });
    if (!response.ok) throw Object.assign(new Error(response.statusText), { status: response.status });
    this.attempts = 0;
    this.sink.connection('live');
    let silence = setTimeout(() => controller.abort(), SILENCE);
    try {
      let frame = {};
      let facts = [];
      for await (const line of lines(response.body)) {
        if (line === null) {
          clearTimeout(silence);
          silence = setTimeout(() => controller.abort(), SILENCE);
          if (facts.length) this.sink.facts(facts);
          facts = [];
        } else if (line === '') {
          if (frame.data !== undefined && this.isNew(frame)) facts.push([this.last, frame.data]);
          frame = {};
        } else {
          const colon = line.indexOf(':');
          if (colon > 0) frame[line.slice(0, colon)] = line.slice(colon + 1).trimStart();
        }
      }
    } finally {
      clearTimeout(silence);
    }
  }

  /** Whether a frame tells a fact that is the next one; it counts as told then. */
  isNew({ id, event }) {
    const sequence = Number(id);
    // Places without a fact of their own are told, too: a gap means that something was lost on the way.
    if (event === 'resync' || sequence > this.last + 1) {
      this.sink.resync();
      throw new Error('facts were missed');
    }
    if (sequence <= this.last) return false;
    this.last = sequence;
    return true;
  }
}
