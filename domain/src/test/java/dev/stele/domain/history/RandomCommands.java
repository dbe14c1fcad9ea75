package dev.stele.domain.history;

import static dev.stele.domain.decide.Scene.ADA;
import static dev.stele.domain.decide.Scene.AT;
import static dev.stele.domain.decide.Scene.DIGEST;
import static dev.stele.domain.decide.Scene.HASH;
import static dev.stele.domain.decide.Scene.PROMPT;
import static dev.stele.domain.decide.Scene.REF;
import static dev.stele.domain.decide.Scene.STATS;
import static dev.stele.domain.decide.Scene.SUMMARY;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.*;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.*;
import dev.stele.domain.command.OrchestrationCommand.PolicyCommand.*;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.*;
import dev.stele.domain.command.OrchestrationCommand.Report.*;
import dev.stele.domain.command.OrchestrationCommand.WorktreeCommand.*;
import dev.stele.domain.model.ActionPolicy;
import dev.stele.domain.model.ActionPolicy.Rule;
import dev.stele.domain.model.ActionPolicy.Verdict;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.PromptQueue;
import dev.stele.domain.model.QueuedPrompt;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.domain.model.TouchedPath;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.Worktree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands as people, reactors and agents might send them, in an order that nobody planned. */
final class RandomCommands {

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f", "g", " ");
    private static final List<String> BRANCHES = List.of("main", "x/y", "a..b", "");
    private static final List<String> CHOICES = List.of("", "", "", "yes", "always", "no", "other");

    private static final List<String> PATTERNS = List.of("**", "src/*", "docs/", " ");
    private static final List<MessageContent> LONG_PROMPT =
            List.of(new MessageContent.Text("x".repeat((int) PromptQueue.MOST_CHARACTERS + 1)));

    static final List<String> NODES = List.of("alpha", "beta");

    private final Draws draws;
    private final RandomProviderEvents agents;
    private Instant clock = AT;

    RandomCommands(long seed) {
        draws = new Draws(seed);
        agents = new RandomProviderEvents(draws);
    }

    OrchestrationCommand next(OrchestrationReadModel model) {
        clock = clock.plus(Duration.ofMillis(1));
        if (model.threads().size() < 2 && !draws.oneIn(4)) {
            return model.projects().isEmpty() || draws.oneIn(3) ? newProject() : newThread(model);
        }
        return switch (draws.below(20)) {
            case 0 -> ofPeople(model);
            case 1, 2, 3, 4 -> ofConversations(model);
            case 5, 6 -> ofWork(model);
            case 7, 8, 9 -> ofCheckpoints(model);
            case 10, 11, 12, 13 -> report(model);
            default -> ofAgents(model);
        };
    }

    private OrchestrationCommand ofPeople(OrchestrationReadModel model) {
        return switch (draws.below(16)) {
            case 0, 1, 2 -> newProject();
            case 3, 4, 5, 6 -> newThread(model);
            case 7 -> new RenameProject(draws.project(model), draws.one(NAMES));
            case 8, 9 -> new SelectThread(draws.thread(model));
            case 10 -> new DeleteThread(draws.thread(model), clock);
            case 11 -> new AcceptLogLoss(List.of(model.sequence()), "ada", clock);
            case 12 ->
                    new ChangeWriter(
                            draws.one(NODES), draws.oneIn(4) ? 0 : model.sequence() + 1, clock);
            case 13 -> new CompactLog(1, 1 + draws.below(9), DIGEST, clock);
            case 14 -> new EraseText(1, 1 + draws.below(9), DIGEST, draws.below(3), "ada", clock);
            default -> new DeleteProject(draws.project(model), clock);
        };
    }

    private CreateProject newProject() {
        return new CreateProject(
                draws.newProject(),
                draws.one(NAMES),
                draws.directory(),
                draws.oneIn(2) ? draws.one(NODES) : null,
                clock);
    }

    private CreateThread newThread(OrchestrationReadModel model) {
        return new CreateThread(
                draws.newThread(), draws.place(model), draws.one(NAMES), "scripted", clock);
    }

