// A tool call with what went in, what came out, and how it ended.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { compare } from '../diff.js';
import { oneLine, visible, visibleOutput, words } from '../text.js';
import { hunksView, sums } from './diffview.js';
import { icon } from './icons.js';
import { beginning, moreOf } from './long.js';

const OUTCOMES = {
  succeeded: ['done', 'succeeded'], failed: ['failed', 'failed'], rejected: ['failed', 'rejected'],
  cancelled: ['asking', 'cancelled'], unknown: ['idle', 'ended'],
};

function outcome(call, result, live) {
  if (result) {
    const [tone, label] = OUTCOMES[result.outcome] ?? ['idle', words(result.outcome)];
    return [tone, result.exitCode === undefined ? label : `${label}, exit code ${result.exitCode}`];
  }
  if (!live) return ['idle', 'without an answer'];
  return call.status === 'pending' ? ['asking', 'waiting'] : ['running', 'running'];
}

function input(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** A named text of a tool in the type of code. */
function block(name, label, text, redraw) {
  if (!text) return nothing;
  const first = 4_000;
  return html`<div class="block"><span class="label">${label}</span>
    <pre tabindex="0" role="group" aria-label=${label}>${visibleOutput(beginning(name, text, first))}</pre>
    ${moreOf(name, text, redraw, first)}</div>`;
}

const LONGEST_DIFF = 400_000;

/** The change of a file that a tool tells of. */
export function changeView({ path, oldText, newText }, most) {
  if ((oldText?.length ?? 0) + newText.length > LONGEST_DIFF) {
    return html`<div class="filediff"><p class="path">${oneLine(path)}</p><p class="rest">Too long to be compared here.</p></div>`;
  }
  const hunks = compare(oldText ?? '', newText);
  const kinds = hunks.flatMap((hunk) => hunk.rows.map((row) => row.kind));
  const number = (kind) => kinds.filter((one) => one === kind).length;
  return html`<div class="filediff">
    <p class="path"><bdi>${oneLine(path)}</bdi> ${sums(number('+'), number('-'))}
      ${oldText === undefined ? html`<span class="badge">new</span>` : nothing}</p>
    ${hunksView(hunks, { most, label: `Changes of ${oneLine(path)}` })}
  </div>`;
}

function output(name, part, redraw) {
  switch (part.type) {
    case 'TextOutput': return block(name, 'Output', part.text, redraw);
    case 'Diff': return changeView(part, 200);
    case 'TerminalOutput': return html`<p class="rest">Terminal ${visible(part.terminalId)}</p>`;
    default: return block(name, 'Raw', part.raw ?? JSON.stringify(part), redraw);
  }
}

/** What came out: what the call tells, and what its result adds. A result's text often repeats its parts. */
function outputs(name, call, result, redraw) {
  const parts = [...(call?.content ?? []), ...(result?.content ?? [])];
  const told = new Set(parts.map((part) => part.text));
  return html`${parts.map((part, at) => output(`${name}/${at}`, part, redraw))}
    ${result?.output && !told.has(result.output) ? block(`${name}/output`, 'Output', result.output, redraw) : nothing}`;
}

/** A line of what a tool did, which unfolds to all of it. */
export function toolView(name, call, result, live, redraw, answer) {
  const [tone, label] = outcome(call ?? {}, result, live);
  const title = call?.title ?? call?.name ?? result?.toolCallId ?? 'tool';
  // While it waits for an answer the question below shows the change.
  const changes = call?.status !== 'pending' && (call?.content ?? []).some((part) => part.type === 'Diff');
  return html`<details class="tool ${tone}" ?open=${changes || result?.outcome === 'failed'}>
    <summary>${icon(call?.kind ?? 'other')}<span class="title"><bdi>${oneLine(title)}</bdi></span>
      ${place(call)}${answer?.rule ? html`<span class="badge" title=${oneLine(answer.words, 400)}>by a rule</span>` : nothing}<span class="outcome ${tone}">${label}</span></summary>
    <div class="parts">
      ${answer ? html`<p class="rest"><bdi>${oneLine(answer.words, 400)}</bdi></p>` : nothing}
      ${block(`${name}/input`, 'Input', call?.input && input(call.input), redraw)}
      ${outputs(name, call, result, redraw)}
    </div>
  </details>`;
}

function place(call) {
  const [first, ...others] = call?.locations ?? [];
  if (!first || oneLine(call.title ?? '').includes(oneLine(first.path))) return nothing;
  const line = first.line === undefined ? '' : `:${first.line}`;
  return html`<span class="place"><bdi>${oneLine(first.path, 60)}${line}</bdi>${others.length ? ` +${others.length}` : ''}</span>`;
}
