// How windows and the worker that they share know of each other's end, which nobody tells: each holds a lock as long as it
// lives, and who asks for that lock gets it when the other one is gone.

/** Takes a lock for good. Gives, once it is held, whether it could be had in this browser. */
export const alive = (name) =>
  new Promise((done) => {
    const held = () => {
      done(true);
      return new Promise(() => {});
    };
    if (navigator.locks) navigator.locks.request(name, held).catch(() => done(false));
    else done(false);
  });
