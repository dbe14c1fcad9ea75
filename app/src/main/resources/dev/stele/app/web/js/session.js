// What the agent of a thread has told of its session: its modes and models, its commands, and what it takes.

function parsed(raw) {
  try {
    return JSON.parse(raw ?? 'null') ?? {};
  } catch {
    return {};
  }
}

/** The agent's own commands: [{name, description, hint}]. */
export function commandsOf({ raw }) {
  const { availableCommands = [] } = parsed(raw?.available_commands_update);
  return (Array.isArray(availableCommands) ? availableCommands : [])
    .filter((one) => typeof one?.name === 'string')
    .map(({ name, description, input }) => ({ name, description: String(description ?? ''), hint: String(input?.hint ?? '') }));
}

/** What the session is set to: [[what, value]], as far as the agent tells. */
export function settingsOf({ raw, modeId }) {
  const opened = { ...parsed(raw?.['session/load']), ...parsed(raw?.['session/resume']), ...parsed(raw?.['session/new']) };
  const named = (list, id, key) => (Array.isArray(list) ? list : []).find((one) => one?.[key] === id)?.name ?? id;
  const mode = modeId ?? opened.modes?.currentModeId;
  const model = opened.models?.currentModelId;
  const told = [
    ['mode', mode && named(opened.modes?.availableModes, mode, 'id')],
    ['model', model && named(opened.models?.availableModels, model, 'modelId')],
  ];
  const { configOptions = opened.configOptions ?? [] } = parsed(raw?.config_option_update);
  for (const option of (Array.isArray(configOptions) ? configOptions : []).filter(Boolean)) {
    const values = (Array.isArray(option.options) ? option.options : []).flatMap((one) => one?.options ?? [one]);
    told.push([String(option.name ?? option.id), named(values, option.currentValue, 'value')]);
  }
  const first = new Map();
  for (const [what, value] of told) if (value && !first.has(what.toLowerCase())) first.set(what.toLowerCase(), String(value));
  return [...first];
}

/** Whether the agent takes images; true while it has not told. */
export function takesImages({ raw }) {
  const told = parsed(raw?.initialize).agentCapabilities;
  return !told || told.promptCapabilities?.image === true;
}
