package dev.stele.domain.decide;

import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.*;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.*;
import dev.stele.domain.command.OrchestrationCommand.PolicyCommand.*;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.*;
import dev.stele.domain.command.OrchestrationCommand.Report.*;
import dev.stele.domain.model.OrchestrationReadModel;

/** Turns a wish into facts. Pure: no clock, no random ids, no I/O. A table of contents. */
public final class Decider {

    private Decider() {}

    /**
     * {@return what a command amounts to in a state: facts, or a refusal that changes nothing}
     *
     * @param command the wish
     * @param model the state that it meets
     */
    public static Decision decide(OrchestrationCommand command, OrchestrationReadModel model) {
        DeciderError unreadable = LogKeeping.refusal(command, model);
        return unreadable == null ? decided(command, model) : Decision.reject(unreadable);
    }

    private static Decision decided(OrchestrationCommand command, OrchestrationReadModel model) {
        return switch (command) {
            case CreateProject c -> Projects.create(c, model);
            case DeleteProject c -> Projects.delete(c, model);
            case RenameProject c -> Projects.rename(c, model);
            case CreateThread c -> Threads.create(c, model);
            case DeleteThread c -> Threads.delete(c, model);
            case SelectThread c -> Threads.select(c, model);
            case StartTurn c -> Turns.start(c, model);
            case InterruptTurn c -> Turns.interrupt(c, model);
            case ApprovePendingAction c -> Approvals.approve(c, model);
            case RejectPendingAction c -> Approvals.reject(c, model);
            case IngestProviderEvent c -> ProviderEvents.ingest(c, model);
            case CreateCheckpoint c -> Checkpoints.create(c, model);
            case RestoreCheckpoint c -> Restores.request(c, model);
            case CommitChanges c -> Operations.commit(c, model);
            case CreateBranch c -> Operations.branch(c, model);
            case PushBranch c -> Operations.push(c, model);
            case ThinCheckpoints c -> Thinning.thin(c, model);
            case AbandonOperation c -> Operations.abandon(c, model);
            case QueueCommand c -> queue(c, model);
            case PolicyCommand c -> policy(c, model);
            case Report r -> report(r, model);
            case LogCommand c -> log(c, model);
        };
    }

    private static Decision queue(QueueCommand command, OrchestrationReadModel model) {
        return switch (command) {
            case QueuePrompt c -> Queues.queue(c, model);
            case EditQueuedPrompt c -> Queues.edit(c, model);
            case MoveQueuedPrompt c -> Queues.move(c, model);
            case RemoveQueuedPrompt c -> Queues.remove(c, model);
            case SendQueuedPrompt c -> Queues.send(c, model);
            case StartQueuedPrompt c -> Queues.start(c, model);
        };
    }

    private static Decision policy(PolicyCommand command, OrchestrationReadModel model) {
        return switch (command) {
            case SetProjectPolicy c -> Policies.set(c, model);
            case SetThreadPolicy c -> Policies.set(c, model);
            case JudgeAction c -> Policies.judge(c, model);
        };
    }

    private static Decision log(LogCommand command, OrchestrationReadModel model) {
        return switch (command) {
            case AcceptLogLoss c -> LogKeeping.acceptLoss(c, model);
            case ChangeWriter c -> Nodes.change(c, model);
            case CompactLog c -> LogKeeping.compact(c, model);
            case EraseText c -> LogKeeping.erase(c, model);
        };
    }

    private static Decision report(Report report, OrchestrationReadModel model) {
        return switch (report) {
            case AssignCheckpointGitRef r -> Checkpoints.assign(r, model);
            case FailCheckpoint r -> Checkpoints.fail(r, model);
            case CompleteRestore r -> Restores.complete(r, model);
            case FailRestore r -> Restores.fail(r, model);
            case RecordCommit r -> Reports.commit(r, model);
            case FailCommit r -> Reports.commitFailed(r, model);
            case RecordBranch r -> Reports.branch(r, model);
            case FailBranch r -> Reports.branchFailed(r, model);
            case RecordPush r -> Reports.push(r, model);
            case FailPush r -> Reports.pushFailed(r, model);
            case CompleteCleanup r -> Reports.cleanup(r, model);
        };
    }
}
