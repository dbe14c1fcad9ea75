// The dialog that begins a thread: where, with whom, and with which words. It stays open until the thread is there, so
// that nothing that somebody wrote is lost over a wrong directory.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { get, post } from '../api.js';
import { oneLine } from '../text.js';
import { buttons, open, submit } from './dialogs.js';

const LAST_AGENT = 'stele.agent'; // Whom somebody began a thread with before.
const SCRIPTED = { name: 'scripted', installed: true, label: 'scripted: a demonstration, no model is asked' };
const OTHER = ''; // The choice of what is not in a list: another directory, another command line.

const STATES = {
  ready: ({ version }) => `Ready${version ? `, version ${version}` : ''}.`,
  login_missing: ({ message }) => message,
  unusable: ({ message }) => message,
};

class NewThread {
  constructor({ projects, projectId, directory, defaultAgent }, begin, redraw) {
    Object.assign(this, { projects, directory, begin, redraw });
    const here = projects.find((one) => one.path === directory);
    this.project = projectId ?? (here ?? (directory ? null : projects[0]))?.id ?? OTHER;
    this.agents = [];
    this.usual = defaultAgent;
    this.agent = null;
    this.state = null;
    this.trouble = null;
    this.busy = false;
    this.apart = false;
  }

  /** The agents that there are; the one that suits best is chosen, and asked whether it is ready. */
  async load() {
    try {
      this.agents = (await get('/api/agents')).body;
    } catch (problem) {
      this.trouble = problem.message;
    }
    const here = [...this.agents.filter((one) => one.installed), SCRIPTED];
    const last = here.find((one) => one.name === localStorage.getItem(LAST_AGENT));
    this.agent = last?.name ?? this.usual ?? here[0].name;
    if (!here.some((one) => one.name === this.agent)) this.agents.unshift({ name: this.agent, installed: true });
    this.ask(this.agent);
  }

  async ask(agent) {
    this.state = null;
    if (agent === OTHER || agent === SCRIPTED.name) {
      this.redraw();
      return;
    }
    this.state = { words: 'Looking whether it is ready…' };
    this.redraw();
    try {
      const told = await post('/api/agents/ask', { agent });
      if (this.agent === agent) this.state = { good: told.state === 'ready', words: STATES[told.state](told) };
    } catch (problem) {
      if (this.agent === agent) this.state = { good: false, words: problem.message };
    }
    this.redraw();
  }

  async send(data, close) {
    if (this.busy) return;
    this.busy = true;
    this.trouble = null;
    this.redraw();
    const text = data.get('text').trim();
    try {
      await this.begin({
        projectId: this.project, path: this.project === OTHER ? data.get('path').trim() : null,
        agent: this.agent === OTHER ? data.get('own').trim() : this.agent, text,
        worktree: this.apart ? { name: data.get('worktree').trim(), about: text } : null,
      });
      if (this.agent !== OTHER) localStorage.setItem(LAST_AGENT, this.agent);
      close({ asked: text !== '' });
    } catch (problem) {
      this.trouble = problem.message;
    }
    this.busy = false;
    this.redraw();
  }

  draw(close) {
    return html`<form @submit=${submit((data) => this.send(data, close))}>
      ${this.place()}${this.who()}${this.tree()}
      <label class="field"><span>First prompt (you can also write it later)</span><textarea name="text" rows="4" ?autofocus=${this.projects.length > 0 || this.directory}
        @keydown=${(event) => this.key(event)}></textarea></label>
      <div role="alert">${this.trouble ? html`<p class="trouble">${this.trouble}</p>` : nothing}</div>
      ${buttons(close, this.busy ? 'Beginning…' : 'Begin', { disabled: this.busy })}</form>`;
  }

  key(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
  }

  place() {
    const choose = (event) => {
      this.project = event.target.value;
      this.redraw();
    };
    return html`
      ${this.projects.length ? html`<label class="field"><span>Project</span><select name="project" @change=${choose}>
        ${this.projects.map((one) => html`<option value=${one.id} ?selected=${one.id === this.project}>${oneLine(one.name)} · ${oneLine(one.path, 60)}</option>`)}
        <option value=${OTHER} ?selected=${this.project === OTHER}>another directory…</option></select></label>` : nothing}
      ${this.project === OTHER ? html`<label class="field"><span>Directory</span>
        <input name="path" required placeholder="/home/you/project" autocomplete="off" spellcheck="false" .defaultValue=${this.directory ?? ''}
          ?autofocus=${!this.projects.length && !this.directory}></label>
        <p class="hint">On this machine: a git repository, or any other. Its path begins with / or ~.</p>` : nothing}`;
  }

  tree() {
    const choose = (event) => {
      this.apart = event.target.checked;
      this.redraw();
    };
    return html`
      <label class="choice"><input type="checkbox" name="apart" .checked=${this.apart} @change=${choose}>In a working tree and on a branch of its own</label>
      ${this.apart ? html`<label class="field"><span>Name of the worktree; its branch is stele/ and this name. Empty: made of the prompt</span>
        <input name="worktree" pattern="[A-Za-z0-9][A-Za-z0-9._\\-]{0,99}" autocomplete="off" spellcheck="false"></label>` : nothing}`;
  }

  who() {
    const choose = (event) => {
      this.agent = event.target.value;
      this.ask(this.agent);
    };
    const option = (one) => html`<option value=${one.name} ?selected=${one.name === this.agent}>${one.label ?? oneLine(one.name)}</option>`;
    const missing = this.agents.filter((one) => !one.installed);
    return html`
      <label class="field"><span>Agent</span><select name="agent" @change=${choose}>
        ${[...this.agents.filter((one) => one.installed), SCRIPTED].map(option)}
        <option value=${OTHER}>another, by its command line…</option></select></label>
      ${this.agent === OTHER ? html`<label class="field"><span>Command line of the agent; it speaks the Agent Client Protocol</span>
        <input name="own" required placeholder="npx some-agent --acp" autocomplete="off" spellcheck="false"></label>` : nothing}
      <p class="hint" role="status">${this.state ? html`<span class=${this.state.good === false ? 'warning' : nothing}>${this.state.words}</span>` : nothing}</p>
      ${missing.length ? html`<details class="missing"><summary>${missing.length < this.agents.length ? 'Agents that are not installed' : 'No agent is installed on this machine. How to install one'}</summary>
        <dl>${missing.map((one) => html`<dt>${oneLine(one.name)}</dt><dd><code>${one.install ?? one.commandLine}</code></dd>`)}</dl></details>` : nothing}`;
  }
}

/**
 * Asks for place, agent and first prompt of a new thread, and begins it; what fails is told in the dialog.
 *
 * @param offer projects that there are, which of them, the directory that is offered, the usual agent
 * @param begin gets the answer; a promise that is refused with what went wrong
 * @return {asked}: whether a turn runs in it; null when it was left
 */
export function newThread(offer, begin) {
  let dialog = null;
  return open('New thread', (close, redraw) => {
    if (!dialog) {
      dialog = new NewThread(offer, begin, redraw);
      dialog.load();
    }
    return dialog.draw(close);
  });
}
