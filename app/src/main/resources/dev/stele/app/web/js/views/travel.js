// Time travel: a slider over the log. The page shows the state as it was when the log had so many facts.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { frame } from '../frame.js';

const REST = 120; // A slider that moves is followed when it rests this long.

export class Travel {
  constructor(host, store) {
    this.host = host;
    this.store = store;
    this.open = false;
    store.on('travel event', () => frame('travel', () => this.draw()));
  }

  toggle() {
    this.open = !this.open;
    if (this.open) this.go(this.store.at ?? this.store.head);
    else this.go(null);
    this.draw();
    this.host.querySelector('input')?.focus();
  }

  go(at) {
    const place = at === null ? null : Math.max(1, Math.min(this.store.head, at));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.store.travel(place).catch((problem) => this.store.fail(problem)), at === null ? 0 : REST);
    this.shown = place;
    this.draw();
  }

  draw() {
    if (!this.open) {
      render(nothing, this.host);
      return;
    }
    const at = this.shown ?? this.store.head;
    render(html`<div class="travel" role="group" aria-label="Time travel">
      <button class="button small" title="One fact earlier (,)" @click=${() => this.go(at - 1)}>‹</button>
      <input type="range" id="time" min="1" max=${this.store.head} .value=${String(at)} aria-label="Place in the log"
        aria-valuetext=${`fact ${at} of ${this.store.head}`} @input=${(event) => this.go(Number(event.target.value))}>
      <button class="button small" title="One fact later (.)" @click=${() => this.go(at + 1)}>›</button>
      <output>${at.toLocaleString('en')} of ${this.store.head.toLocaleString('en')}</output>
      <button class="button small primary" @click=${() => this.toggle()}>Back to now</button></div>`, this.host);
  }

  step(by) {
    if (this.open) this.go((this.shown ?? this.store.head) + by);
  }
}
