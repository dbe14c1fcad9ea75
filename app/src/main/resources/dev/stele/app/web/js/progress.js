// How far pushes are. It is asked for while one is at work, since it is no fact: git says it, and nobody keeps it.
import { get, passes } from './api.js';

const PAUSE = 500;

export class Progress {
  constructor(store) {
    this.store = store;
    this.lines = new Map(); // Operation -> what git said, the newest last.
    this.followed = new Set();
    store.on('thread opened', () => this.look());
  }

  look() {
    for (const operation of this.store.thread?.operations.values() ?? []) {
      if (operation.type === 'Push' && operation.state.type === 'Open') this.follow(operation.id);
    }
  }

  /** Everything that is known of an operation. */
  of(id) {
    return this.lines.get(id) ?? [];
  }

  /** What git said last. */
  newest(id) {
    return this.of(id).at(-1)?.line;
  }

  async follow(id) {
    if (this.followed.has(id) || this.store.at !== null) return;
    this.followed.add(id);
    let open = true;
    while (open) {
      try {
        open = await this.ask(id);
      } catch (problem) {
        // A server that is away for a moment tells the rest when it is back; a refusal stays one.
        if (!passes(problem)) break;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    this.followed.delete(id);
  }

  async ask(id) {
    const known = this.of(id);
    const { body } = await get(`/api/operations/${encodeURIComponent(id)}/progress`, { after: known.at(-1)?.number ?? 0 });
    if (body.lines.length) {
      this.lines.set(id, [...known.filter((line) => !line.passing), ...body.lines].slice(-100));
      this.store.tell('progress', { id });
    }
    return body.open;
  }
}
