// Markdown of strangers as DOM: parsed by marked, cleaned by DOMPurify, and drawn block by block so that a message that
// grows costs only its last block.
import { marked } from '../vendor/marked/marked.js';
import DOMPurify from '../vendor/dompurify/purify.js';
import { colour } from './highlight.js';

// What Markdown can say and no more: nothing that loads, runs, styles, names or submits.
const CLEAN = {
  ALLOWED_TAGS: [
    'a', 'blockquote', 'br', 'code', 'del', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'input', 'li', 'ol', 'p',
    'pre', 'strong', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul',
  ],
  ALLOWED_ATTR: ['href', 'class', 'start', 'type', 'checked', 'disabled', 'align'],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  ALLOW_DATA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

// HTML in an answer is shown as what was written, and pictures as the link that they are: a page that loads what an
// agent names would tell strangers that somebody reads.
marked.use({
  renderer: {
    html: ({ text, block }) => (block ? `<p>${escaped(text)}</p>` : escaped(text)),
    // Between tags marked takes text for HTML that is meant.
    text: (token) => (token.escaped ? escaped(token.text) : false),
    image: ({ href, text }) => `<a href="${escaped(href)}">${escaped(text || href)}</a>`,
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
  },
});

function finish(fragment, settled) {
  for (const link of fragment.querySelectorAll('a')) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    if (link.hasAttribute('href')) link.title = link.getAttribute('href');
  }
  for (const heading of fragment.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    // Headings of an answer are no headings of the page; readers of screens would lose their way.
    heading.setAttribute('role', 'presentation');
  }
  for (const block of fragment.querySelectorAll('p, li, blockquote, td, th')) block.dir = 'auto';
  for (const table of fragment.querySelectorAll('table')) focusable(table, 'Table');
  for (const code of fragment.querySelectorAll('pre > code')) {
    focusable(code.parentElement, 'Code');
    const name = /language-(\S+)/.exec(code.className)?.[1];
    code.className = '';
    if (name) code.parentElement.dataset.language = name;
    if (settled) colour(code, name);
  }
  return fragment;
}

/** What scrolls sideways must be reached by keys. */
function focusable(element, label) {
  element.tabIndex = 0;
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', label);
}

function drawn(tokens, settled) {
  const dirty = marked.parser(tokens);
  return finish(DOMPurify.sanitize(dirty, CLEAN), settled);
}

/** A text of Markdown in an element, which may grow at its end. */
export class Markdown {
  constructor(element) {
    this.element = element;
    this.settle('', 0); // What is drawn for good.
  }

  /** Shows a text without hidden characters. What cannot be taken apart as Markdown is shown as it was written. */
  show(text, growing) {
    try {
      if (!this.refused) this.parse(text, growing);
    } catch {
      this.refused = true; // Nested deeper than the parser goes; it would be so again with each piece that comes.
    }
    if (this.refused) this.element.replaceChildren(text);
  }

  /** While a text grows only what is behind the last finished block is drawn. */
  parse(text, growing) {
    if (!growing || !text.startsWith(this.settled)) this.settle('', 0);
    const tokens = marked.lexer(text.slice(this.settled.length));
    this.clearOpen();
    const last = growing ? this.lastBlock(tokens) : 0;
    if (last > 0) {
      const done = tokens.slice(0, last);
      this.element.append(drawn(Object.assign(done, { links: tokens.links }), true));
      const length = done.reduce((sum, token) => sum + token.raw.length, this.settled.length);
      this.settle(text.slice(0, length), this.element.childNodes.length);
    }
    this.element.append(drawn(Object.assign(tokens.slice(last), { links: tokens.links }), !growing));
  }

  /** Where the last block begins, which may still change; the empty lines before it belong to it. */
  lastBlock(tokens) {
    let last = tokens.length - 1;
    while (last > 0 && tokens[last].type === 'space') last--;
    return Math.max(0, last);
  }

  clearOpen() {
    while (this.element.childNodes.length > this.settledNodes) this.element.lastChild.remove();
  }

  settle(text, nodes) {
    this.settled = text;
    this.settledNodes = nodes;
  }
}
