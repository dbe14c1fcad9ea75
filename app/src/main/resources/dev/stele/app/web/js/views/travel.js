// Time travel: a slider over the log. The page shows the state as it was when the log had so many facts, and says which
// fact was the last of them. It goes from fact to fact, and from turn to turn.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { get } from '../api.js';
import { sentence } from '../facts.js';
import { frame } from '../frame.js';
import { oneLine } from '../text.js';

const REST = 120; // A slider that moves is followed when it rests this long.
const STRIDE = 500; // So many facts at a time are looked through for a turn that began earlier.

export class Travel {
  constructor(host, store) {
    this.host = host;
    this.store = store;
    this.open = false;
    this.fact = null; // The fact that is the last one at the place that is looked at.
    store.on('travel event opened', () => this.open && frame('travel', () => this.draw()));
  }

  toggle() {
    this.open = !this.open;
    if (this.open) {
      this.before = document.activeElement;
      this.go(this.store.at ?? this.store.head);
    } else {
      this.go(null);
    }
    this.draw();
    if (this.open) this.host.querySelector('input').focus();
    else if (this.before?.isConnected) this.before.focus();
  }

  go(at) {
    const place = at === null ? null : Math.max(1, Math.min(this.store.head, at));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.arrive(place), place === null ? 0 : REST);
    this.shown = place;
    this.draw();
  }

  async arrive(place) {
    try {
      await Promise.all([this.store.travel(place), place === null ? null : this.look(place)]);
    } catch (problem) {
      this.store.fail(problem);
    }
  }

  async look(place) {
    const { body } = await get('/api/events', { after: place - 1, limit: 1 });
    if (this.shown !== place) return;
    this.fact = body.events[0] ?? null;
    this.draw();
  }

  /** One fact earlier or later; the journey begins with it. */
  step(by) {
    if (!this.open) this.toggle();
    this.go((this.shown ?? this.store.head) + by);
  }

  /** To where the next turn begins, or the one before: of the open thread, or of all. */
  async stepTurn(by) {
    if (!this.open) this.toggle();
    const at = this.shown ?? this.store.head;
    try {
      const place = by > 0 ? await this.turnAfter(at) : await this.turnBefore(at);
      if (place) this.go(place);
      else this.go(by > 0 ? this.store.head : 1);
    } catch (problem) {
      this.store.fail(problem);
    }
  }

  turnsAfter(after) {
    return get('/api/events', { after, limit: STRIDE, type: 'TurnStarted', thread: this.store.wanted });
  }

  async turnAfter(at) {
    return (await this.turnsAfter(at)).body.events[0]?.sequence;
  }

  /** The log is read forwards only: so it is looked through in strides, the newest first. */
  async turnBefore(at) {
    for (let end = at, stride = STRIDE; end > 1; stride *= 2) {
      const after = Math.max(0, end - 1 - stride);
      let found = null;
      for (let next = after; next !== undefined && next < end - 1; ) {
        const { body } = await this.turnsAfter(next);
        found = body.events.findLast((stored) => stored.sequence < end) ?? found;
        next = body.next;
      }
      if (found) return found.sequence;
      end = after + 1;
    }
    return null;
  }

  draw() {
    if (!this.open) {
      render(nothing, this.host);
      return;
    }
    const { head } = this.store;
    const at = this.shown ?? head;
    const button = (sign, label, keys, run, off) => html`<button class="button small" aria-label=${label} title="${label} (${keys})"
      aria-disabled=${off} @click=${run}><span aria-hidden="true">${sign}</span></button>`;
    render(html`<div class="travel" role="group" aria-label="Time travel">
      ${button('«', 'The turn before', '<', () => this.stepTurn(-1), at <= 1)}${button('‹', 'One fact earlier', ',', () => this.step(-1), at <= 1)}
      <input type="range" id="time" min="1" max=${head} .value=${String(at)} aria-label="Place in the log"
        aria-valuetext=${`fact ${at} of ${head}`} @input=${(event) => this.go(Number(event.target.value))}>
      ${button('›', 'One fact later', '.', () => this.step(1), at >= head)}${button('»', 'The next turn', '>', () => this.stepTurn(1), at >= head)}
      <output>${at.toLocaleString('en')} of ${head.toLocaleString('en')}</output>
      <button class="button small primary" @click=${() => this.toggle()}>Back to now</button>
      <p class="place" role="status">${this.told(at)}</p></div>`, this.host);
  }

  told(at) {
    if (this.fact?.sequence !== at) return nothing;
    const { event, storedAt } = this.fact;
    return html`<span class="type">${event.type}</span> <bdi>${oneLine(sentence(event), 160)}</bdi>
      <time class="quiet">${storedAt ? new Date(storedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }) : ''}</time>`;
  }
}
