// The line at the top: where people are, how the connection is, and what reaches everywhere.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { links } from '../router.js';
import { icon } from './icons.js';

const CONNECTION = {
  live: ['done', 'live'],
  connecting: ['running', 'connecting'],
  waiting: ['failed', 'no connection, trying again'],
  refused: ['failed', 'the server asks for a new start link'],
};

/** Changes between the light and the dark theme. */
export function toggleTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  localStorage.setItem('stele.theme', root.dataset.theme);
}

// Where there is little room a panel lies over the rest and begins hidden (see layout.css).
const OVER = { sidebar: matchMedia('(max-width: 760px)'), side: matchMedia('(max-width: 1100px)') };
const { classList } = document.body;

const isOpen = (name) => (OVER[name].matches ? classList.contains(`${name}-open`) : !classList.contains(`${name}-closed`));

/** Shows or hides one of the panels at the sides; `show` says which when it matters. */
export function togglePanel(name, show = !isOpen(name)) {
  if (OVER[name].matches) classList.toggle(`${name}-open`, show);
  else classList.toggle(`${name}-closed`, !show);
  document.querySelector(`[aria-controls="${name}"]`)?.setAttribute('aria-expanded', show);
}

/** Takes away the panels that lie over the rest. Gives whether there were any. */
export function closeOver() {
  const open = Object.keys(OVER).filter((name) => OVER[name].matches && isOpen(name));
  open.forEach((name) => togglePanel(name, false));
  return open.length > 0;
}

export function drawBar(host, store, { help, travel }) {
  const [tone, words] = CONNECTION[store.connection];
  render(html`
    <button class="plain" aria-label="Threads" aria-controls="sidebar" aria-expanded=${isOpen('sidebar')} title="Threads (b)" @click=${() => togglePanel('sidebar')}>${icon('menu')}</button>
    <a class="brand" href=${links.home()}>Stele</a>
    <span class="connection ${tone}" role="status"><span class="dot ${tone}" aria-hidden="true"></span>${words}</span>
    ${store.overview?.writable === false ? html`<a class="badge asking" href=${links.log()} title="A fact of the log cannot be read, so nothing is added to it. Verify the log, and see stele log --help.">read only</a>` : nothing}
    <span class="grow"></span>
    <a class="plain labelled" href=${links.log()} title="Event log (g l)">${icon('log')}<span>Log</span></a>
    <button class="plain labelled" title="Time travel (t)" aria-pressed=${store.at !== null} @click=${travel}>${icon('clock')}<span>Time</span></button>
    <button class="plain" aria-label="Light or dark" title="Light or dark (d)" @click=${toggleTheme}>${icon('sun')}</button>
    <button class="plain" aria-label="Keys" title="All keys (?)" @click=${help}>?</button>
    <button class="plain details" aria-label="Details" aria-controls="side" aria-expanded=${isOpen('side')} title="Details (s)" @click=${() => togglePanel('side')}>${icon('panel')}</button>`, host);
}
