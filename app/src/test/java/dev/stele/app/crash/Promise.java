package dev.stele.app.crash;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.InterruptTurn;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.port.CommandEnvelope;
import java.time.Instant;
import java.util.List;

/** A command that was answered as durable, in a line that it can be made of again. */
sealed interface Promise {
    /** The time that all of them carry. */
    Instant AT = Instant.parse("2026-03-01T09:30:00Z");

    /** The command's id. */
    CommandId commandId();

    /** What was wished. */
    OrchestrationCommand command();

    /** All that is needed to make it again. */
    String line();

    /** As it is sent. */
    default CommandEnvelope envelope() {
        return new CommandEnvelope(commandId(), AT, command());
    }

    /** A turn that was started. */
    record Started(CommandId commandId, ThreadId threadId, TurnId turnId) implements Promise {
        @Override
        public OrchestrationCommand command() {
            return new StartTurn(turnId, threadId, List.of(new MessageContent.Text("Go on.")), AT);
        }

        @Override
        public String line() {
            return "started " + commandId + " " + threadId + " " + turnId;
        }
    }

    /** A turn that was interrupted. */
    record Interrupted(CommandId commandId, ThreadId threadId) implements Promise {
        @Override
        public OrchestrationCommand command() {
            return new InterruptTurn(threadId, AT);
        }

        @Override
        public String line() {
            return "interrupted " + commandId + " " + threadId;
        }
    }

    /** A promise with the place in the log that it was given. */
    record Kept(Promise promise, long first, long last) {

        /** What a whole line of the victim says. */
        static Kept parse(String line) {
            List<String> words = List.of(line.split(" "));
            var commandId = new CommandId(words.get(1));
            var threadId = new ThreadId(words.get(2));
            Promise promise =
                    words.getFirst().equals("started")
                            ? new Started(commandId, threadId, new TurnId(words.get(3)))
                            : new Interrupted(commandId, threadId);
            return new Kept(
                    promise,
                    Long.parseLong(words.get(words.size() - 2)),
                    Long.parseLong(words.getLast()));
        }
    }
}