    private OrchestrationCommand ofConversations(OrchestrationReadModel model) {
        ThreadId busy = draws.busyThread(model);
        return switch (draws.below(12)) {
            case 8, 9, 10 -> ofQueues(model);
            case 11 -> ofPolicies(model);
            case 0, 1, 2, 3 ->
                    new StartTurn(
                            draws.newTurn(),
                            draws.idleThread(model),
                            draws.oneIn(8) ? List.of() : PROMPT,
                            clock);
            case 4 -> new InterruptTurn(busy, clock);
            case 5, 6 ->
                    new ApprovePendingAction(busy, draws.action(model, busy), choice(), ADA, clock);
            default ->
                    new RejectPendingAction(
                            busy, draws.action(model, busy), choice(), null, ADA, clock);
        };
    }

    private OrchestrationCommand ofQueues(OrchestrationReadModel model) {
        TurnId prompt = draws.queuedPrompt(model);
        QueuedPrompt waiting = model.queuedPrompt(prompt);
        ThreadId thread = waiting == null ? draws.thread(model) : waiting.threadId();
        return switch (draws.below(12)) {
            case 0 -> new EditQueuedPrompt(thread, prompt, prompt(), clock);
            case 1 -> new MoveQueuedPrompt(thread, prompt, draws.below(4));
            case 2 -> new RemoveQueuedPrompt(thread, prompt, clock);
            case 3 -> new SendQueuedPrompt(thread, prompt, clock);
            case 4, 5, 6 -> new StartQueuedPrompt(thread, prompt, clock);
            default -> new QueuePrompt(draws.newTurn(), draws.busyThread(model), prompt(), clock);
        };
    }

    private List<MessageContent> prompt() {
        return switch (draws.below(8)) {
            case 0 -> List.of();
            case 1 -> LONG_PROMPT;
            case 2 -> List.of(new MessageContent.Text(draws.one(NAMES)));
            default -> PROMPT;
        };
    }

    private OrchestrationCommand ofPolicies(OrchestrationReadModel model) {
        ThreadId busy = draws.busyThread(model);
        return switch (draws.below(4)) {
            case 0 -> new SetProjectPolicy(draws.project(model), policy(), ADA, clock);
            case 1 -> new SetThreadPolicy(busy, policy(), ADA, clock);
            default -> new JudgeAction(busy, draws.action(model, busy), paths(), clock);
        };
    }

    private ActionPolicy policy() {
        var rule = new Rule(draws.one(List.of(Verdict.values())), List.of(), draws.one(PATTERNS));
        return new ActionPolicy(List.of(rule), draws.oneIn(4), draws.oneIn(4));
    }

    private List<TouchedPath> paths() {
        return draws.oneIn(2)
                ? List.of()
                : List.of(new TouchedPath("src/Clock.java", draws.oneIn(2)));
    }

    private @Nullable String choice() {
        String choice = draws.one(CHOICES);
        return choice.isEmpty() ? null : choice;
    }

    private OrchestrationCommand ofAgents(OrchestrationReadModel model) {
        ThreadId thread = draws.busyThread(model);
        TurnId turn = draws.oneIn(20) ? null : draws.turn(model, thread);
        return new IngestProviderEvent(thread, turn, 0, agents.next(thread, model), clock);
    }

    private @Nullable ChangeSelection selection() {
        return switch (draws.below(4)) {
            case 0 -> null;
            case 1 -> new ChangeSelection.Own();
            case 2 -> new ChangeSelection.All();
            default -> new ChangeSelection.Paths(List.of("src/Clock.java", draws.one(NAMES)));
        };
    }

    private OrchestrationCommand ofWork(OrchestrationReadModel model) {
        return switch (draws.below(12)) {
            case 9 -> newWorktree(model);
            case 10 ->
                    new RemoveWorktree(
                            draws.newOperation(),
                            draws.worktree(model),
                            draws.oneIn(2) ? draws.thread(model) : null,
                            clock);
            case 11 -> new MergeWorktree(draws.newOperation(), draws.worktree(model), clock);
            case 0, 1, 2 ->
                    new RestoreCheckpoint(
                            draws.newOperation(),
                            draws.oneIn(6)
                                    ? draws.thinnedCheckpoint(model)
                                    : draws.readyCheckpoint(model),
                            draws.one(List.of(RestoreScope.values())),
                            clock);
            case 3, 4 ->
                    new CommitChanges(
                            draws.newOperation(),
                            draws.thread(model),
                            draws.one(NAMES),
                            selection(),
                            clock);
            case 5 ->
                    new CreateBranch(
                            draws.newOperation(),
                            draws.place(model),
                            draws.one(BRANCHES),
                            null,
                            clock);
            case 6 ->
                    new PushBranch(
                            draws.newOperation(),
                            draws.place(model),
                            draws.one(BRANCHES),
                            "origin",
                            null,
                            clock);
            case 7 ->
                    new ThinCheckpoints(
                            draws.newOperation(),
                            draws.project(model),
                            new ThinningPolicy(draws.below(3), 1 + draws.below(3)),
                            clock.plus(Duration.ofDays(draws.below(12))));
            default ->
                    new AbandonOperation(
                            draws.oneIn(2)
                                    ? draws.openOperation(model)
                                    : new OperationId(draws.pendingCheckpoint(model).value()),
                            clock);
        };
    }

