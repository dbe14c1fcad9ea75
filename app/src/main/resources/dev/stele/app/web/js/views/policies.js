// What agents may do without asking, of a thread and of its project: shown beside the conversation, set in a dialog.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { PERSON, command } from '../api.js';
import { KINDS, NONE, VERDICTS, isNone, ruleText, ruleWords, suggested } from '../policy.js';
import { oneLine, words } from '../text.js';
import { open } from './dialogs.js';
import { icon } from './icons.js';

/** The policies that bind a thread, its own first. */
function owners(store) {
  const { thread, overview } = store;
  const project = overview?.projects.get(thread.projectId) ?? thread.project;
  return [
    { type: 'SetThreadPolicy', id: { threadId: thread.id }, label: 'This thread', policy: thread.policy ?? NONE },
    { type: 'SetProjectPolicy', id: { projectId: thread.projectId }, label: `Project ${oneLine(project?.name ?? '', 40)}`,
      policy: project?.policy ?? NONE },
  ];
}

/** What a policy says, a line for each thing. */
const lines = (policy) => [
  ...(policy.readOnly ? ['read-only: nothing may be changed, and no command be run'] : []),
  ...(policy.projectOnly ? ['nothing outside the project may be touched'] : []),
  ...policy.rules.map(ruleText),
];

/** The section beside the conversation. */
export function rulesView(store, actions) {
  const told = owners(store).filter(({ policy }) => !isNone(policy));
  return html`<section aria-label="Rules"><h2>Rules
      ${store.writable ? html`<button class="link" title="What agents may do without asking (R)"
        @click=${() => actions.rules()}>Change…</button>` : nothing}</h2>
    ${told.length ? told.map(({ label, policy }) => html`<h3 class="owner">${label}</h3>
      <ul class="rules">${lines(policy).map((line) => html`<li><bdi>${oneLine(line, 200)}</bdi></li>`)}</ul>`)
      : html`<p class="hint">The agent asks you about everything.</p>`}</section>`;
}

/** Asks for rules until it is left; each change counts at once. `call` is what the agent asks about, for a first rule. */
export function policies(store, call) {
  let chosen = 0;
  let trouble = null;
  const first = call && suggested(call, store.thread.project);
  const draft = first ?? { verdict: 'allow_once', kinds: [], path: '' };
  let redrawn = () => {};
  const leave = store.on('overview thread', () => redrawn());
  return open('What agents may do without asking', (close, redraw) => {
    redrawn = redraw;
    if (!store.thread) return nothing;
    const all = owners(store);
    const { type, id, policy } = all[chosen];
    const set = async (changed) => {
      try {
        trouble = null;
        await command(type, { ...id, policy: { ...policy, ...changed }, by: PERSON });
      } catch (problem) {
        trouble = problem.message;
      }
      redraw();
    };
    return html`<form @submit=${(event) => {
        event.preventDefault();
        const { path, ...rule } = draft;
        const wanted = { ...rule, ...(path.trim() ? { path: path.trim() } : {}) };
        const isNew = isNone(policy);
        set({ rules: [...policy.rules, wanted], ...(isNew && !wanted.kinds.includes('execute') ? { projectOnly: true } : {}) }).then(() => {
          if (trouble) return;
          if (first) close();
          Object.assign(draft, { kinds: [], path: '' });
          redraw();
        });
      }}>
      <fieldset><legend>Whose agents</legend>${all.map(({ label, policy: one }, at) => html`<label class="choice">
        <input type="radio" name="owner" ?autofocus=${!first && at === 0} .checked=${at === chosen} @change=${() => {
          chosen = at;
          redraw();
        }}>${label}${isNone(one) ? nothing : html` <span class="badge">${lines(one).length}</span>`}</label>`)}</fieldset>
      ${rulesOf(policy, set)}${limits(policy, set)}${newRule(draft, redraw)}
      ${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : nothing}
      <footer>
        <button type="button" class="button danger" ?disabled=${isNone(policy)} @click=${() => set(NONE)}>Clear all</button>
        <span class="grow"></span>
        <button type="button" class="button" @click=${() => close()}>Close</button>
        <button type="submit" class="button primary" ?autofocus=${Boolean(first)}>Add the rule</button></footer></form>`;
  }).finally(leave);
}

