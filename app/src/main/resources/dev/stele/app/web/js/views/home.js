// Where nothing is open yet: what waits for people first, then how to begin.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { links } from '../router.js';
import { ago, oneLine, plural } from '../text.js';
import { dot, threadState } from './state.js';

export function drawHome(host, store, actions) {
  const { overview } = store;
  if (!overview) return;
  const threads = [...overview.threads.values()];
  const asking = threads.filter((thread) => thread.pending > 0);
  const running = threads.filter((thread) => thread.status.type === 'Running');
  const card = (thread) => html`<li><a class="card" href=${links.thread(thread.id)}>${dot(threadState(thread.status))}
    <span class="title"><bdi>${oneLine(thread.title)}</bdi></span>
    <span class="quiet">${oneLine(overview.projects.get(thread.projectId)?.name ?? '')} · ${ago(thread.lastAt ?? thread.createdAt)}</span></a></li>`;
  const list = (title, some) => (some.length ? html`<h2>${title}</h2><ul class="cards">${some.slice(0, 12).map(card)}</ul>` : nothing);
  const newest = [...threads].sort((one, other) => (other.lastAt ?? other.createdAt ?? '').localeCompare(one.lastAt ?? one.createdAt ?? ''));
  render(html`<div class="welcome"><h1>Stele</h1>
    ${threads.length ? html`<p class="quiet">${plural(overview.projects.size, 'project')}, ${plural(threads.length, 'thread')}${overview.more ? ' and more' : ''}</p>`
      : html`<p>A thread is a conversation with an agent that works in a directory of yours. Around each of its turns the
        whole working tree is kept, so that you can look at what changed, and take it back.</p>
        <p class="quiet">No agent at hand? The scripted one plays a short script without any model, and shows how it goes.</p>`}
    ${list('Asks you', asking)}${list('At work', running)}
    ${list('Newest', newest.filter((thread) => !asking.includes(thread) && !running.includes(thread)))}
    ${store.writable ? html`<p><button class="button primary" @click=${() => actions.newThread()}>New thread</button></p>` : nothing}
    <p class="hint">Press <kbd>?</kbd> for all keys.</p></div>`, host);
}
