package dev.stele.domain.decide;

import static dev.stele.domain.decide.Decision.accept;

import dev.stele.contracts.OperationId;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.OperationAlreadySettled;
import dev.stele.domain.command.DeciderError.OperationNotFound;
import dev.stele.domain.command.OrchestrationCommand.Report.CompleteCleanup;
import dev.stele.domain.command.OrchestrationCommand.Report.FailBranch;
import dev.stele.domain.command.OrchestrationCommand.Report.FailCommit;
import dev.stele.domain.command.OrchestrationCommand.Report.FailPush;
import dev.stele.domain.command.OrchestrationCommand.Report.RecordBranch;
import dev.stele.domain.command.OrchestrationCommand.Report.RecordCommit;
import dev.stele.domain.command.OrchestrationCommand.Report.RecordPush;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.BranchCreated;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.BranchCreationFailed;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.BranchPushed;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.ChangesCommitted;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.CleanupCompleted;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.CommitFailed;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.PushFailed;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;

/** The rules of a report: each operation is settled once, by a report of its own kind. */
final class Reports {

    private Reports() {}

    static Decision commit(RecordCommit r, OrchestrationReadModel model) {
        return settleRecorded(
                r.commitId(),
                Operation.Commit.class,
                model,
                r.gitRef(),
                new ChangesCommitted(r.commitId(), r.gitRef(), r.left(), r.at()));
    }

    static Decision commitFailed(FailCommit r, OrchestrationReadModel model) {
        return settleFailed(
                r.commitId(),
                Operation.Commit.class,
                model,
                r.why(),
                new CommitFailed(r.commitId(), r.why(), r.at()));
    }

    static Decision branch(RecordBranch r, OrchestrationReadModel model) {
        return settleRecorded(
                r.operationId(),
                Operation.Branch.class,
                model,
                r.gitRef(),
                new BranchCreated(r.operationId(), r.gitRef(), r.at()));
    }

    static Decision branchFailed(FailBranch r, OrchestrationReadModel model) {
        return settleFailed(
                r.operationId(),
                Operation.Branch.class,
                model,
                r.why(),
                new BranchCreationFailed(r.operationId(), r.why(), r.at()));
    }

    static Decision push(RecordPush r, OrchestrationReadModel model) {
        return settleRecorded(
                r.operationId(),
                Operation.Push.class,
                model,
                r.gitRef(),
                new BranchPushed(r.operationId(), r.gitRef(), r.at()));
    }

    static Decision pushFailed(FailPush r, OrchestrationReadModel model) {
        return settleFailed(
                r.operationId(),
                Operation.Push.class,
                model,
                r.why(),
                new PushFailed(r.operationId(), r.why(), r.at()));
    }

    static Decision cleanup(CompleteCleanup r, OrchestrationReadModel model) {
        boolean thinning = model.operation(r.operationId()) instanceof Operation.Thinning;
        return settle(
                r.operationId(),
                thinning ? Operation.Thinning.class : Operation.Cleanup.class,
                model,
                new CleanupCompleted(r.operationId(), r.at()));
    }

    /** A result with a git object to show for it, whose name is never empty. */
    private static Decision settleRecorded(
            OperationId id,
            Class<? extends Operation> kind,
            OrchestrationReadModel model,
            String gitRef,
            OrchestrationEvent result) {
        InvalidInput invalid = Fields.notBlank("gitRef", gitRef);
        return invalid != null ? Decision.reject(invalid) : settle(id, kind, model, result);
    }

    /** A failure, which always says why. */
    private static Decision settleFailed(
            OperationId id,
            Class<? extends Operation> kind,
            OrchestrationReadModel model,
            String why,
            OrchestrationEvent result) {
        InvalidInput invalid = Fields.notBlank("why", why);
        return invalid != null ? Decision.reject(invalid) : settle(id, kind, model, result);
    }

    /** Any result of an operation of one kind. */
    private static Decision settle(
            OperationId id,
            Class<? extends Operation> kind,
            OrchestrationReadModel model,
            OrchestrationEvent result) {
        Operation operation = model.operation(id);
        if (!kind.isInstance(operation)) {
            return Decision.reject(new OperationNotFound(id));
        }
        return operation.isOpen()
                ? accept(result)
                : Decision.reject(new OperationAlreadySettled(id));
    }
}
