// How windows and the worker that they share know of each other's end, which nobody tells: each holds a lock as long as it
// lives, and who asks for that lock gets it when the other one is gone.

/** Takes a lock for good. What it gives is done once the lock is held, or can't be had in this browser. */
export const alive = (name) =>
  new Promise((done) => {
    const held = () => {
      done();
      return new Promise(() => {});
    };
    if (navigator.locks) navigator.locks.request(name, held).catch(done);
    else done();
  });
