// Files that go to the agent with a prompt: images as such, others as resources, as on the command line.
import { size } from './text.js';

export const LARGEST = 10 * 1024 * 1024;
const TOGETHER = 11 * 1024 * 1024; // The server takes 16 MiB at once, and base64 makes four bytes of three.
const IMAGES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** What is attached, thread by thread, until it is sent. */
export class Attachments {
  /** `changed` is called when the list is another, `failed` with a sentence when a file cannot be taken. */
  constructor(changed, failed) {
    this.changed = changed;
    this.failed = failed;
    this.files = new Map();
  }

  of(threadId) {
    return this.files.get(threadId) ?? [];
  }

  /** Attaches files, and says which it leaves out. */
  async add(threadId, files) {
    for (const file of files) {
      const together = this.of(threadId).reduce((sum, one) => sum + one.size, file.size);
      if (file.size > LARGEST) {
        this.failed(`The file ${file.name} is larger than 10 MiB: name its path in the prompt instead.`);
      } else if (together > TOGETHER) {
        this.failed(`With ${file.name} it would be ${size(together)}; 11 MiB go with one prompt.`);
      } else {
        await this.read(threadId, file);
      }
    }
  }

  async read(threadId, file) {
    try {
      const block = await blockOf(file);
      this.set(threadId, [...this.of(threadId), { name: file.name || 'picture', size: file.size, block }]);
    } catch {
      this.failed(`The file ${file.name} cannot be read.`);
    }
  }

  set(threadId, list) {
    this.files.set(threadId, list);
    this.changed();
  }

  remove(threadId, one) {
    this.set(threadId, this.of(threadId).filter((other) => other !== one));
  }
}

async function blockOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const uri = `attachment:${encodeURIComponent(file.name || 'picture')}`;
  if (IMAGES.includes(file.type)) return { type: 'Image', mediaType: file.type, data: base64(bytes), uri };
  const text = textOf(bytes);
  return text === null ? { type: 'Resource', uri, blob: base64(bytes) } : { type: 'Resource', uri, mediaType: 'text/plain', text };
}

/** The text that the bytes are in UTF-8, or null. */
function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function base64(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/** How many bytes an attached file has. */
export function sizeOf({ text, blob = '', data = blob }) {
  return text === undefined ? Math.floor((data.replace(/=+$/, '').length * 3) / 4) : new Blob([text]).size;
}

/** What a resource is called: the last part of its address. */
export function nameOf({ uri = 'picture' }) {
  const last = uri.split(/[:/]/).filter(Boolean).at(-1) ?? uri;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
