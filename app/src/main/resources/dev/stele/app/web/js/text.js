// Text that strangers wrote, made fit to be shown: nothing hidden, nothing that turns the line around, nothing endless.

const BIDI = {
  '\u061c': 'ALM', '\u200e': 'LRM', '\u200f': 'RLM',
  '\u202a': 'LRE', '\u202b': 'RLE', '\u202c': 'PDF', '\u202d': 'LRO', '\u202e': 'RLO',
  '\u2066': 'LRI', '\u2067': 'RLI', '\u2068': 'FSI', '\u2069': 'PDI',
  '\u2028': 'LS', '\u2029': 'PS', '\u200b': 'ZWSP', '\u2060': 'WJ', '\ufeff': 'BOM', '\u00ad': 'SHY',
};
// Control characters but tab and newline, marks of direction, what has no width or looks like nothing, the invisible tag
// characters, and selectors of variants that stand in a row: those can spell whole texts that nobody sees.
const HIDDEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{2,}/gu;
// Colours of terminals say nothing here and hide nothing when they are left out.
// eslint-disable-next-line no-control-regex
const COLOURS = /\u001b\[[0-9;]*m/g;

function sign(character) {
  const code = character.codePointAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `\u27e6${BIDI[character] ?? `U+${code.toString(16).toUpperCase()}`}\u27e7`;
}

/** The text with every hidden character replaced by a sign that can be seen. */
export const visible = (text) => text.replaceAll('\r\n', '\n').replace(HIDDEN, (hidden) => [...hidden].map(sign).join(''));

/** The same for what a terminal would have shown. */
export const visibleOutput = (text) => visible(text.replace(COLOURS, ''));

/** One line of it, for titles and lists. */
export function oneLine(text, length = 200) {
  const line = visible(text.slice(0, length * 4)).replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** The beginning of a text, at most `length` characters long, never half a character. */
export function cut(text, length) {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length);
}

/** A size for people. */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = -1;
  do {
    value /= 1000;
    unit++;
  } while (value >= 999.5 && unit < units.length - 1);
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** A number for people: 12,345 and 1.2M. */
export function count(number) {
  if (number === undefined || number === null) return '–';
  if (number >= 1e6) return `${(number / 1e6).toFixed(1)}M`;
  return number >= 1e4 ? `${Math.round(number / 1e3)}k` : number.toLocaleString('en');
}

/** `one file`, `2 files`. */
export const plural = (number, noun) => `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;

/** The time of day, with the date when it is not today. */
export function clock(instant) {
  if (!instant) return '';
  const date = new Date(instant);
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (date.toDateString() === new Date().toDateString()) return time;
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${time}`;
}

/** How long ago, in one short word. */
export function ago(instant) {
  if (!instant) return '';
  const seconds = Math.max(0, (Date.now() - new Date(instant).getTime()) / 1000);
  if (seconds < 60) return 'now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86400)}d`;
}

/** How long something took, or takes by now: `3 s`, `2:05 min`; nothing while that is not known. */
export function lasted(from, to) {
  if (!from) return '';
  const seconds = Math.max(0, Math.floor((new Date(to ?? Date.now()).getTime() - new Date(from).getTime()) / 1000));
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`;
}

/** What the codec calls `end_turn` as people say it. */
export const words = (name) => String(name ?? '').replaceAll('_', ' ');

/** The plain text of blocks of content. */
export function plain(blocks) {
  return blocks
    .map((block) => {
      if (block.type === 'Text' || block.type === 'ThinkingBlock') return block.text;
      if (block.type === 'Resource') return block.text ?? block.uri;
      if (block.type === 'ResourceLink') return block.name;
      return `[${block.type}]`;
    })
    .join('\n');
}
