package dev.stele.domain.decide;

import static dev.stele.domain.decide.Decision.accept;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.InvalidBranchName;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.OperationAlreadySettled;
import dev.stele.domain.command.DeciderError.OperationNotFound;
import dev.stele.domain.command.DeciderError.ProjectNotFound;
import dev.stele.domain.command.DeciderError.RestoreInProgress;
import dev.stele.domain.command.DeciderError.ThreadBusy;
import dev.stele.domain.command.DeciderError.ThreadNotFound;
import dev.stele.domain.command.OrchestrationCommand.AbandonOperation;
import dev.stele.domain.command.OrchestrationCommand.CommitChanges;
import dev.stele.domain.command.OrchestrationCommand.CreateBranch;
import dev.stele.domain.command.OrchestrationCommand.PushBranch;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointFailed;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointRestoreFailed;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.BranchCreationFailed;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.BranchRequested;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.CleanupFailed;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.CommitFailed;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.CommitRequested;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.PushFailed;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.PushRequested;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of commits, branches and pushes, and of giving outside work up. */
final class Operations {

    private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private static final String ABANDONED = "It was abandoned.";

    private Operations() {}

    static Decision commit(CommitChanges c, OrchestrationReadModel model) {
        DeciderError refusal =
                Fields.first(
                        Fields.notBlank("message", c.message()),
                        Selections.check("selection", c.selection()),
                        OperationIds.check("commitId", c.commitId(), model));
        if (refusal != null) {
            return Decision.reject(refusal);
        }
        ChatThread thread = model.thread(c.threadId());
        if (thread == null) {
            return Decision.reject(new ThreadNotFound(c.threadId()));
        }
        DeciderError elsewhere = Nodes.elsewhere(thread.projectId(), model);
        if (elsewhere != null) {
            return Decision.reject(elsewhere);
        }
        TurnId open = thread.openTurn();
        if (open != null) {
            return Decision.reject(new ThreadBusy(thread.id(), open));
        }
        OperationId restore = Restores.underWayIn(thread.projectId(), model);
        return restore != null
                ? Decision.reject(new RestoreInProgress(restore))
                : accept(
                        new CommitRequested(
                                c.commitId(), thread.id(), c.message(), c.selection(), c.at()));
    }

    static Decision branch(CreateBranch c, OrchestrationReadModel model) {
        DeciderError refusal =
                Fields.first(
                        model.project(c.projectId()) == null
                                ? new ProjectNotFound(c.projectId())
                                : null,
                        branchName(c.name()),
                        c.from() == null ? null : notAnOption("from", c.from()),
                        OperationIds.check("operationId", c.operationId(), model),
                        Nodes.elsewhere(c.projectId(), model));
        return refusal != null
                ? Decision.reject(refusal)
                : accept(
                        new BranchRequested(
                                c.operationId(), c.projectId(), c.name(), c.from(), c.at()));
    }

    static Decision push(PushBranch c, OrchestrationReadModel model) {
        DeciderError refusal =
                Fields.first(
                        model.project(c.projectId()) == null
                                ? new ProjectNotFound(c.projectId())
                                : null,
                        branchName(c.branch()),
                        notAnOption("remote", c.remote()),
                        c.lease() == null || OBJECT_ID.matcher(c.lease()).matches()
                                ? null
                                : new InvalidInput("lease", "it is no full commit id."),
                        OperationIds.check("operationId", c.operationId(), model),
                        Nodes.elsewhere(c.projectId(), model));
        return refusal != null
                ? Decision.reject(refusal)
                : accept(
                        new PushRequested(
                                c.operationId(),
                                c.projectId(),
                                c.branch(),
                                c.remote(),
                                c.lease(),
                                c.at()));
    }

    private static @Nullable DeciderError branchName(String name) {
        String why = BranchNames.problem(name);
        return why == null ? null : new InvalidBranchName(name, why);
    }

    /** Git would take such a word for an option. */
    private static @Nullable DeciderError notAnOption(String field, String value) {
        return value.startsWith("-")
                ? new InvalidInput(field, "it starts with a hyphen.")
                : Fields.notBlank(field, value);
    }

    /** An operation and a checkpoint may share an id: then the operation goes first. */
    static Decision abandon(AbandonOperation c, OrchestrationReadModel model) {
        Operation operation = model.operation(c.operationId());
        if (operation != null && operation.isOpen()) {
            return new Decision.Accepted(failure(operation, model, c.at()));
        }
        Checkpoint checkpoint = model.checkpoint(new CheckpointId(c.operationId().value()));
        if (checkpoint != null && checkpoint.isPending()) {
            return accept(new CheckpointFailed(checkpoint.id(), ABANDONED, c.at()));
        }
        return Decision.reject(
                operation == null && checkpoint == null
                        ? new OperationNotFound(c.operationId())
                        : new OperationAlreadySettled(c.operationId()));
    }

    private static List<OrchestrationEvent> failure(
            Operation operation, OrchestrationReadModel model, Instant at) {
        return switch (operation) {
            case Operation.Restore restore ->
                    Restores.end(
                            restore,
                            model,
                            new CheckpointRestoreFailed(restore.id(), ABANDONED, at),
                            at);
            case Operation.Commit commit -> List.of(new CommitFailed(commit.id(), ABANDONED, at));
            case Operation.Branch branch ->
                    List.of(new BranchCreationFailed(branch.id(), ABANDONED, at));
            case Operation.Push push -> List.of(new PushFailed(push.id(), ABANDONED, at));
            case Operation.Thinning thinning ->
                    List.of(new CleanupFailed(thinning.id(), ABANDONED, at));
            case Operation.Cleanup cleanup ->
                    List.of(new CleanupFailed(cleanup.id(), ABANDONED, at));
        };
    }
}
