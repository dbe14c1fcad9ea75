// Drawing at most once a frame: what is asked for twice is done once.

const wanted = new Map();
let scheduled = false;

function run() {
  if (!scheduled) return;
  scheduled = false;
  const work = [...wanted.values()];
  wanted.clear();
  for (const draw of work) {
    try {
      draw();
    } catch (wrong) {
      reportError(wrong); // The others are drawn all the same.
    }
  }
}

/** Does `draw` with the next frame; of the same `key` the last one counts. */
export function frame(key, draw) {
  wanted.set(key, draw);
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(run);
  // A window that nobody sees gets no frames, and is to be right all the same when it is looked at.
  setTimeout(run, 200);
}
