// A new thread: where, by whom, and what is said first. The dialog stays until the thread is there, so that nothing that
// was written is lost when a directory is none or an agent is missing.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { get } from '../api.js';
import { oneLine } from '../text.js';
import { buttons, open, submit } from './dialogs.js';

const LAST_AGENT = 'stele.agent';
const SCRIPTED = { name: 'scripted', installed: true };
const ELSEWHERE = ''; // The value of the choices that ask for a text of one's own.

/** What is known of agents: those that are here first, then the one that needs no model. */
const sorted = (agents) => ({
  here: agents.filter((agent) => agent.installed),
  missing: agents.filter((agent) => !agent.installed),
});

function usual({ here }) {
  const last = localStorage.getItem(LAST_AGENT);
  return here.find((agent) => agent.name === last) ?? here[0] ?? SCRIPTED;
}

function agentField(agents, chosen, choose) {
  const option = (agent, label = agent.name) =>
    html`<option value=${agent.name} ?selected=${agent.name === chosen} ?disabled=${!agent.installed}>${label}</option>`;
  return html`<label class="field"><span>Agent</span><select name="agent" @change=${(event) => choose(event.target.value)}>
      ${agents.here.map((agent) => option(agent))}
      ${option(SCRIPTED, 'scripted: a demonstration, no model is asked')}
      <option value=${ELSEWHERE} ?selected=${chosen === ELSEWHERE}>another, by its command line…</option>
      ${agents.missing.length ? html`<optgroup label="Not installed">${agents.missing.map((agent) => option(agent))}</optgroup>` : nothing}
    </select></label>
    ${chosen === ELSEWHERE ? html`<label class="field"><span>Command line of the agent</span>
      <input name="own" required placeholder="npx some-agent --acp" autocomplete="off" spellcheck="false"></label>` : nothing}
    ${agents.here.length ? nothing : missingHint(agents.missing)}`;
}

/** What somebody does who has no agent yet. */
function missingHint(missing) {
  const ways = missing.filter((agent) => agent.install);
  return ways.length ? html`<details class="hint"><summary>No agent is installed on this machine. How to install one</summary>
    <ul class="ways">${ways.map((agent) => html`<li>${agent.name}: <code>${agent.install}</code></li>`)}</ul></details>` : nothing;
}

function projectField(projects, chosen, choose) {
  const elsewhere = chosen === ELSEWHERE;
  return html`${projects.length ? html`<label class="field"><span>Project</span>
      <select name="project" @change=${(event) => choose(event.target.value)}>
        ${projects.map((one) => html`<option value=${one.id} ?selected=${one.id === chosen}>${oneLine(one.name)} · ${oneLine(one.path, 60)}</option>`)}
        <option value=${ELSEWHERE} ?selected=${elsewhere}>another directory…</option></select></label>` : nothing}
    ${elsewhere ? html`<label class="field"><span>Directory</span>
      <input name="path" required placeholder="/home/you/project" autocomplete="off" spellcheck="false" ?autofocus=${!projects.length}></label>
      <p class="hint">On this machine: a git repository, or any other. Its path begins with / or ~.</p>` : nothing}`;
}

/** Asks, and calls `begin({projectId, path, agent, text})`; what that throws is shown. Gives {asked}: whether a turn runs in it; null when it was left. */
export function newThread(projects, projectId, begin) {
  const choice = { project: projects.find((one) => one.id === projectId)?.id ?? projects[0]?.id ?? ELSEWHERE, agent: null };
  let agents = null;
  let busy = false;
  let trouble = null;
  return open('New thread', (close, redraw) => {
    if (!agents) {
      agents = sorted([]);
      get('/api/agents').then(({ body }) => {
        agents = sorted(body);
        redraw();
      }).catch(() => {});
    }
    const send = async (data) => {
      if (busy) return;
      busy = true;
      trouble = null;
      redraw();
      try {
        const agent = data.get('own')?.trim() || data.get('agent');
        await begin({ projectId: data.get('project') || null, path: data.get('path')?.trim(), agent, text: data.get('text').trim() });
        if (!data.get('own')) localStorage.setItem(LAST_AGENT, agent);
        close({ asked: data.get('text').trim() !== '' });
      } catch (problem) {
        trouble = problem.message;
      }
      busy = false;
      redraw();
    };
    const choose = (name) => (value) => {
      choice[name] = value;
      redraw();
    };
    const keys = (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
    };
    return html`<form @submit=${submit(send)}>
      ${projectField(projects, choice.project, choose('project'))}
      ${agentField(agents, choice.agent ?? usual(agents).name, choose('agent'))}
      <label class="field"><span>First prompt (you can also write it later)</span>
        <textarea name="text" rows="4" ?autofocus=${projects.length > 0} @keydown=${keys}></textarea></label>
      ${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : nothing}
      ${buttons(close, busy ? 'Beginning…' : 'Begin', { disabled: busy })}</form>`;
  });
}
