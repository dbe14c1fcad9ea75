// Short news at the edge of the window, told to readers of screens as well.
import { icon } from './icons.js';
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';

const LIFETIME = 8_000;
const MOST = 4;

/** Says something to readers of screens: at once when it is urgent, in its turn otherwise. */
export function announce(text, urgent = false) {
  document.getElementById(urgent ? 'called' : 'said').textContent = text;
}

/** Takes the newest news away. Gives whether there was any. */
export function dismiss() {
  const newest = document.getElementById('toasts').lastChild;
  newest?.remove();
  return newest !== null;
}

/**
 * Shows news of a tone (done, failed, asking); `action` is {label, run}. An action is for the newest news alone: that of
 * older ones would do something else by now.
 */
export function toast(tone, text, action) {
  const host = document.getElementById('toasts');
  const element = document.createElement('div');
  element.className = `toast ${tone}`;
  const close = () => element.remove();
  if (action) host.querySelectorAll('.toast .button').forEach((old) => old.remove());
  const run = () => {
    close();
    action.run();
  };
  render(html`<span class="text">${text}</span>
    ${action ? html`<button class="button small" @click=${run}>${action.label}</button>` : nothing}
    <button class="plain" aria-label="Dismiss" @click=${close}>${icon('close')}</button>`, element);
  while (host.children.length >= MOST) host.firstChild.remove();
  host.append(element);
  announce(text, tone === 'failed');
  // Bad news stays until it was read.
  if (tone !== 'failed') setTimeout(close, LIFETIME);
}
