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

const refusal = ({ status, statusText }) => Object.assign(new Error(statusText), { status });

export class Feed {
  /**
   * `sink` has facts([[sequence, JSON], ...]), resync(), renewed() when the server is another version, and
   * connection(state): connecting, live, waiting, refused. After resync() nothing is read until `start`.
   */
  constructor(sink) {
    this.sink = sink;
    this.last = null; // The last fact that was told; null while nobody has said where to begin.
    this.version = null;
    this.attempts = 0;
    this.resting = false;
  }

  /** Reads on from behind a place in the log, which is known already, of a server of that version. */
  start(after, version) {
    this.last = after;
    this.version ??= version;
    this.controller?.abort(); // What comes of an attempt under way belongs to another place.
    this.running ??= this.run();
    this.begin?.();
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
    this.resting = true;
    this.controller?.abort();
  }

  /** Ends a rest: what happened meanwhile is read at once. */
  goOn() {
    this.resting = false;
    this.begin?.();
    this.hurry();
  }

  async run() {
    for (let first = true; ; first = false) {
      while (this.resting || this.last === null) await new Promise((resolve) => (this.begin = resolve));
      const controller = new AbortController();
      this.controller = controller;
      this.heard(controller);
      try {
        if (!first) await this.greet(controller);
        await this.read(controller);
        this.sink.connection('connecting');
      } catch (cause) {
        this.sink.connection(cause.status === 401 ? 'refused' : controller.signal.aborted ? 'connecting' : 'waiting');
      }
      clearTimeout(this.silence);
      controller.abort(); // A stream that is not read any more would keep its connection.
      await this.pause();
    }
  }

  /** The server is alive; when it has said nothing for long, the attempt is over. */
  heard(controller) {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => controller.abort(), SILENCE);
  }

  async pause() {
    const delay = Math.min(SLOWEST_RETRY, 150 * 2 ** this.attempts++);
    await new Promise((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, delay);
    });
  }

  /** After a break: is it the same server, with the same log? */
  async greet({ signal }) {
    const answer = await fetch('/api/health', { cache: 'no-store', signal });
    if (!answer.ok) throw refusal(answer);
    const { version, sequence } = await answer.json();
    if (this.version && version !== this.version) this.sink.renewed();
    if (!signal.aborted && sequence < this.last) this.missed();
  }

  async read(controller) {
    const { signal } = controller;
    const headers = { Accept: 'text/event-stream' };
    const response = await fetch(address('/api/events', { after: this.last }), { headers, cache: 'no-store', signal });
    if (!response.ok) throw refusal(response);
    this.attempts = 0;
    this.sink.connection('live');
    let { last } = this;
    let frame = {};
    let facts = [];
    for await (const line of lines(response.body)) {
      if (signal.aborted) return; // A piece that was on its way: by now somebody else may be told, from another place on.
      if (line === null) {
        this.heard(controller);
        this.last = last;
        if (facts.length) this.sink.facts(facts);
        facts = [];
      } else if (line === '') {
        const sequence = Number(frame.id);
        // Places without a fact of their own are told, too: a gap means that something was lost on the way.
        if (frame.event === 'resync' || sequence > last + 1) this.missed();
        if (frame.data !== undefined && sequence > last) {
          facts.push([sequence, frame.data]);
          last = sequence;
        }
        frame = {};
      } else {
        const colon = line.indexOf(':');
        if (colon > 0) frame[line.slice(0, colon)] = line.slice(colon + 1).trimStart();
      }
    }
  }

  /** Ends the attempt; the next one waits until somebody has loaded everything anew and says where that stands. */
  missed() {
    this.last = null;
    this.sink.resync();
    throw new Error('facts were missed');
  }
}
