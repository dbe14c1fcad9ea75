package dev.stele.app.engine;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final Set<TurnId> filled = new HashSet<>();
    private OrchestrationReadModel model;

    Batch(OrchestrationReadModel model, Answered answered, Instant storedAt) {
        this.model = model;
        this.base = model.sequence();
        this.answered = answered;
        this.storedAt = storedAt;
    }

    /** Decides one more letter. */
    void add(Letter letter) {
        DispatchResult known = earlierAnswer(letter);
        DispatchResult early = isTooEarly(letter) ? tooEarly() : null;
        DispatchResult settled = known == null ? early : known;
        replies.add(new Reply(letter, settled == null ? decide(letter) : settled));
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
        filled.forEach(answered::closeGap);
        receipts.keySet().forEach(answered::remember);
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
        ProviderMark mark = letter.mark();
        return mark != null && mark.sequence() <= takenIn(mark.turnId()) ? nothingNew() : null;
    }

    /** An agent's words never pass earlier ones that were not taken: those would seem repeats. */
    private boolean isTooEarly(Letter letter) {
        ProviderMark mark = letter.mark();
        if (mark == null || filled.contains(mark.turnId())) {
            return false;
        }
        long gap = answered.gap(mark.turnId());
        if (mark.sequence() == gap) {
            filled.add(mark.turnId());
        }
        return mark.sequence() > gap && takenIn(mark.turnId()) < gap;
    }

    private static DispatchResult tooEarly() {
        return new DispatchResult.Unavailable(
                "An earlier event of the turn was not taken yet; send that one first.");
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
            // The command itself may hold what does not belong into a log file.
            String kind = letter.command().getClass().getSimpleName();
            LOG.error("A command could not be decided: {}", kind, defect);
            return new DispatchResult.Unencodable(
                    "A defect of Stele keeps this command from being carried out, also when it is"
                            + " sent again; please report it: "
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
        note(letter, facts, outcome, letter.mark());
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
