package dev.stele.git.testing;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.CommitChanges;
import dev.stele.domain.command.OrchestrationCommand.CreateCheckpoint;
import dev.stele.domain.command.OrchestrationCommand.CreateProject;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.command.OrchestrationCommand.InterruptTurn;
import dev.stele.domain.command.OrchestrationCommand.RestoreCheckpoint;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.RestoreScope;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people and agents do, told to a {@link FakeEngine}. */
public record Story(FakeEngine engine) {

    public static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    /** A story that begins with a project, called p, and a thread in it, called t. */
    public static Story in(Path directory) {
        return new Story(new FakeEngine()).project("p", directory).thread("t", "p");
    }

    public Story project(String id, Path directory) {
        engine.accept(new CreateProject(new ProjectId(id), id, directory.toString(), AT));
        return this;
    }

    public Story thread(String id, String project) {
        engine.accept(new CreateThread(new ThreadId(id), new ProjectId(project), id, "agent", AT));
        return this;
    }

    public Story turn(String id, String thread) {
        engine.accept(
                new StartTurn(
                        new TurnId(id),
                        new ThreadId(thread),
                        List.of(new MessageContent.Text("do it")),
                        AT));
        return this;
    }

    /** The agent ends a turn. */
    public Story end(String turn, String thread) {
        engine.accept(
                new IngestProviderEvent(
                        new ThreadId(thread),
                        new TurnId(turn),
                        1,
                        new ProviderEvent.TurnComplete(StopReason.END_TURN, null, null, null),
                        AT));
        return this;
    }

    /** The agent of a turn fails. */
    public Story fail(String turn, String thread) {
        engine.accept(
                new IngestProviderEvent(
                        new ThreadId(thread),
                        new TurnId(turn),
                        1,
                        new ProviderEvent.Error(
                                ProviderError.of(
                                        ProviderError.Scope.PROCESS,
                                        ProviderError.Kind.CRASH,
                                        "The agent ended.")),
                        AT));
        return this;
    }

    public Story interrupt(String thread) {
        engine.accept(new InterruptTurn(new ThreadId(thread), AT));
        return this;
    }

    public Story checkpoint(String id, String thread) {
        engine.accept(
                new CreateCheckpoint(
                        new CheckpointId(id), new ThreadId(thread), null, "by hand", AT));
        return this;
    }

    public Story restore(String id, String checkpoint, RestoreScope scope) {
        engine.accept(
                new RestoreCheckpoint(
                        new OperationId(id), new CheckpointId(checkpoint), scope, AT));
        return this;
    }

    public Story restore(String id, String checkpoint, ChangeSelection selection) {
        engine.accept(
                new RestoreCheckpoint(
                        new OperationId(id),
                        new CheckpointId(checkpoint),
                        RestoreScope.FILES,
                        selection,
                        AT));
        return this;
    }

    /** Commits everything. */
    public Story commit(String id, String thread) {
        return commit(id, thread, new ChangeSelection.All());
    }

    public Story commit(String id, String thread, @Nullable ChangeSelection selection) {
        engine.accept(
                new CommitChanges(
                        new OperationId(id),
                        new ThreadId(thread),
                        "by the thread",
                        selection,
                        Instant.now()));
        return this;
    }

    /** Waits until an operation is settled; returns what came of it. */
    public OperationState outcome(String id) {
        var operationId = new OperationId(id);
        Operation operation =
                engine.await(
                                model -> {
                                    Operation found = model.operation(operationId);
                                    return found != null && !found.isOpen();
                                })
                        .operation(operationId);
        if (operation == null) {
            throw new AssertionError(id + " is gone");
        }
        return operation.state();
    }

    /** A checkpoint as the model has it. */
    public @Nullable Checkpoint find(String id) {
        return engine.model().checkpoint(new CheckpointId(id));
    }

    /** Waits until a checkpoint is ready; returns its ref. */
    public String ready(String id) {
        CheckpointState state = settled(id);
        if (state instanceof CheckpointState.Ready ready) {
            return ready.gitRef();
        }
        throw new AssertionError(id + ": " + state);
    }

    /** Waits until a checkpoint is ready or has failed. */
    public CheckpointState settled(String id) {
        var checkpointId = new CheckpointId(id);
        Checkpoint checkpoint =
                engine.await(
                                model -> {
                                    Checkpoint found = model.checkpoint(checkpointId);
                                    return found != null && !found.isPending();
                                })
                        .checkpoint(checkpointId);
        if (checkpoint == null) {
            throw new AssertionError(id + " is gone");
        }
        return checkpoint.state();
    }
}
