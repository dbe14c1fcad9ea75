// The head of a thread: its title, what it does, and the ways to look at it.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { links } from '../router.js';
import { oneLine } from '../text.js';
import { icon } from './icons.js';
import { dot, threadState } from './state.js';

export function drawHead(host, store, route, actions) {
  const { thread } = store;
  if (route.view !== 'thread' || !thread) {
    render(nothing, host);
    return;
  }
  const state = threadState(thread.status);
  const tab = (part, label, link) =>
    html`<a class="tab" href=${link} aria-current=${route.part === part ? 'page' : nothing}>${label}</a>`;
  render(html`<div class="head">
    <div class="name"><h1 title=${oneLine(thread.title)}><bdi>${oneLine(thread.session.title ?? thread.title)}</bdi></h1>
      <span class="state ${state[0]}">${dot(state)}${state[1]}</span>
      <span class="quiet agent" title=${oneLine(thread.project?.path ?? '')}><bdi>${oneLine(thread.project?.name ?? '', 40)}</bdi> ·
        <bdi>${oneLine(thread.agent, 40)}</bdi></span></div>
    <nav class="tabs" aria-label="Views of the thread">
      ${tab('conversation', 'Conversation', links.thread(thread.id))}
      ${tab('changes', 'Changes', links.changes(thread.id, route.part === 'changes' ? route.query : {}))}
      <span class="grow"></span>
      ${store.writable ? html`<button class="plain" aria-label="Delete the thread" title="Delete the thread"
        @click=${() => actions.deleteThread()}>${icon('delete')}</button>` : nothing}
    </nav>
  </div>`, host);
}
