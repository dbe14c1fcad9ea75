package dev.stele.app.support;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.CreateProject;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.command.OrchestrationCommand.InterruptTurn;
import dev.stele.domain.command.OrchestrationCommand.RenameProject;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.port.CommandEnvelope;
import java.time.Instant;
import java.util.List;

/** Commands in few words. Things are named by their kind and a number. */
public final class Commands {
    /** The time that they carry. */
    public static final Instant AT = Instant.parse("2026-03-01T09:30:00Z");

    /** The first project. */
    public static final ProjectId PROJECT = new ProjectId("project-1");

    /** The first thread. */
    public static final ThreadId THREAD = new ThreadId("thread-1");

    /** The first turn. */
    public static final TurnId TURN = new TurnId("turn-1");

    private Commands() {}

    /** A command under an id. */
    public static CommandEnvelope as(String commandId, OrchestrationCommand command) {
        return new CommandEnvelope(new CommandId(commandId), AT, command);
    }

    /** Makes a project. */
    public static CreateProject project(int number) {
        return new CreateProject(
                new ProjectId("project-" + number), "Project " + number, "/projects/" + number, AT);
    }

    /** Renames the first project. */
    public static RenameProject rename(String name) {
        return new RenameProject(PROJECT, name);
    }

    /** Makes a thread in the first project. */
    public static CreateThread thread(int number) {
        return new CreateThread(
                new ThreadId("thread-" + number), PROJECT, "Thread " + number, "scripted", AT);
    }

    /** Starts a turn in the first thread. */
    public static StartTurn turn(int number) {
        return new StartTurn(
                new TurnId("turn-" + number),
                THREAD,
                List.of(new MessageContent.Text("Do " + number)),
                AT);
    }

    /** Interrupts the first thread. */
    public static InterruptTurn interrupt() {
        return new InterruptTurn(THREAD, AT);
    }

    /** The agent says something in the first turn. */
    public static IngestProviderEvent says(long sequence, String text) {
        return reports(sequence, new ProviderEvent.TextDelta(text, null));
    }

    /** The agent ends the first turn. */
    public static IngestProviderEvent ends(long sequence) {
        return reports(
                sequence, new ProviderEvent.TurnComplete(StopReason.END_TURN, null, null, null));
    }

    /** The agent reports something in the first turn. */
    public static IngestProviderEvent reports(long sequence, ProviderEvent event) {
        return new IngestProviderEvent(THREAD, TURN, sequence, event, AT);
    }
}
