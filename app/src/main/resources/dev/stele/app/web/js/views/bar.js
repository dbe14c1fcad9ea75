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

/** Shows or hides one of the panels at the sides. */
export function togglePanel(name) {
  document.body.classList.toggle(`${name}-open`);
  document.body.classList.toggle(`${name}-closed`);
}

export function drawBar(host, store, { help, travel }) {
  const [tone, words] = CONNECTION[store.connection];
  render(html`
    <button class="plain" aria-label="Threads" title="Threads (b)" @click=${() => togglePanel('sidebar')}>${icon('menu')}</button>
    <a class="brand" href=${links.home()}>Stele</a>
    <span class="connection ${tone}" role="status"><span class="dot ${tone}" aria-hidden="true"></span>${words}</span>
    ${store.overview?.writable === false ? html`<span class="badge">read only</span>` : nothing}
    <span class="grow"></span>
    <a class="plain labelled" href=${links.log()} title="Event log (g l)">${icon('log')}<span>Log</span></a>
    <button class="plain labelled" title="Time travel (t)" aria-pressed=${store.at !== null} @click=${travel}>${icon('clock')}<span>Time</span></button>
    <button class="plain" aria-label="Light or dark" title="Light or dark (d)" @click=${toggleTheme}>${icon('sun')}</button>
    <button class="plain" aria-label="Keys" title="All keys (?)" @click=${help}>?</button>
    <button class="plain details" aria-label="Details" title="Details (s)" @click=${() => togglePanel('side')}>${icon('panel')}</button>`, host);
}
