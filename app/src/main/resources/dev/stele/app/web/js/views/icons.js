// Small pictures, drawn with the colour of the text. They say nothing to readers of screens; the words beside them do.
import { html, svg } from '../../vendor/lit-html/lit-html.js';

const paths = {
  read: svg`<path d="M2 3.5c2-.8 4-.8 6 .5 2-1.3 4-1.3 6-.5v9c-2-.8-4-.8-6 .5-2-1.3-4-1.3-6-.5zM8 4v9"/>`,
  edit: svg`<path d="M3 13l.6-3L11 2.6 13.4 5 6 12.4z"/>`,
  delete: svg`<path d="M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5"/>`,
  move: svg`<path d="M2.5 8h10M9.5 4.5L13 8l-3.5 3.5"/>`,
  search: svg`<circle cx="7" cy="7" r="4"/><path d="M10 10l3.5 3.5"/>`,
  execute: svg`<path d="M3 4.5L6.5 8 3 11.5M8 12h5"/>`,
  think: svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 5v3.2l2 1.3"/>`,
  fetch: svg`<circle cx="8" cy="8" r="5.5"/><path d="M2.5 8h11M8 2.5c2 2 2 9 0 11M8 2.5c-2 2-2 9 0 11"/>`,
  other: svg`<circle cx="8" cy="8" r="2.5"/><path d="M8 2v2M8 12v2M2 8h2M12 8h2M3.8 3.8l1.4 1.4M10.8 10.8l1.4 1.4M12.2 3.8l-1.4 1.4M5.2 10.8l-1.4 1.4"/>`,
  plus: svg`<path d="M8 3v10M3 8h10"/>`,
  stop: svg`<rect x="4" y="4" width="8" height="8" rx="1"/>`,
  send: svg`<path d="M8 13V3M4 7l4-4 4 4"/>`,
  up: svg`<path d="M4 10l4-4 4 4"/>`,
  down: svg`<path d="M4 6l4 4 4-4"/>`,
  close: svg`<path d="M4 4l8 8M12 4l-8 8"/>`,
  clock: svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 4.5V8l2.5 1.5"/>`,
  log: svg`<path d="M3 4h10M3 8h10M3 12h6"/>`,
  menu: svg`<path d="M2.5 4h11M2.5 8h11M2.5 12h11"/>`,
  panel: svg`<rect x="2.5" y="3" width="11" height="10" rx="1"/><path d="M10 3v10"/>`,
  sun: svg`<circle cx="8" cy="8" r="3"/><path d="M8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1"/>`,
  undo: svg`<path d="M6 3L3 6l3 3M3.5 6H10a3 3 0 0 1 0 6.5H6"/>`,
  branch: svg`<circle cx="4.5" cy="4" r="1.5"/><circle cx="4.5" cy="12" r="1.5"/><circle cx="11.5" cy="5.5" r="1.5"/><path d="M4.5 5.5v5M11.5 7c0 2.5-3 2.5-6.5 3.5"/>`,
  check: svg`<path d="M3 8.5L6.5 12 13 4.5"/>`,
  point: svg`<path d="M8 3l4.5 5L8 13 3.5 8z"/>`,
  chevron: svg`<path d="M6 4l4 4-4 4"/>`,
};

/** A picture by its name. */
export const icon = (name) => html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${paths[name] ?? paths.other}</svg>`;
