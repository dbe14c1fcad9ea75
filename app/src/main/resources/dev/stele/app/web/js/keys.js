// What keys do. Each is told here once, and the help is made of it.

const bindings = [];
let prefix = null;
let prefixTimer;
let left = (field) => field.blur();

/** Binds a key, or a sequence like `g t`, to an action. `when` says whether it means anything now. */
export function bind(keys, group, label, action, when = () => true) {
  bindings.push({ keys, group, label, action, when });
}

/** All keys, by group, in the order in which they were bound. */
export function allKeys() {
  const groups = new Map();
  for (const { keys, group, label } of bindings) {
    if (!groups.has(group)) groups.set(group, []);
    const same = groups.get(group).find((one) => one.label === label);
    if (same) same.keys.push(keys);
    else groups.get(group).push({ keys: [keys], label });
  }
  return groups;
}

const writes = (element) =>
  element?.isContentEditable || ['TEXTAREA', 'SELECT'].includes(element?.tagName) ||
  (element?.tagName === 'INPUT' && !['checkbox', 'radio', 'button', 'range'].includes(element.type));

function pressed(event) {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector('dialog[open]')) return; // A dialog has the keyboard to itself.
  if (writes(event.target)) {
    if (event.key === 'Escape') left(event.target);
    return;
  }
  const keys = prefix ? `${prefix} ${event.key}` : event.key;
  prefix = null;
  clearTimeout(prefixTimer);
  const binding = bindings.find((one) => one.keys === keys && one.when());
  if (binding) {
    event.preventDefault();
    binding.action(event);
  } else if (bindings.some((one) => one.keys.startsWith(`${event.key} `))) {
    event.preventDefault();
    prefix = event.key;
    prefixTimer = setTimeout(() => (prefix = null), 1500);
  }
}

/** Listens to the keyboard. `leave` finds a place for the focus of who leaves a text field. */
export function listen(leave) {
  left = leave;
  document.addEventListener('keydown', pressed);
}
