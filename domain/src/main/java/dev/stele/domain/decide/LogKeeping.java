package dev.stele.domain.decide;

import static dev.stele.domain.decide.Decision.accept;
import static dev.stele.domain.decide.Decision.reject;

import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.LogUnreadable;
import dev.stele.domain.command.DeciderError.NothingLost;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.*;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.*;
import dev.stele.domain.model.OrchestrationReadModel;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules of keeping the log: with a fact that cannot be read nothing is decided on, until a
 * person accepts the loss.
 */
final class LogKeeping {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private LogKeeping() {}

    /** Why the log takes this command in no more than any other, or null. */
    static @Nullable LogUnreadable refusal(
            OrchestrationCommand command, OrchestrationReadModel model) {
        var unreadable = model.log().unreadable();
        return unreadable.isEmpty()
                        || command instanceof AcceptLogLoss
                        || command instanceof ChangeWriter
                ? null
                : new LogUnreadable(unreadable.head()._1(), unreadable.size());
    }

    static Decision acceptLoss(AcceptLogLoss command, OrchestrationReadModel model) {
        List<Long> sequences = command.sequences().stream().sorted().distinct().toList();
        DeciderError refusal =
                Fields.first(
                        Fields.notBlank("by", command.by()),
                        sequences.isEmpty() ? new InvalidInput("sequences", "it is empty.") : null,
                        nothingLost(sequences, model));
        return refusal == null
                ? accept(new LogLossAccepted(sequences, command.by(), command.at()))
                : reject(refusal);
    }

    static Decision compact(CompactLog command, OrchestrationReadModel model) {
        DeciderError refusal =
                stretch(command.first(), command.last(), command.digest(), model.sequence());
        return refusal == null
                ? accept(
                        new LogCompacted(
                                command.first(), command.last(), command.digest(), command.at()))
                : reject(refusal);
    }

    static Decision erase(EraseText command, OrchestrationReadModel model) {
        DeciderError refusal =
                Fields.first(
                        stretch(
                                command.first(),
                                command.last(),
                                command.digest(),
                                model.sequence()),
                        command.facts() < 1 ? new InvalidInput("facts", "it is below 1.") : null,
                        Fields.notBlank("by", command.by()));
        return refusal == null
                ? accept(
                        new TextErased(
                                command.first(),
                                command.last(),
                                command.digest(),
                                command.facts(),
                                command.by(),
                                command.at()))
                : reject(refusal);
    }

    private static @Nullable DeciderError stretch(long first, long last, String digest, long head) {
        return Fields.first(
                first < 1 ? new InvalidInput("first", "it is below 1.") : null,
                last < first || last > head
                        ? new InvalidInput("last", "the log has no such stretch.")
                        : null,
                DIGEST.matcher(digest).matches()
                        ? null
                        : new InvalidInput("digest", "it is no SHA-256 in hexadecimal."));
    }

    private static @Nullable NothingLost nothingLost(
            List<Long> sequences, OrchestrationReadModel model) {
        for (long sequence : sequences) {
            if (!model.log().unreadable().containsKey(sequence)) {
                return new NothingLost(sequence);
            }
        }
        return null;
    }
}
