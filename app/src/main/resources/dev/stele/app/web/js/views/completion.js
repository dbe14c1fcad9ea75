// The agent's own commands, offered while a prompt that begins with a slash is written.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { commandsOf } from '../session.js';
import { oneLine } from '../text.js';

const MOST = 8;

export class Completion {
  constructor(store) {
    this.store = store;
    this.found = [];
    this.at = 0;
  }

  get host() {
    return document.getElementById('completion');
  }

  /** Looks what fits to what was written. */
  look(area) {
    const typed = /^\/(\S*)$/.exec(area.value)?.[1];
    const all = typed === undefined ? [] : commandsOf(this.store.thread?.session ?? {});
    this.found = all.filter(({ name }) => name.toLowerCase().includes(typed.toLowerCase())).slice(0, MOST);
    this.at = 0;
    this.draw(area);
  }

  /** Takes a key when commands are offered. Gives whether it did. */
  key(event) {
    const area = event.target;
    if (!this.found.length || event.isComposing) return false;
    switch (event.key) {
      case 'ArrowDown': this.move(area, 1); break;
      case 'ArrowUp': this.move(area, -1); break;
      case 'Tab': case 'Enter':
        // What is whole already is sent.
        if (event.shiftKey || (event.key === 'Enter' && area.value === `/${this.found[this.at].name}`)) return false;
        this.take(area, this.found[this.at]);
        break;
      case 'Escape': this.close(area); break;
      default: return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  move(area, by) {
    this.at = (this.at + by + this.found.length) % this.found.length;
    this.draw(area);
  }

  take(area, { name }) {
    area.value = `/${name} `;
    area.focus();
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }

  close(area) {
    this.found = [];
    this.draw(area);
  }

  draw(area) {
    const open = this.found.length > 0;
    if (open) area.setAttribute('aria-activedescendant', `command-${this.at}`);
    else area.removeAttribute('aria-activedescendant');
    render(open ? html`<ul class="commands" role="listbox" aria-label="Commands of the agent">${this.found.map((one, at) => html`
      <li role="option" id=${`command-${at}`} aria-selected=${at === this.at} @mousedown=${(event) => {
        event.preventDefault();
        this.take(area, one);
      }}><code>/${oneLine(one.name, 60)}</code>${one.hint ? html` <span class="quiet">${oneLine(one.hint, 60)}</span>` : nothing}
        <span class="quiet"><bdi>${oneLine(one.description, 120)}</bdi></span></li>`)}</ul>` : nothing, this.host);
  }
}
