// Long texts: their beginning is shown, and more when it is asked for.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { cut, size } from '../text.js';

const FIRST = 20_000;
const STEP = 5; // Each step shows that many times as much.

/** How much of the texts that somebody unfolded is shown; they are known by their names. */
const allowed = new Map();

/** The part of a text that is to be shown. */
export const beginning = (name, text, first = FIRST) => cut(text, allowed.get(name) ?? first);

/** A button that shows more of a text that was cut, and draws anew. */
export function moreOf(name, text, redraw, first = FIRST) {
  const most = allowed.get(name) ?? first;
  if (text.length <= most) return nothing;
  const unfold = () => {
    allowed.set(name, most * STEP);
    redraw();
  };
  return html`<p class="rest"><button class="link" @click=${unfold}>Show more</button>
    ${size(most)} of ${size(text.length)} shown</p>`;
}
