package dev.stele.app.crash;

import dev.stele.app.support.Commands;
import dev.stele.contracts.CommandId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ProviderEvent.TextDelta;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.CreateProject;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.command.OrchestrationCommand.RenameProject;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.port.CommandEnvelope;
import java.util.List;

/**
 * Somebody who sends one command after the other, each when the one before is answered. What is
 * sent follows from its number alone: whoever knows how many were answered knows which one was not.
 *
 * @param number of the caller, from 1
 */
record Caller(int number) {

    /** Whether the command is one without an id: the agent's words, told apart by their marks. */
    static boolean isAgents(long step) {
        return step > 3 && step % 2 == 0;
    }

    TurnId turn() {
        return new TurnId("turn-" + number);
    }

    private ProjectId project() {
        return new ProjectId("project-" + number);
    }

    private ThreadId thread() {
        return new ThreadId("thread-" + number);
    }

    CommandId commandId(long step) {
        return new CommandId("caller-" + number + "-" + step);
    }

    CommandEnvelope envelope(long step) {
        return new CommandEnvelope(commandId(step), Commands.AT, command(step));
    }

    /** The command of that number, from 1. */
    OrchestrationCommand command(long step) {
        if (step == 1) {
            return new CreateProject(project(), "Project", "/projects/" + number, Commands.AT);
        }
        if (step == 2) {
            return new CreateThread(thread(), project(), "Thread", "scripted", Commands.AT);
        }
        if (step == 3) {
            return new StartTurn(
                    turn(), thread(), List.of(new MessageContent.Text("Count.")), Commands.AT);
        }
        return isAgents(step)
                ? new IngestProviderEvent(
                        thread(), turn(), step, new TextDelta(word(step), null), Commands.AT)
                : new RenameProject(project(), "Project at " + step);
    }

    private static String word(long step) {
        return step + ";";
    }

    /** All that the agent has said when so many commands were carried out. */
    String said(long steps) {
        var text = new StringBuilder();
        for (long step = 4; step <= steps; step += 2) {
            text.append(word(step));
        }
        return text.toString();
    }
}
