// Colours for code: the core and each language are loaded when the first code asks for them.

const LANGUAGES = [
  'bash', 'c', 'cpp', 'css', 'diff', 'dockerfile', 'go', 'ini', 'java', 'javascript', 'json', 'kotlin', 'makefile',
  'markdown', 'python', 'rust', 'sql', 'typescript', 'xml', 'yaml',
];
const ALIASES = {
  sh: 'bash', shell: 'bash', zsh: 'bash', console: 'bash', h: 'c', 'c++': 'cpp', cc: 'cpp', hpp: 'cpp', patch: 'diff',
  golang: 'go', toml: 'ini', properties: 'ini', js: 'javascript', mjs: 'javascript', jsx: 'javascript', jsonl: 'json',
  kt: 'kotlin', md: 'markdown', py: 'python', rs: 'rust', ts: 'typescript', tsx: 'typescript', html: 'xml', svg: 'xml',
  yml: 'yaml',
};
const LONGEST = 60_000; // Above this, colours cost more than they tell.

const loaded = new Map();
let core;

/** The language that a fence or the ending of a file names; null when it has no colours here. */
export function languageOf(name) {
  const word = String(name ?? '').trim().split(/\s/)[0].toLowerCase();
  const known = ALIASES[word] ?? word;
  return LANGUAGES.includes(known) ? known : null;
}

function load(language) {
  if (!loaded.has(language)) {
    core ??= import('../vendor/highlight/core.js').then((module) => module.default);
    loaded.set(language, Promise.all([core, import(`../vendor/highlight/languages/${language}.js`)]).then(
      ([hljs, grammar]) => {
        hljs.registerLanguage(language, grammar.default);
        return hljs;
      },
    ));
  }
  return loaded.get(language);
}

/** Draws one node of the highlighter's own tree: no HTML is ever made of the code. */
function draw(node, parent) {
  for (const child of node.children) {
    if (typeof child === 'string') {
      parent.append(child);
    } else {
      const span = document.createElement('span');
      if (child.scope) span.className = `hl-${child.scope.split('.')[0]}`;
      draw(child, span);
      parent.append(span);
    }
  }
}

/** Colours the code in an element whose text it is, when its language is known. */
export async function colour(element, name) {
  const language = languageOf(name);
  const text = element.textContent;
  if (!language || text.length > LONGEST) return;
  try {
    const hljs = await load(language);
    const { rootNode } = hljs.highlight(text, { language, ignoreIllegals: true })._emitter;
    if (element.textContent !== text) return; // It grew meanwhile, and is coloured when it is done.
    const painted = document.createDocumentFragment();
    draw(rootNode, painted);
    element.replaceChildren(painted);
  } catch {
    // Without colours it is still the code.
  }
}
