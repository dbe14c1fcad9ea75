// Changed files, one below the other or side by side.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { changedPart, pairs } from '../diff.js';
import { cut, oneLine, plural, visible } from '../text.js';

const MOST_ROWS = 600; // Of one file; more are drawn when they are asked for.
const LONGEST_LINE = 2_000;

const shown = (text) => (text.length > LONGEST_LINE ? `${visible(cut(text, LONGEST_LINE))} … ${text.length} characters` : visible(text));

const marks = { '-': '−', '+': '+', '\\': '' };
const classes = { '-': 'minus', '+': 'plus', ' ': '', '\\': 'note' };

/** A changed line with the part that differs from its other version set off. */
function changed(row, other, old) {
  const part = row && other && changedPart(old ? row.text : other.text, old ? other.text : row.text);
  if (!part) return shown(row.text);
  const [start, oldEnd, newEnd] = part;
  const end = old ? oldEnd : newEnd;
  return html`${visible(row.text.slice(0, start))}<span class="differs">${visible(row.text.slice(start, end))}</span>${visible(row.text.slice(end))}`;
}

function cell(row, other, old) {
  if (!row) return html`<td class="number"></td><td class="line blank"></td>`;
  const text = row.kind === '-' || row.kind === '+' ? changed(row, other, old) : shown(row.text);
  return html`<td class="number">${old ? row.before : row.after}</td><td class="line ${classes[row.kind]}"><span class="mark" aria-hidden="true">${marks[row.kind] ?? ''}</span><bdi>${text}</bdi></td>`;
}

/** Which line stands beside which. */
const besides = (rows) => new Map(pairs(rows).flatMap(([left, right]) => [[left, right], [right, left]]));

const unifiedRow = (row, other) => html`<tr>
  <td class="number">${row.before}</td><td class="number">${row.after}</td>
  <td class="line ${classes[row.kind]}"><span class="mark" aria-hidden="true">${marks[row.kind] ?? ''}</span><bdi>${
    row.kind === '-' || row.kind === '+' ? changed(row, other, row.kind === '-') : shown(row.text)}</bdi></td>
</tr>`;

function unifiedRows(rows) {
  const other = besides(rows);
  return rows.map((row) => unifiedRow(row, other.get(row)));
}

function hunkView(hunk, split) {
  const rows = split
    ? pairs(hunk.rows).map(([left, right]) => html`<tr>${cell(left, right, true)}${cell(right, left, false)}</tr>`)
    : unifiedRows(hunk.rows);
  return html`<tr class="hunk"><td colspan=${split ? 4 : 3}>${oneLine(hunk.header)}</td></tr>${rows}`;
}

function firstRows(hunks, most) {
  const result = [];
  let left = most;
  for (const hunk of hunks) {
    if (left <= 0) break;
    result.push(hunk.rows.length <= left ? hunk : { ...hunk, rows: hunk.rows.slice(0, left) });
    left -= hunk.rows.length;
  }
  return result;
}

/** The hunks of one file as a table. `more` draws the rest of a long one. */
export function hunksView(hunks, { split = false, most = MOST_ROWS, more = null, label = 'Changes' } = {}) {
  const total = hunks.reduce((sum, hunk) => sum + hunk.rows.length, 0);
  return html`<div class="hunks" tabindex="0" role="group" aria-label=${label}>
    <table class="diff ${split ? 'split' : 'unified'}">
      <colgroup><col class="numbers">${split ? html`<col>` : nothing}<col class="numbers"><col></colgroup>
      <tbody>${firstRows(hunks, most).map((hunk) => hunkView(hunk, split))}</tbody>
    </table>
    ${total > most ? html`<p class="rest">${more
      ? html`<button class="link" @click=${more}>Show ${plural(total - most, 'more line')}</button>`
      : `${plural(total - most, 'more line')}`}</p>` : nothing}
  </div>`;
}

/** `+3 −1`, spelt out for readers of screens. */
export const sums = (added, removed) => html`<span class="sums"><span class="came" aria-hidden="true">+${added}</span>
  <span class="went" aria-hidden="true">−${removed}</span><span class="unseen">${added} added, ${removed} removed</span></span>`;
