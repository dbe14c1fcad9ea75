package dev.stele.app.engine;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.decide.Decider;
import dev.stele.domain.decide.Decision;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.ProviderMark;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.project.Projector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one transaction is made of: letters are decided one after the other, each on the model that
 * the one before it left. Nobody hears an answer before all that it rests on is durable. Only for
 * the writer, and used once.
 */
final class Batch {
    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    private final Answered answered;
    private final Instant storedAt;
    private final long base;
    private final List<Append.Entry> entries = new ArrayList<>();
    private final List<Letter> authors = new ArrayList<>();
    private final List<StoredEvent> events = new ArrayList<>();
    private final List<Reply> replies = new ArrayList<>();
    private final Map<CommandId, Receipt> receipts = new HashMap<>();
    private final Map<TurnId, Long> marks = new HashMap<>();
    private OrchestrationReadModel model;

    Batch(OrchestrationReadModel model, Answered answered, Instant storedAt) {
        this.model = model;
        this.base = model.sequence();
        this.answered = answered;
        this.storedAt = storedAt;
    }

    /** Decides one more letter. */
    void add(Letter letter) {
        DispatchResult earlier = earlierAnswer(letter);
        replies.add(new Reply(letter, earlier == null ? decide(letter) : earlier));
    }

    /** What there is to store. */
    Append append() {
        return new Append(base, storedAt, entries);
    }

    /** Whether there is nothing to store. */
    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Who brought an entry. */
    Letter author(int entry) {
        return authors.get(entry);
    }

    /** The model when it is all stored. */
    OrchestrationReadModel model() {
        return model;
    }

    /** The facts as they are stored. */
    List<StoredEvent> events() {
        return events;
    }

    /** Tells everyone, now that it is stored. */
    void settle() {
        marks.forEach((turn, sequence) -> answered.remember(new ProviderMark(turn, sequence)));
        replies.forEach(reply -> reply.letter().answer(reply.result()));
    }

    /** What the letter was answered before, here or in the store; null when it is new. */
    @Nullable DispatchResult earlierAnswer(Letter letter) {
        Letter.Signature signature = letter.signature();
        Receipt receipt = signature == null ? null : receipt(signature.id());
        if (signature != null && receipt != null) {
            return receipt.fingerprint().equals(signature.fingerprint())
                    ? result(receipt.outcome())
                    : new DispatchResult.CommandIdConflict(signature.id());
        }
        ProviderMark mark = mark(letter);
        return mark != null && mark.sequence() <= takenIn(mark.turnId()) ? nothingNew() : null;
    }

    private @Nullable Receipt receipt(CommandId id) {
        Receipt here = receipts.get(id);
        return here == null ? answered.receipt(id) : here;
    }

    private long takenIn(TurnId turnId) {
        Long here = marks.get(turnId);
        return here == null ? answered.mark(turnId) : here;
    }

    private DispatchResult decide(Letter letter) {
        try {
            return switch (Decider.decide(letter.command(), model)) {
                case Decision.Accepted(var facts) -> accept(letter, facts);
                case Decision.Rejected(var error) -> {
                    note(letter, List.of(), new Receipt.Outcome.Rejected(error), null);
                    yield new DispatchResult.Rejected(error);
                }
            };
        } catch (RuntimeException | StackOverflowError defect) {
            LOG.error("A command could not be decided: {}", letter.command(), defect);
            return new DispatchResult.Unavailable(
                    "A defect in Stele keeps this command from being decided; nothing changed."
                            + " The log file of Stele tells more: "
                            + defect);
        }
    }

    private DispatchResult accept(Letter letter, List<OrchestrationEvent> facts) {
        OrchestrationReadModel next = model;
        var stored = new ArrayList<StoredEvent>(facts.size());
        for (OrchestrationEvent fact : facts) {
            var event = new StoredEvent(next.sequence() + 1, fact, storedAt);
            next = Projector.project(next, event);
            stored.add(event);
        }
        var outcome = new Receipt.Outcome.Accepted(model.sequence() + 1, next.sequence());
        note(letter, facts, outcome, mark(letter));
        events.addAll(stored);
        model = next;
        return result(outcome);
    }

    private void note(
            Letter letter,
            List<OrchestrationEvent> facts,
            Receipt.Outcome outcome,
            @Nullable ProviderMark mark) {
        Letter.Signature signature = letter.signature();
        Receipt receipt = null;
        if (signature != null) {
            receipt = new Receipt(signature.id(), signature.fingerprint(), outcome, storedAt);
            receipts.put(signature.id(), receipt);
        }
        if (mark != null) {
            marks.put(mark.turnId(), mark.sequence());
        }
        if (receipt != null || mark != null || !facts.isEmpty()) {
            entries.add(new Append.Entry(facts, receipt, mark));
            authors.add(letter);
        }
    }

    private DispatchResult nothingNew() {
        return new DispatchResult.Accepted(model.sequence() + 1, model.sequence());
    }

    private static @Nullable ProviderMark mark(Letter letter) {
        return letter.command() instanceof IngestProviderEvent ingest
                        && ingest.turnId() != null
                        && ingest.providerSequence() > 0
                ? new ProviderMark(ingest.turnId(), ingest.providerSequence())
                : null;
    }

    private static DispatchResult result(Receipt.Outcome outcome) {
        return switch (outcome) {
            case Receipt.Outcome.Accepted(var first, var last) ->
                    new DispatchResult.Accepted(first, last);
            case Receipt.Outcome.Rejected(var error) -> new DispatchResult.Rejected(error);
        };
    }

    /** An answer that is still kept back. */
    private record Reply(Letter letter, DispatchResult result) {}
}