function rulesOf({ rules }, set) {
  const without = (at) => rules.filter((_, one) => one !== at);
  const moved = (at, by) => {
    const list = without(at);
    list.splice(at + by, 0, rules[at]);
    return list;
  };
  return html`<div class="preview" role="group" aria-label="Rules, the first that fits decides">
    ${rules.length ? html`<ol class="rules">${rules.map((rule, at) => html`<li>
      <span class="grow"><code><bdi>${oneLine(ruleText(rule), 300)}</bdi></code>
        <span class="quiet"><bdi>${oneLine(ruleWords(rule), 300)}</bdi></span></span>
      <button type="button" class="plain" aria-label=${`Rule ${at + 1} earlier`} title="Earlier" ?disabled=${at === 0}
        @click=${() => set({ rules: moved(at, -1) })}>${icon('up')}</button>
      <button type="button" class="plain" aria-label=${`Rule ${at + 1} later`} title="Later" ?disabled=${at === rules.length - 1}
        @click=${() => set({ rules: moved(at, 1) })}>${icon('down')}</button>
      <button type="button" class="plain" aria-label=${`Remove rule ${at + 1}`} title="Remove"
        @click=${() => set({ rules: without(at) })}>${icon('close')}</button></li>`)}</ol>`
      : html`<p class="hint">No rule: agents ask about everything.</p>`}</div>`;
}

const limits = (policy, set) => html`<fieldset><legend>Whatever the rules say</legend>
  <label class="choice"><input type="checkbox" name="readOnly" .checked=${policy.readOnly}
    @change=${(event) => set({ readOnly: event.target.checked })}>nothing may be changed, and no command be run</label>
  <label class="choice"><input type="checkbox" name="projectOnly" .checked=${policy.projectOnly}
    @change=${(event) => set({ projectOnly: event.target.checked })}>nothing outside the project may be touched</label></fieldset>`;

function newRule(draft, redraw) {
  const toggle = (kind) => (event) => {
    draft.kinds = event.target.checked ? [...draft.kinds, kind] : draft.kinds.filter((one) => one !== kind);
    redraw();
  };
  return html`<fieldset class="rule"><legend>A new rule</legend>
    <label class="field"><span>What then</span><select name="verdict" @change=${(event) => {
      draft.verdict = event.target.value;
      redraw();
    }}>${VERDICTS.map(([name, short, what]) => html`<option value=${name} ?selected=${name === draft.verdict}>${short}: ${what}</option>`)}</select></label>
    <div class="kinds" role="group" aria-label="Kinds of work">${KINDS.map((kind) => html`<label class="choice">
      <input type="checkbox" name="kind" value=${kind} .checked=${draft.kinds.includes(kind)} @change=${toggle(kind)}>${words(kind)}</label>`)}
      <span class="hint">none chosen: all</span></div>
    <label class="field"><span>Path from the project’s directory; empty for all</span>
      <input name="path" autocomplete="off" spellcheck="false" placeholder="src/**" .value=${draft.path} @input=${(event) => {
        draft.path = event.target.value;
        redraw();
      }}></label>
    <p class="hint"><code>*</code> stands for anything within a name, <code>**</code> over folders, <code>?</code> for one character.
      An open question that a rule fits is answered by it at once.</p>
    ${draft.kinds.includes('execute') && draft.verdict.startsWith('allow') ? html`<p class="hint">While nothing outside the project may be
      touched commands are asked about all the same, since they may touch anything.</p>` : nothing}
    <p class="hint"><bdi>${oneLine(ruleWords({ ...draft, path: draft.path.trim() }), 300)}</bdi></p></fieldset>`;
}
