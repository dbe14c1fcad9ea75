// Every fact of the log in a sentence. What strangers wrote is in it as they wrote it: who shows it makes it fit.
import { plain, plural, words } from './text.js';
import { restored } from './views/state.js';

const quoted = (text) => `“${text ?? ''}”`;
const by = (actor) => (actor?.kind === 'person' ? 'a person' : `${words(actor?.kind)} ${actor?.name ?? ''}`.trim());
const asked = (what) => (event) => `${what} is asked for${event.name ? `: ${event.name}` : event.branch ? `: ${event.branch}` : ''}`;
const why = (what) => (event) => `${what}: ${event.why}`;

const STATUS = {
  Idle: 'the thread rests', Running: 'the thread is at work', AwaitingApproval: 'the thread waits for an answer',
};

function message({ role, content }) {
  switch (content.type) {
    case 'Text': return `${role} says: ${content.text}`;
    case 'ThinkingBlock': return `${role} thinks: ${content.text}`;
    case 'ToolCall': return `tool call: ${content.title ?? content.name}`;
    case 'ToolResult': return `tool ${words(content.outcome ?? 'ended')}${content.output ? `: ${content.output}` : ''}`;
    default: return `${role}: ${plain([content])}`;
  }
}

function change({ change: { title, name, status } }) {
  return `tool call${title ?? name ? ` ${title ?? name}` : ''}${status ? ` is ${words(status)}` : ' tells more'}`;
}

const sentences = {
  ProjectCreated: ({ name, path }) => `project ${name} in ${path}`,
  ProjectDeleted: () => 'a project is taken off the list',
  ProjectRenamed: ({ name }) => `the project is called ${name}`,
  ProjectPolicySet: (event) => `a policy of the project is set by ${by(event.by)}`,
  ThreadCreated: ({ title, agent }) => `thread ${quoted(title)} with ${agent}`,
  ThreadDeleted: () => 'a thread is deleted',
  ThreadSelected: () => 'the thread is looked at',
  ThreadStatusChanged: ({ status }) => STATUS[status.type] ?? words(status.type),
  SessionUpdated: ({ title, modeId }) => `the agent tells of its session${title ? `: ${title}` : modeId ? `: mode ${modeId}` : ''}`,
  UsageUpdated: ({ usage }) => `used so far: ${usage.total ?? usage.contextUsed ?? '–'} tokens`,
  NoticeRecorded: ({ kind }) => `a notice of the agent: ${words(kind)}`,
  ThreadPolicySet: (event) => `a policy of the thread is set by ${by(event.by)}`,
  PromptQueued: ({ prompt }) => `a prompt waits: ${plain(prompt)}`,
  QueuedPromptEdited: ({ prompt }) => `a waiting prompt is now: ${plain(prompt)}`,
  QueuedPromptMoved: ({ position }) => `a waiting prompt moves to place ${position}`,
  QueuedPromptRemoved: () => 'a waiting prompt is removed',
  QueueHeld: ({ cause }) => `what waits is held: ${words(cause)}`,
  TurnStarted: ({ prompt }) => `a turn begins: ${plain(prompt)}`,
  MessageAppended: message,
  MessageChunkReceived: ({ text }) => `… ${text}`,
  ToolCallUpdated: change,
  PlanUpdated: ({ entries }) => `the plan: ${entries.filter((entry) => entry.status === 'completed').length} of ${entries.length} done`,
  RetryReported: ({ message: text }) => `the agent tries again: ${text}`,
  TurnCompleted: ({ stopReason }) => `the turn is completed${stopReason === 'end_turn' ? '' : ` (${words(stopReason)})`}`,
  TurnFailed: ({ error }) => `the turn failed: ${error.message}`,
  TurnInterrupted: ({ cause }) => `the turn is interrupted${cause ? `: ${words(cause)}` : ''}`,
  TurnDrained: () => 'the interrupted agent has fallen silent',
  ApprovalRequested: ({ title }) => `the agent asks: ${title}`,
  ActionApproved: (event) => `allowed by ${by(event.by)}`,
  ActionRejected: (event) => `rejected by ${by(event.by)}`,
  ApprovalExpired: ({ cause }) => `the question is void: ${words(cause)}`,
  CheckpointCreated: ({ description }) => `a checkpoint is asked for: ${description}`,
  CheckpointGitRefAssigned: ({ stats }) => `the checkpoint is taken${stats ? `: ${plural(stats.files, 'file')}` : ''}`,
  CheckpointFailed: why('no checkpoint'),
  CheckpointsThinned: ({ checkpoints }) => `${plural(checkpoints.length, 'checkpoint')} given up`,
  CheckpointRestoreRequested: asked('a restore'),
  CheckpointRestored: ({ summary }) => `restored: ${restored(summary)}`,
  CheckpointRestoreFailed: why('not restored'),
  CommitRequested: ({ message: text }) => `a commit is asked for: ${text}`,
  ChangesCommitted: ({ gitRef }) => `committed as ${gitRef.slice(0, 10)}`,
  CommitFailed: why('not committed'),
  BranchRequested: asked('a branch'),
  BranchCreated: () => 'the branch is made',
  BranchCreationFailed: why('no branch'),
  PushRequested: asked('a push'),
  BranchPushed: () => 'the branch is pushed',
  PushFailed: why('not pushed'),
  CleanupCompleted: () => 'cleared up in git',
  CleanupFailed: why('not cleared up'),
  WorktreeRequested: asked('a worktree'),
  WorktreeAdded: () => 'the worktree is there',
  WorktreeRemovalRequested: asked('the end of a worktree'),
  WorktreeRemoved: () => 'the worktree is removed',
  WorktreeMergeRequested: asked('the merge of a worktree'),
  WorktreeMerged: () => 'the worktree is merged',
  WorktreeFailed: why('the worktree'),
  UnknownEvent: ({ name }) => `a fact that only a newer Stele knows: ${name}`,
  LogLossAccepted: ({ sequences }) => `the loss of ${plural(sequences.length, 'fact')} is accepted`,
  WriterChanged: ({ node }) => `${node} writes from here on`,
  LogCompacted: ({ first, last }) => `compacted from ${first} to ${last}`,
  TextErased: ({ first, last }) => `text erased from ${first} to ${last}`,
  UnreadableEvent: why('this fact cannot be read'),
  AbsorbedEvent: ({ into }) => `is part of fact ${into} now`,
};

/** All names of facts that have a sentence. */
export const TOLD = Object.keys(sentences);

/** A fact in a sentence; of one without, its name. */
export function sentence(event) {
  try {
    return sentences[event.type]?.(event) ?? words(event.type);
  } catch {
    return event.type; // A field is missing that this page expects: the fact was written by another version.
  }
}
