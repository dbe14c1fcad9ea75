// Differences: patches of git taken apart, and two texts compared line by line.

/**
 * The hunks of a file's patch: [{header, rows: [{kind: ' '|'-'|'+', text, before, after}]}]; `before` and `after` are
 * the numbers of the line.
 */
export function hunksOf(patch) {
  const hunks = [];
  let hunk = null;
  let before = 0;
  let after = 0;
  for (const line of patch.split('\n')) {
    const start = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)$/.exec(line);
    if (start) {
      before = Number(start[1]);
      after = Number(start[2]);
      hunk = { header: line, rows: [] };
      hunks.push(hunk);
    } else if (hunk && /^[ +-]/.test(line)) {
      const kind = line[0];
      hunk.rows.push({
        kind, text: line.slice(1),
        before: kind === '+' ? null : before++,
        after: kind === '-' ? null : after++,
      });
    } else if (hunk && line.startsWith('\\')) {
      hunk.rows.push({ kind: '\\', text: line.slice(2), before: null, after: null });
    }
  }
  return hunks;
}

/** Rows side by side: [left, right] pairs, a run of removed lines beside the run of added ones that follows it. */
export function pairs(rows) {
  const result = [];
  for (let i = 0; i < rows.length; ) {
    if (rows[i].kind === ' ' || rows[i].kind === '\\') {
      result.push([rows[i], rows[i]]);
      i++;
      continue;
    }
    const removed = [];
    const added = [];
    while (i < rows.length && rows[i].kind === '-') removed.push(rows[i++]);
    while (i < rows.length && rows[i].kind === '\\') i++;
    while (i < rows.length && rows[i].kind === '+') added.push(rows[i++]);
    for (let n = 0; n < Math.max(removed.length, added.length); n++) {
      result.push([removed[n] ?? null, added[n] ?? null]);
    }
  }
  return result;
}

/** What differs inside a changed line: [start, end of the old, end of the new], or null when little is alike. */
export function changedPart(old, changed) {
  const shortest = Math.min(old.length, changed.length);
  if (shortest > 2_000) return null;
  let start = 0;
  while (start < shortest && old[start] === changed[start]) start++;
  let end = 0;
  while (end < shortest - start && old[old.length - 1 - end] === changed[changed.length - 1 - end]) end++;
  const alike = start + end;
  if (alike < 3 || alike < shortest / 4) return null;
  return [start, old.length - end, changed.length - end];
}

const CONTEXT = 3;
const MOST_STEPS = 2_000; // Of Myers' search; beyond it the middle counts as replaced whole.

/** The hunks that make the new text of the old one, as `hunksOf` gives them. */
export function compare(oldText, newText) {
  const before = oldText === '' ? [] : oldText.replace(/\n$/, '').split('\n');
  const after = newText === '' ? [] : newText.replace(/\n$/, '').split('\n');
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < Math.min(before.length, after.length) - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const kinds = [
    ...Array(head).fill(' '),
    ...script(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...Array(tail).fill(' '),
  ];
  return grouped(rowsOf(kinds, before, after));
}

function rowsOf(kinds, before, after) {
  let one = 0;
  let other = 0;
  return kinds.map((kind) => {
    const text = kind === '+' ? after[other] : before[one];
    return { kind, text, before: kind === '+' ? null : ++one, after: kind === '-' ? null : ++other };
  });
}

/** Leaves out the lines that are alike and far from any change. */
function grouped(rows) {
  const near = new Uint8Array(rows.length);
  rows.forEach((row, at) => {
    if (row.kind !== ' ') near.fill(1, Math.max(0, at - CONTEXT), at + CONTEXT + 1);
  });
  const hunks = [];
  rows.forEach((row, at) => {
    if (!near[at]) return;
    if (!near[at - 1]) {
      hunks.push({ header: `@@ -${row.before ?? 0} +${row.after ?? 0} @@`, rows: [] });
    }
    hunks.at(-1).rows.push(row);
  });
  return hunks;
}

/** Myers' greedy search for the shortest script, as kinds of rows. */
function script(before, after) {
  const replaced = () => [...Array(before.length).fill('-'), ...Array(after.length).fill('+')];
  if (!before.length || !after.length) return replaced();
  const most = Math.min(before.length + after.length, MOST_STEPS);
  const trace = [];
  let reach = new Map([[1, 0]]);
  for (let depth = 0; depth <= most; depth++) {
    const next = new Map();
    for (let k = -depth; k <= depth; k += 2) {
      const down = k === -depth || (k !== depth && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
      let x = down ? (reach.get(k + 1) ?? 0) : (reach.get(k - 1) ?? 0) + 1;
      let y = x - k;
      while (x < before.length && y < after.length && before[x] === after[y]) {
        x++;
        y++;
      }
      next.set(k, x);
      if (x >= before.length && y >= after.length) return walkBack(trace, before.length, after.length, depth);
    }
    trace.push(next);
    reach = next;
  }
  return replaced();
}

function walkBack(trace, lengthBefore, lengthAfter, depth) {
  const kinds = [];
  let x = lengthBefore;
  let y = lengthAfter;
  for (let d = depth; d > 0; d--) {
    const reach = trace[d - 1];
    const k = x - y;
    const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = reach.get(fromK) ?? 0;
    const startX = down ? fromX : fromX + 1;
    while (x > startX) {
      kinds.push(' ');
      x--;
      y--;
    }
    kinds.push(down ? '+' : '-');
    x = fromX;
    y = fromX - fromK;
  }
  for (; x > 0; x--) kinds.push(' ');
  return kinds.reverse();
}
