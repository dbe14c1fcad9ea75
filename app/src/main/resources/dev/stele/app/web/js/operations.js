// Work that the server does meanwhile: asked for, and waited for.
import { command, get, newId, post } from './api.js';

const PAUSE = 250;

/** The end of an operation, whatever it is. It is looked up, since not every view follows its facts. */
export async function settled(id) {
  for (;;) {
    try {
      const { body } = await get(`/api/operations/${encodeURIComponent(id)}`);
      if (body.state.type !== 'Open') return body;
    } catch (problem) {
      if (problem.status !== 0) throw problem;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** Sends a command that begins an operation, and waits for its end. A failure is thrown, with the paths that it names. */
export async function done(type, name, fields) {
  const id = newId();
  await command(type, { [name]: id, ...fields });
  return required(await settled(id));
}

/** Makes a worktree of a project, or brings one back, and waits until it is there. Gives its id as a project. */
export async function addWorktree(projectId, fields) {
  const { id } = await post(`/api/projects/${encodeURIComponent(projectId)}/worktrees`, fields);
  return required(await settled(id)).worktreeId;
}

/** The operation, unless it failed. */
export function required(operation) {
  if (operation.state.type === 'Failed') {
    throw Object.assign(new Error(operation.state.why), { paths: operation.paths ?? [] });
  }
  return operation;
}
