// One message in its element. Words that grow are drawn by Markdown, everything else as a template.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { nameOf, sizeOf } from '../attachments.js';
import { Markdown } from '../markdown.js';
import { clock, oneLine, plain, size, visible } from '../text.js';
import { beginning, moreOf } from './long.js';
import { toolView } from './tool.js';

const LONGEST_MARKDOWN = 200_000; // What is longer is shown as plain text.
const parsers = new WeakMap();

function words(element, item, growing, redraw) {
  let parts = parsers.get(element);
  if (!parts) {
    const body = element.appendChild(document.createElement('div'));
    body.className = 'markdown';
    parts = { body, markdown: new Markdown(body), more: element.appendChild(document.createElement('div')) };
    parsers.set(element, parts);
  }
  const { text } = item.message.body;
  const start = visible(beginning(item.key, text));
  parts.body.classList.toggle('growing', growing);
  if (start.length > LONGEST_MARKDOWN) parts.body.textContent = start;
  else parts.markdown.show(start, growing && start.length < text.length + 1);
  render(moreOf(item.key, text, redraw), parts.more);
}

function thought(element, item, growing, redraw) {
  const { text } = item.message.body;
  const shown = visible(beginning(item.key, text));
  render(html`<details class="thought">
    <summary><span class="title">${growing ? 'Thinking' : 'Thought'}</span>
      <span class="gist"><bdi>${oneLine(shown, 120)}</bdi></span></summary>
    <p class="text" dir="auto">${shown}</p>${moreOf(item.key, text, redraw)}
  </details>`, element);
}

function prompt(element, item, redraw) {
  const { blocks } = item.message.body;
  const text = plain(blocks.filter((block) => block.type !== 'Image' && block.type !== 'Resource'));
  render(html`<p class="text" dir="auto">${visible(beginning(item.key, text))}</p>
    ${moreOf(item.key, text, redraw)}${blocks.map(picture)}
    ${blocks.map((block, at) => attached(`${item.key}/${at}`, block, redraw))}`, element);
}

/** A file that went with the prompt. */
function attached(name, block, redraw) {
  if (block.type !== 'Resource') return nothing;
  const title = html`<bdi>${oneLine(nameOf(block), 120)}</bdi> <span class="quiet">${size(sizeOf(block))}</span>`;
  return block.text === undefined ? html`<p class="attached">${title}</p>` : html`<details class="attached"><summary>${title}</summary>
    <pre tabindex="0" role="group" aria-label="Content">${visible(beginning(name, block.text, 4_000))}</pre>${moreOf(name, block.text, redraw, 4_000)}</details>`;
}

// Pictures come with the prompt itself, as data; nothing is ever loaded from elsewhere.
function picture(block) {
  if (block.type !== 'Image' || !/^image\/(png|jpeg|gif|webp)$/.test(block.mediaType)) return nothing;
  return html`<img class="picture" alt="Picture" src=${`data:${block.mediaType};base64,${block.data}`}>`;
}

function whole(element, item, context, redraw) {
  const { content } = item.message.body;
  switch (content.type) {
    case 'ToolCall':
      render(toolView(item.key, content, context.result(item), context.live(item.turnId), redraw,
        context.answer(item)), element);
      break;
    case 'ToolResult':
      render(toolView(item.key, null, content, false, redraw), element);
      break;
    case 'Image':
      render(picture(content), element);
      break;
    default:
      render(html`<p class="text" dir="auto">${visible(beginning(item.key, plain([content])))}</p>`, element);
  }
}

const SPEAKERS = { Prompt: 'You', Speech: 'Agent', Thought: 'The agent thinks', Whole: 'Tool' };

/** The element of a message, empty. */
export function messageElement(item) {
  const { body, at } = item.message;
  const element = document.createElement('article');
  element.className = `message ${body.type.toLowerCase()}`;
  element.dataset.key = item.key;
  element.tabIndex = -1;
  element.setAttribute('aria-label', `${SPEAKERS[body.type]}, ${clock(at)}`);
  return element;
}

/** Draws a message. `context` tells of its turn: growing(item), live(turnId), result(item). */
export function drawMessage(element, item, context) {
  const redraw = () => drawMessage(element, item, context);
  const growing = context.growing(item);
  switch (item.message.body.type) {
    case 'Prompt': prompt(element, item, redraw); break;
    case 'Speech': words(element, item, growing, redraw); break;
    case 'Thought': thought(element, item, growing, redraw); break;
    default: whole(element, item, context, redraw);
  }
}
