package dev.stele.domain.history;

import static dev.stele.domain.decide.Scene.AT;
import static dev.stele.domain.decide.Scene.CRASH;
import static dev.stele.domain.decide.Scene.HASH;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.Identifier;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.*;
import dev.stele.domain.command.OrchestrationCommand.Report.RecordWorktree;
import dev.stele.domain.command.OrchestrationCommand.WorktreeCommand.RemoveWorktree;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.Lanes.Work;
import dev.stele.domain.model.Lanes.Work.TurnWork;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.Worktree;
import java.util.ArrayList;
import java.util.List;

/** The commands that end everything that is open. */
final class Leaving {

    private Leaving() {}

    static List<OrchestrationCommand> interrupts(OrchestrationReadModel model) {
        List<OrchestrationCommand> commands = new ArrayList<>();
        for (ChatThread thread : model.threads().values()) {
            if (thread.openTurn() != null) {
                commands.add(new InterruptTurn(thread.id(), AT));
            }
        }
        return commands;
    }

    /** Their agents are gone. */
    static List<OrchestrationCommand> drains(OrchestrationReadModel model) {
        List<OrchestrationCommand> commands = new ArrayList<>();
        for (ChatThread thread : model.threads().values()) {
            for (TurnId turn : thread.draining()) {
                var gone = new ProviderEvent.Error(CRASH);
                commands.add(new IngestProviderEvent(thread.id(), turn, 0, gone, AT));
            }
        }
        return commands;
    }

    static List<OrchestrationCommand> lastCheckpoints(OrchestrationReadModel model, String node) {
        List<OrchestrationCommand> commands = new ArrayList<>();
        for (Work work : model.lanes().open().values()) {
            Turn turn = work instanceof TurnWork(_, var id) ? model.turn(id) : null;
            if (turn != null
                    && work.place().mayBeOn(node)
                    && model.checkpoint(CheckpointId.after(turn.id())) == null) {
                commands.add(
                        new CreateCheckpoint(
                                CheckpointId.after(turn.id()),
                                turn.threadId(),
                                turn.id(),
                                "late",
                                AT));
            }
        }
        return commands;
    }

    /** A worktree that never came about takes with it what was asked for in it. */
    static List<OrchestrationCommand> abandonedWorktrees(OrchestrationReadModel model) {
        List<OrchestrationCommand> commands = new ArrayList<>();
        for (OperationId id : model.openOperations()) {
            if (model.operation(id) instanceof Operation.OfWorktree) {
                commands.add(new AbandonOperation(id, AT));
            }
        }
        return commands;
    }

    /** Operations first: a restore takes its safety checkpoint with it. */
    static List<OrchestrationCommand> abandonedOperations(OrchestrationReadModel model) {
        List<OrchestrationCommand> commands = new ArrayList<>();
        for (OperationId id : model.openOperations()) {
            commands.add(new AbandonOperation(id, AT));
        }
        return commands;
    }

    static List<OrchestrationCommand> abandonedCheckpoints(OrchestrationReadModel model) {
        List<OrchestrationCommand> commands = new ArrayList<>();
        for (Checkpoint checkpoint : model.checkpoints().values()) {
            if (checkpoint.isPending()) {
                commands.add(new AbandonOperation(new OperationId(checkpoint.id().value()), AT));
            }
        }
        return commands;
    }

    /** The removals of worktrees of a node, asked for where nobody is at work any more. */
    static List<OrchestrationCommand> removals(OrchestrationReadModel model, String node) {
        List<OrchestrationCommand> commands = new ArrayList<>();
        for (Project project : model.projects().values()) {
            Worktree worktree = project.worktree();
            if (worktree != null && worktree.takesWork() && project.place().mayBeOn(node)) {
                var id = new OperationId(Identifier.derived(project.id().value(), "-gone"));
                commands.add(new RemoveWorktree(id, project.id(), null, AT));
                commands.add(new RecordWorktree(id, HASH, AT));
            }
        }
        return commands;
    }

    /** Projects take their worktrees with them. */
    static List<OrchestrationCommand> deletions(OrchestrationReadModel model) {
        List<OrchestrationCommand> commands = new ArrayList<>();
        for (Project project : model.projects().values()) {
            if (project.worktree() == null) {
                commands.add(new DeleteProject(project.id(), AT));
            }
        }
        return commands;
    }
}
