// The worker that all windows of a browser share: it holds the one stream from the server and hands each fact to every
// window. Browsers allow six connections to a server, and each window with a stream of its own would take one for good.
import { Feed } from './feed.js';
import { alive } from './lock.js';

const MOST_KEPT = 5_000; // Facts for windows that join: from where their state stands on.
const MOST_TEXT = 16_000_000; // Characters of them.

const windows = new Set();
const lock = `stele-worker-${crypto.randomUUID()}`;
let connection = 'connecting';
let kept = []; // [sequence, JSON], without a gap.
let text = 0;
let round = 0; // How often facts were missed: who follows says which of them it knows of.
let from = null; // The place behind which nothing is missing in what is kept; null until a window tells where it stands.

const tellAll = (message) => windows.forEach((window) => window.port.postMessage(message));

function keep(facts) {
  kept.push(...facts);
  text += facts.reduce((sum, [, json]) => sum + json.length, 0);
  if (kept.length <= MOST_KEPT && text <= MOST_TEXT) return;
  const gone = kept.splice(0, Math.ceil(kept.length / 2));
  text -= gone.reduce((sum, [, json]) => sum + json.length, 0);
  from = gone.at(-1)[0];
}

function forget() {
  kept = [];
  text = 0;
  from = null;
}

const feed = new Feed({
  facts(facts) {
    if (from === null) return; // Windows load anew, and the first of them says from where on.
    keep(facts);
    for (const window of windows) if (window.follows) window.port.postMessage({ type: 'facts', facts });
  },
  resync() {
    forget();
    round++;
    windows.forEach(renew);
  },
  renewed() {
    tellAll({ type: 'renewed' });
    self.close(); // The windows load the new page, and with it this script anew.
  },
  connection(state) {
    connection = windows.size ? state : 'connecting';
    tellAll({ type: 'connection', state });
  },
});

/** A window has to load everything anew, and says then where it stands. */
function renew(window) {
  window.follows = false;
  window.port.postMessage({ type: 'resync', round });
}

/** A window has the state of a place in the log: what came since is told at once, and from then on every fact. */
function follow(window, { after, version, round: known }) {
  windows.add(window);
  // Where it stood before facts were missed says nothing: the log may be another one.
  if (known !== round || (from !== null && after < from)) {
    renew(window);
    return;
  }
  window.follows = true;
  if (from === null) {
    from = after;
    feed.goOn();
    feed.start(after, version);
    return;
  }
  const missed = kept.filter(([sequence]) => sequence > after);
  if (missed.length) window.port.postMessage({ type: 'facts', facts: missed });
}

/** Nobody looks any more: then nothing is read, until somebody does. */
function leave(window) {
  windows.delete(window);
  if (windows.size) return;
  feed.rest();
  forget();
}

/** A window begins to listen. When it is gone it says nothing; but then its lock is free. */
function here(window, { lock: itsLock }) {
  windows.add(window);
  window.port.postMessage({ type: 'connection', state: connection }); // It may be another one since the greeting.
  if (itsLock) navigator.locks?.request(itsLock, () => leave(window));
}

const handlers = { here, follow, leave, hurry: () => feed.hurry() };

const ready = alive(lock); // Windows wait for the lock, and so know when this worker is gone.

self.addEventListener('connect', ({ ports: [port] }) => {
  const window = { port, follows: false };
  port.addEventListener('message', ({ data }) => {
    handlers[data.type](window, data);
  });
  port.start();
  ready.then((held) => port.postMessage({ type: 'hello', lock: held ? lock : null, state: connection, round }));
});