    /** A new one, or one that comes back. */
    private AddWorktree newWorktree(OrchestrationReadModel model) {
        Project known = model.project(draws.project(model));
        Worktree worktree = known == null ? null : known.worktree();
        if (known != null && worktree != null) {
            return new AddWorktree(
                    draws.newOperation(),
                    known.id(),
                    worktree.projectId(),
                    known.name(),
                    known.path(),
                    worktree.top(),
                    worktree.branch(),
                    null,
                    clock);
        }
        String directory = draws.directory();
        return new AddWorktree(
                draws.newOperation(),
                draws.newProject(),
                draws.project(model),
                draws.one(NAMES),
                directory,
                draws.oneIn(8) ? "/x" : directory,
                draws.one(BRANCHES),
                null,
                clock);
    }

    /** Mostly what the checkpoint reactor would ask for, sometimes too early or too late. */
    private OrchestrationCommand ofCheckpoints(OrchestrationReadModel model) {
        TurnId turnId = draws.unsettledTurn(model);
        Turn turn = model.turn(turnId);
        ThreadId owner = turn == null || draws.oneIn(20) ? draws.thread(model) : turn.threadId();
        return switch (draws.below(4)) {
            case 0 -> checkpoint(CheckpointId.before(turnId), owner, turnId);
            case 1, 2 -> checkpoint(CheckpointId.after(turnId), owner, turnId);
            default -> checkpoint(draws.newCheckpoint(), owner, draws.oneIn(2) ? turnId : null);
        };
    }

    private CreateCheckpoint checkpoint(CheckpointId id, ThreadId owner, @Nullable TurnId turn) {
        return new CreateCheckpoint(id, owner, turn, draws.one(NAMES), clock);
    }

    private Report report(OrchestrationReadModel model) {
        if (draws.oneIn(2)) {
            return checkpointReport(draws.pendingCheckpoint(model));
        }
        OperationId id = draws.openOperation(model);
        return switch (draws.oneIn(8) ? null : model.operation(id)) {
            case null -> reportOfAnyKind(id, draws.below(11));
            case Operation.Commit _ -> reportOfAnyKind(id, draws.below(2));
            case Operation.Branch _ -> reportOfAnyKind(id, 2 + draws.below(2));
            case Operation.Push _ -> reportOfAnyKind(id, 4 + draws.below(2));
            case Operation.Restore _ -> reportOfAnyKind(id, 6 + draws.below(2));
            case Operation.OfWorktree _ -> reportOfAnyKind(id, 9 + draws.below(2));
            case Operation.Thinning _, Operation.Cleanup _ -> reportOfAnyKind(id, 8);
        };
    }

    private Report checkpointReport(CheckpointId id) {
        return draws.oneIn(4)
                ? new FailCheckpoint(id, draws.one(NAMES), clock)
                : new AssignCheckpointGitRef(id, draws.oneIn(8) ? "" : REF, STATS, clock);
    }

    private Report reportOfAnyKind(OperationId id, int kind) {
        String ref = draws.oneIn(8) ? "" : HASH;
        String why = draws.one(NAMES);
        return switch (kind) {
            case 0 -> new RecordCommit(id, ref, clock);
            case 1 -> new FailCommit(id, why, clock);
            case 2 -> new RecordBranch(id, ref, clock);
            case 3 -> new FailBranch(id, why, clock);
            case 4 -> new RecordPush(id, ref, clock);
            case 5 -> new FailPush(id, why, clock);
            case 6 -> new CompleteRestore(id, SUMMARY, clock);
            case 7 -> new FailRestore(id, why, clock);
            case 8 -> new CompleteCleanup(id, clock);
            case 9 -> new RecordWorktree(id, ref, clock);
            default -> new FailWorktree(id, why, List.of("a"), clock);
        };
    }
}
