// Questions of the page, each in a modal dialog of the browser's own: it keeps the focus, and Escape leaves it.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { get } from '../api.js';
import { allKeys } from '../keys.js';
import { clock, oneLine, plural } from '../text.js';
import { icon } from './icons.js';

/** Shows a dialog until it is answered; gives the answer, or null when it was left. */
export function open(title, draw) {
  return new Promise((resolve) => {
    const dialog = document.createElement('dialog');
    let answer = null;
    const close = (value) => {
      answer = value ?? null;
      dialog.close();
    };
    dialog.setAttribute('aria-labelledby', 'dialog-title');
    const redraw = () => render(html`
      <header><h2 id="dialog-title">${title}</h2>
        <button class="plain" aria-label="Close" @click=${() => close()}>${icon('close')}</button></header>
      ${draw(close, redraw)}`, dialog);
    dialog.addEventListener('click', (event) => event.target === dialog && close());
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    document.getElementById('dialogs').append(dialog);
    redraw();
    dialog.showModal();
    dialog.querySelector('[autofocus]')?.focus();
  });
}

/** Puts the focus where it belongs when what has it is drawn later than the dialog, or has gone. */
export const refocus = () => document.querySelector('dialog[open] [autofocus]')?.focus();

/** The buttons at the end of a dialog. */
export const buttons = (close, action, { danger = false, disabled = false } = {}) => html`<footer>
  <button type="button" class="button" @click=${() => close()}>Cancel</button>
  <button type="submit" class="button ${danger ? 'danger' : 'primary'}" ?disabled=${disabled}>${action}</button></footer>`;

/** Lets a form be answered here. */
export const submit = (work) => (event) => {
  event.preventDefault();
  work(new FormData(event.target));
};

/** Asks whether to do it. */
export const confirm = (title, text, action) => open(title, (close) => html`
  <form @submit=${submit(() => close(true))}><p>${text}</p>
    <footer><button type="button" class="button" @click=${() => close()}>Cancel</button>
      <button type="submit" class="button danger" autofocus>${action}</button></footer></form>`);

/** Asks for a text; null when it was left or empty. */
export const ask = (title, label, value, { long = false, action, hint }) => open(title, (close) => {
  const send = (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
  };
  return html`<form @submit=${submit((data) => close(data.get('text').trim()))}>
    <label class="field"><span>${label}</span>${long
      ? html`<textarea name="text" rows="5" required autofocus .value=${value} @keydown=${send}></textarea>`
      : html`<input name="text" required autofocus autocomplete="off" spellcheck="false" .value=${value}>`}</label>
    ${hint ? html`<p class="hint">${hint}</p>` : nothing}${buttons(close, action)}</form>`;
});

/** All keys. */
export const help = () => open('Keys', () => html`<div class="keys">${[...allKeys()].map(([group, keys]) => html`
  <section><h3>${group}</h3><dl>${keys.map((one) => html`
    <dt>${one.keys.length > 3 ? html`<kbd>${one.keys[0]}</kbd> … <kbd>${one.keys.at(-1)}</kbd>`
      : one.keys.map((key, at) => html`${at ? ' ' : ''}<kbd>${key}</kbd>`)}</dt><dd>${one.label}</dd>`)}</dl></section>`)}</div>`);

// --- restore ---------------------------------------------------------------------------------------------------------

const ACTIONS = { create: 'bring back', overwrite: 'write over', merge: 'merge', delete: 'delete' };

function plan({ paths, left, others, ignored }) {
  const list = (title, entries) => (entries.length ? html`<h3>${title}</h3><ul class="plan">${entries}</ul>` : nothing);
  return html`
    ${paths.length ? nothing : html`<p class="hint">The files are as they were: nothing would change.</p>`}
    ${list(`${plural(paths.length, 'file')} would change`, paths.map(({ action, path }) => html`
      <li><span class="badge ${action}">${ACTIONS[action] ?? action}</span> <bdi>${oneLine(path)}</bdi></li>`))}
    ${list('Others changed, too', others.map(({ path, outside }) => html`
      <li><bdi>${oneLine(path)}</bdi> <span class="quiet">${outside ? 'outside of Stele' : 'by another thread'}</span></li>`))}
    ${list('Left alone', [...left, ...ignored].map(({ path, why }) => html`
      <li><bdi>${oneLine(path)}</bdi> <span class="quiet">${why}</span></li>`))}`;
}

/** Asks what of a checkpoint to restore, beside what that would do now. */
export function restore(checkpoint) {
  const choice = { selection: 'own', scope: 'files' };
  let preview = null;
  let trouble = null;
  const load = async (redraw) => {
    preview = null;
    trouble = null;
    const { selection } = choice;
    try {
      const { body } = await get(`/api/checkpoints/${encodeURIComponent(checkpoint.id)}/restore-plan`, { selection });
      if (choice.selection === selection) preview = body;
    } catch (problem) {
      trouble = problem.message;
    }
    redraw();
  };
  let begun = false;
  return open('Restore a checkpoint', (close, redraw) => {
    if (!begun) {
      begun = true;
      load(redraw);
    }
    const radio = (name, value, label) => html`<label class="choice"><input type="radio" name=${name} .checked=${choice[name] === value}
      @change=${() => {
        choice[name] = value;
        if (name === 'selection') load(redraw);
        redraw();
      }}>${label}</label>`;
    return html`<form @submit=${submit(() => close({ ...choice }))}>
      <p>${checkpoint.description}, ${clock(checkpoint.createdAt)}. A safety checkpoint is taken first, and Undo brings everything back.</p>
      <fieldset><legend>Bring back</legend>
        ${radio('scope', 'files', 'the files')}${radio('scope', 'conversation', 'the conversation')}${radio('scope', 'both', 'both')}</fieldset>
      <fieldset><legend>Of the files</legend>
        ${radio('selection', 'own', 'what this thread changed')}${radio('selection', 'all', 'everything, whoever changed it')}</fieldset>
      <div class="preview" aria-live="polite">${trouble ? html`<p class="trouble">${trouble}</p>`
        : choice.scope === 'conversation' ? html`<p class="hint">No file would change. The turns since are rolled back.</p>`
        : preview ? plan(preview) : html`<p class="hint">Looking what that would do…</p>`}</div>
      ${buttons(close, 'Restore', { disabled: !preview && choice.scope !== 'conversation' })}</form>`;
  });
}
