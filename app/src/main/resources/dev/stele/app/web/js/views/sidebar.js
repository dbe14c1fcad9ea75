// Projects and their threads, with what each does right now.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { threadsOf } from '../fold/overview.js';
import { links } from '../router.js';
import { ago, oneLine } from '../text.js';
import { icon } from './icons.js';
import { dot, threadState } from './state.js';

const MOST = 40; // Threads of a project that are listed before somebody asks for more.

export class Sidebar {
  constructor(host, store, actions) {
    this.host = host;
    this.store = store;
    this.actions = actions;
    this.filter = '';
    this.unfolded = new Set();
  }

  draw() {
    const { overview } = this.store;
    if (!overview) return;
    render(html`
      <div class="tools">
        <input type="search" id="filter" placeholder="Search threads" aria-label="Search threads" autocomplete="off"
          .value=${this.filter} @input=${(event) => this.search(event.target.value)} @keydown=${(event) => this.leave(event)}>
        <button class="plain" title="New thread (n)" aria-label="New thread" ?disabled=${!this.store.writable}
          @click=${() => this.actions.newThread(this.store.thread?.projectId)}>${icon('plus')}</button>
      </div>
      <div class="projects">${repeat(overview.projects.values(), (project) => project.id, (project) => this.project(project))}
        ${overview.projects.size ? nothing : html`<p class="hint">No project yet. Begin a thread in any git repository.</p>`}
        ${overview.more ? html`<button class="link" @click=${() => this.older()}>Older threads</button>` : nothing}</div>`, this.host);
  }

  project(project) {
    const threads = threadsOf(this.store.overview, project.id).filter((thread) => this.matches(thread));
    if (this.filter && !threads.length) return nothing;
    const shown = this.unfolded.has(project.id) ? threads : threads.slice(0, MOST);
    return html`<section class="project" aria-label=${`Project ${oneLine(project.name)}`}>
      <div class="name"><h2 title=${oneLine(project.path)}><bdi>${oneLine(project.name)}</bdi></h2>
        ${this.store.writable ? html`<button class="plain" aria-label=${`New thread in ${oneLine(project.name, 60)}`} title="New thread in this project"
          @click=${() => this.actions.newThread(project.id)}>${icon('plus')}</button>
          ${project.threads === 0 ? html`<button class="plain" aria-label=${`Take ${oneLine(project.name, 60)} off the list`} title="Take it off the list"
            @click=${() => this.actions.deleteProject(project)}>${icon('close')}</button>` : nothing}` : nothing}</div>
      <ul>${repeat(shown, (thread) => thread.id, (thread) => this.thread(thread))}</ul>
      ${threads.length > shown.length ? html`<button class="link" @click=${() => this.unfold(project.id)}>
        ${threads.length - shown.length} more</button>` : nothing}
    </section>`;
  }

  thread(thread) {
    const current = thread.id === this.store.wanted;
    return html`<li><a class="thread" href=${links.thread(thread.id)} aria-current=${current ? 'page' : nothing}>
      ${dot(threadState(thread.status))}
      <span class="title"><bdi>${oneLine(thread.title)}</bdi></span>
      ${thread.pending ? html`<span class="count asking" title="asks you">${thread.pending}</span>` : nothing}
      ${thread.queue ? html`<span class="count" title="waiting prompts">${thread.queue}</span>` : nothing}
      <span class="when">${ago(thread.lastAt ?? thread.createdAt)}</span></a></li>`;
  }

  matches(thread) {
    return `${thread.title} ${thread.agent}`.toLowerCase().includes(this.filter.toLowerCase());
  }

  search(text) {
    this.filter = text;
    this.draw();
  }

  leave(event) {
    if (event.key === 'Enter') this.host.querySelector('a.thread')?.click();
    if (event.key === 'Escape') this.search('');
  }

  older() {
    this.store.olderThreads().catch((problem) => this.store.fail(problem));
  }

  unfold(projectId) {
    this.unfolded.add(projectId);
    this.draw();
  }

  /** Moves the focus among the threads. */
  step(by) {
    const all = [...this.host.querySelectorAll('a.thread')];
    const at = all.indexOf(document.activeElement);
    const from = at < 0 ? all.findIndex((one) => one.hasAttribute('aria-current')) : at;
    all[Math.min(all.length - 1, Math.max(0, from + by))]?.focus();
  }
}
