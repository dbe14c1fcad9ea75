// Where nothing is open yet: what waits for people first, then how to begin.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { links } from '../router.js';
import { ago, oneLine, plural } from '../text.js';
import { dot, threadState } from './state.js';

const MOST = 12; // Threads of a list.

const REFUSED = html`<div class="welcome"><h1>This page was not let in</h1>
  <p>Stele asks for its start token. Open the address that <code>stele serve</code> printed when it started, with all that
  stands behind <code>?token=</code>. This page goes on by itself as soon as another window was let in.</p></div>`;
const UNREACHED = html`<div class="welcome"><h1>Nobody answers</h1>
  <p>The server of this page cannot be reached. Start it with <code>stele serve</code>; this page goes on by itself.</p></div>`;

const begin = (actions) => html`<p><button class="button primary" id="begin" @click=${() => actions.newThread()}>New thread <kbd>n</kbd></button></p>`;

const welcome = (actions, writable) => html`<div class="welcome"><h1>Welcome to Stele</h1>
  <p>A thread is a conversation with an agent that works in a directory of yours. Around each of its turns the whole
  working tree is kept, so that you can look at what changed, and take it back.</p>
  <ol class="first">
    <li>Begin a thread: name a directory, such as a git repository, and choose an agent. No agent at hand? The scripted one
      plays a short script without any model, and shows how it goes.</li>
    <li>Say what is to be done. The agent asks you before it changes something, and shows what it would change.</li>
    <li>Look at the changes; restore what was, or commit what is.</li>
  </ol>
  ${writable ? begin(actions) : nothing}
  <p class="hint">Everything can be done by keys: <kbd>?</kbd> shows them.</p></div>`;

export function drawHome(host, store, actions) {
  const { overview } = store;
  if (!overview) {
    render(store.connection === 'refused' ? REFUSED : store.connection === 'waiting' ? UNREACHED : nothing, host);
    return;
  }
  render(overview.threads.size ? threads(overview, store, actions) : welcome(actions, store.writable), host);
}

function threads(overview, store, actions) {
  const all = [...overview.threads.values()];
  const asking = all.filter((thread) => thread.pending > 0);
  const running = all.filter((thread) => thread.status.type === 'Running');
  const newest = all.filter((thread) => !asking.includes(thread) && !running.includes(thread))
    .sort((one, other) => (other.lastAt ?? other.createdAt ?? '').localeCompare(one.lastAt ?? one.createdAt ?? ''));
  const card = (thread) => html`<li><a class="card" href=${links.thread(thread.id)}>${dot(threadState(thread.status))}
    <span class="title"><bdi>${oneLine(thread.title)}</bdi></span>
    <span class="quiet where"><bdi>${oneLine(overview.projects.get(thread.projectId)?.name ?? '', 40)}</bdi> · ${ago(thread.lastAt ?? thread.createdAt)}</span></a></li>`;
  const list = (title, some) => (some.length ? html`<section aria-label=${title}><h2>${title}</h2><ul class="cards">${some.slice(0, MOST).map(card)}</ul></section>` : nothing);
  return html`<div class="welcome"><h1>Threads</h1>
    <p class="quiet">${plural(all.length, 'thread')}${overview.more ? ' and more' : ''} in ${plural(overview.projects.size, 'project')}</p>
    ${list('Asks you', asking)}${list('At work', running)}${list('Newest', newest)}
    ${store.writable ? begin(actions) : nothing}
    <p class="hint">Press <kbd>?</kbd> for all keys.</p></div>`;
}
