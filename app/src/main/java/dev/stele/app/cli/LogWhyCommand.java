package dev.stele.app.cli;

import dev.stele.app.Cause;
import dev.stele.contracts.Characters;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointCreated;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointRestoreRequested;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.BranchRequested;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.CommitRequested;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.PushRequested;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectCreated;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.PromptQueued;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadCreated;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Receipt;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code stele log why}: the command that led to something. */
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Tells which command led to a fact, a message or a checkpoint.")
final class LogWhyCommand extends LookingCommand {
    private static final int SHOWN = 100;
    private static final int PAGE = 1_000;

    @ParentCommand private @Nullable LogCommand log;

    @Parameters(
            paramLabel = "SEQ|ID",
            description =
                    "A place in the log; or the whole id of a turn, checkpoint, thread, project or"
                            + " operation; or a message as TURN/ORDINAL.")
    private String subject = "";

    @Override
    @Nullable SteleCommand parent() {
        return log == null ? null : log.parent();
    }

    @Override
    void print(Archive archive, Console console, boolean json) {
        Cause cause = archive.feed().why(sequence(archive));
        Receipt receipt = cause.receipt();
        if (json) {
            cause.facts().forEach(fact -> console.bytes(archive.codec().encode(fact)));
            if (receipt != null) {
                console.bytes(archive.codec().encode(receipt));
            }
            return;
        }
        for (StoredEvent fact : cause.facts()) {
            console.line(LogCommand.brief(fact, archive.codec(), console, SHOWN));
        }
        console.line(receipt == null ? unreceipted(cause) : answered(receipt));
    }

    private static String answered(Receipt receipt) {
        String facts =
                switch (receipt.outcome()) {
                    case Receipt.Outcome.Accepted(var first, var last) ->
                            "the facts " + first + " to " + last;
                    case Receipt.Outcome.Rejected _ -> "no facts";
                };
        return "by the command "
                + receipt.commandId()
                + ", answered "
                + Phrases.time(receipt.answeredAt())
                + ", which led to "
                + facts;
    }

    private static String unreceipted(Cause cause) {
        return "by Stele itself, without a command of anybody's ("
                + Phrases.time(cause.facts().getLast().storedAt())
                + ")";
    }

    private long sequence(Archive archive) {
        if (subject.matches("[0-9]{1,18}")) {
            long sequence = Long.parseLong(subject);
            long head = archive.model().sequence();
            if (sequence >= 1 && sequence <= head) {
                return sequence;
            }
            throw new NotFoundException(
                    "There is no fact " + sequence + ": the log has 1 to " + head + ".");
        }
        StoredEvent maker = first(archive, this::isMeant);
        if (maker == null) {
            throw new NotFoundException(
                    "Nothing in the log has the id "
                            + Characters.quoted(subject)
                            + ". Give a sequence as 'stele log' shows it, a whole id, or a message"
                            + " as TURN/ORDINAL.");
        }
        return maker.sequence();
    }

    private boolean isMeant(OrchestrationEvent event) {
        return event instanceof MessageAppended e
                ? subject.equals(e.turnId() + "/" + e.ordinal())
                : subject.equals(made(event))
                        || (event instanceof TurnStarted e && subject.equals(e.turnId() + "/0"));
    }

    /** The id of what a fact brings into being; of others an empty one, which nothing has. */
    private static String made(OrchestrationEvent event) {
        return switch (event) {
            case ProjectCreated e -> e.projectId().value();
            case ThreadCreated e -> e.threadId().value();
            case PromptQueued e -> e.turnId().value();
            case TurnStarted e -> e.turnId().value();
            case CheckpointCreated e -> e.checkpointId().value();
            case CheckpointRestoreRequested e -> e.restoreId().value();
            case CommitRequested e -> e.commitId().value();
            case BranchRequested e -> e.operationId().value();
            case PushRequested e -> e.operationId().value();
            case OrchestrationEvent _ -> "";
        };
    }

    private static @Nullable StoredEvent first(
            Archive archive, Predicate<OrchestrationEvent> wanted) {
        StoredEvent found = null;
        long place = 0;
        while (found == null) {
            List<StoredEvent> page = archive.feed().page(place, PAGE);
            if (page.isEmpty()) {
                return null;
            }
            for (StoredEvent fact : page) {
                found = found == null && wanted.test(fact.event()) ? fact : found;
            }
            place = page.getLast().sequence();
        }
        return found;
    }
}
