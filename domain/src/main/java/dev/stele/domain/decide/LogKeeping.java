package dev.stele.domain.decide;

import static dev.stele.domain.decide.Decision.accept;
import static dev.stele.domain.decide.Decision.reject;

import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.LogUnreadable;
import dev.stele.domain.command.DeciderError.NothingLost;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.AcceptLogLoss;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.ChangeWriter;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.LogLossAccepted;
import dev.stele.domain.model.OrchestrationReadModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of keeping the log: with a fact that cannot be read nothing is decided on, until a
 * person accepts the loss.
 */
final class LogKeeping {

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
