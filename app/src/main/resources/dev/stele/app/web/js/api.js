// The only door to the server: JSON requests, refusals as Problem, ids that the client makes.

/** A request that the server refused, or that did not reach it (status 0). */
export class Problem extends Error {
  constructor(status, title, detail, error) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.error = error;
  }
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** An id of 20 characters: 100 random bits, in the alphabet of the server's own ids. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(20));
  return Array.from(bytes, (byte) => ALPHABET[byte & 31]).join('');
}

/** The path with those parameters that have a value. */
export function address(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

async function refusal(response) {
  const text = await response.text();
  try {
    const problem = JSON.parse(text);
    return new Problem(response.status, problem.title, problem.detail, problem.error);
  } catch {
    return new Problem(response.status, response.statusText || `status ${response.status}`, text.slice(0, 300));
  }
}

/** The response and what it says; one that breaks off half way did not reach anybody. */
async function request(url, options) {
  try {
    const response = await fetch(url, { credentials: 'same-origin', cache: 'no-store', ...options });
    if (!response.ok) throw await refusal(response);
    return { response, body: await response.json() };
  } catch (cause) {
    if (cause.name === 'AbortError' || cause instanceof Problem) throw cause;
    throw new Problem(0, 'No connection', 'The server cannot be reached. Is it still running?');
  }
}

/** Whether a request may well succeed later: the server is away or busy, or is not told yet who asks. */
export const passes = ({ status }) => status === 0 || status === 401 || status >= 500;

/** What a path answers. `sequence` is the place in the log that the answer stands at. */
export async function get(path, query, signal) {
  const { response, body } = await request(address(path, query), { signal, headers: { Accept: 'application/json' } });
  const told = response.headers.get('Stele-Sequence');
  return { body, sequence: Number(told ?? body.sequence ?? 0) };
}

/** Sends JSON and gives the answer's. */
export async function post(path, body = {}, headers = {}) {
  const { body: answer } = await request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return answer;
}

/**
 * Sends a command. When the connection breaks it is said again under the same key, and the server answers a repeat with
 * its first answer: so a command is done once, however often it had to be sent.
 */
export async function command(type, fields) {
  const key = newId();
  for (let attempt = 0; ; attempt++) {
    try {
      return await post('/api/commands', { type, ...fields }, { 'Idempotency-Key': key });
    } catch (problem) {
      if (problem.status !== 0 || attempt === 4) throw problem;
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt));
    }
  }
}

/** A prompt of plain text, as commands carry it. */
export const prompt = (text) => [{ type: 'Text', text }];

/** Who decides here. */
export const PERSON = { kind: 'person', name: 'page' };
