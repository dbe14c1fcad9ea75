package dev.stele.app.engine;

import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.EraseText;
import dev.stele.domain.compact.Masking;
import dev.stele.domain.compact.SecretSearch;
import dev.stele.domain.decide.Decider;
import dev.stele.domain.decide.Decision;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.SecretText;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.CheckpointErasure;
import dev.stele.domain.port.CheckpointErasureReport;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LeaseState;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogRewriting.Replacement;
import dev.stele.domain.port.LogRewriting.Stretch;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.StretchChange;
import dev.stele.domain.port.WriterLease;
import dev.stele.domain.project.Projector;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Erases a text from checkpoints, and from a log that nobody works in: models and transcripts in
 * memory would still hold it. Each stretch that holds it is replaced by one with a mask in its
 * place, by a fact of its own. For one thread, and used once.
 */
public final class Erasure {

    private static final int PAGE = 4_096;

    private final EventStore store;
    private final CheckpointErasure checkpoints;
    private final SecretText secret;
    private final SecretSearch search;
    private final Map<TurnId, ThreadId> turns = new HashMap<>();
    private final TreeSet<ThreadId> threads =
            new TreeSet<>((a, b) -> a.value().compareTo(b.value()));
    private long head;

    /**
     * An erasure that has not begun.
     *
     * @param store the log, open to write unless it is only looked
     * @param checkpoints erases it from checkpoints
     * @param secret the text
     */
    public Erasure(EventStore store, CheckpointErasure checkpoints, SecretText secret) {
        this.store = store;
        this.checkpoints = checkpoints;
        this.secret = secret;
        this.search = new SecretSearch(secret);
    }

    /**
     * {@return where the text is} Changes nothing.
     *
     * @param progress hears how far it is
     */
    public ErasureReport look(LogProgress progress) {
        find(progress);
        return report(countReceipts(true), checkpoints.find(model(), secret), false);
    }

    /**
     * Erases the text.
     *
     * @param by who wants it
     * @param at when
     * @param progress hears how far it is
     * @return where it was
     * @throws StoreException when the log cannot be written, or somebody reads it; what was
     *     replaced before stays so, and doing it again does the rest
     */
    public ErasureReport erase(String by, Instant at, LogProgress progress) {
        holdLease();
        find(progress);
        CheckpointErasureReport changed = checkpoints.erase(model(), secret);
        SortedMap<Long, OrchestrationEvent> masked = search.masked();
        for (long place = 1; !masked.isEmpty() && place <= masked.lastKey(); ) {
            Stretch stretch = store.rewriting().from(place);
            SortedMap<Long, OrchestrationEvent> inside =
                    masked.subMap(stretch.first(), stretch.last() + 1);
            if (!inside.isEmpty()) {
                replace(stretch, inside, by, at);
            }
            place = stretch.last() + 1;
        }
        holdLease();
        int receipts = countReceipts(false);
        // Also when nothing was found: an erasure that was broken off may have left old pages.
        store.snapshots().keep(model());
        store.rewriting().scrub();
        return report(receipts, changed, true);
    }

    private void find(LogProgress progress) {
        head = store.head();
        for (long place = 0; place < head; ) {
            long last = Math.min(head, place + PAGE);
            Map<Long, String> besides = store.rewriting().besides(place + 1, last);
            for (StoredEvent stored : store.read(place, PAGE)) {
                int before = search.masked().size();
                search.see(stored, besides.getOrDefault(stored.sequence(), ""));
                note(stored, search.masked().size() > before);
            }
            place = last;
            progress.reached(place, head);
        }
    }

    private void note(StoredEvent stored, boolean found) {
        if (stored.event() instanceof TurnStarted e) {
            turns.put(e.turnId(), e.threadId());
        } else if (stored.event() instanceof QueueEvent.PromptQueued e) {
            turns.put(e.turnId(), e.threadId());
        }
        ThreadId thread = found ? thread(stored.event()) : null;
        if (thread != null) {
            threads.add(thread);
        }
    }

    private @Nullable ThreadId thread(OrchestrationEvent event) {
        return switch (event) {
            case TurnEvent e -> turns.get(e.turnId());
            case ApprovalEvent e -> turns.get(e.turnId());
            case QueueEvent.PromptQueued e -> e.threadId();
            case QueueEvent.QueuedPromptEdited e -> turns.get(e.turnId());
            case ThreadEvent.ThreadCreated e -> e.threadId();
            case ThreadEvent.SessionUpdated e -> e.threadId();
            case ThreadEvent.NoticeRecorded e -> e.threadId();
            case OrchestrationEvent _ -> null;
        };
    }

    /** One that was replaced before goes as a whole, of others only what is between the places. */
    private void replace(
            Stretch stretch, SortedMap<Long, OrchestrationEvent> inside, String by, Instant at) {
        long first = stretch.replaced() ? stretch.first() : inside.firstKey();
        long last = stretch.replaced() ? stretch.last() : inside.lastKey();
        holdLease();
        Replacement prepared = store.rewriting().prepare(new StretchChange(first, last, inside));
        tell(new EraseText(first, last, prepared.digest(), inside.size(), by, at), at);
        store.rewriting().replace(prepared);
    }

    /** Of a log that several nodes share, this one is the writer for as long as it takes. */
    private void holdLease() {
        WriterLease lease = store.lease();
        if (lease != null && lease.take() instanceof LeaseState.Elsewhere(var node, _)) {
            throw new StoreException(
                    "The node "
                            + node
                            + " writes to the log. Close Stele on all nodes, and do it again.",
                    null);
        }
    }

    private void tell(EraseText command, Instant at) {
        long now = store.head();
        List<OrchestrationEvent> facts =
                switch (Decider.decide(command, OrchestrationReadModel.EMPTY.atSequence(now))) {
                    case Decision.Accepted(var events) -> events;
                    case Decision.Rejected(var error) ->
                            throw new StoreException(
                                    "The erasure cannot be recorded: " + error.message(), null);
                };
        var entry = new Append.Entry(facts, null, null);
        AppendResult result = store.append(new Append(now, at, List.of(entry)));
        if (!(result instanceof AppendResult.Appended)) {
            throw new StoreException(
                    "The erasure cannot be recorded, since somebody else writes to the log ("
                            + result
                            + "). End that, and do it again.",
                    null);
        }
    }

    private int countReceipts(boolean look) {
        return store.rewriting().mask(outcome -> Masking.of(outcome, secret), look);
    }

    private OrchestrationReadModel model() {
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        long end = store.head();
        while (model.sequence() < end) {
            for (StoredEvent stored : store.read(model.sequence(), PAGE)) {
                model = Projector.project(model, stored);
            }
        }
        return model;
    }

    private ErasureReport report(
            int receipts, CheckpointErasureReport inCheckpoints, boolean erased) {
        return new ErasureReport(
                List.copyOf(search.masked().keySet()),
                List.copyOf(threads),
                receipts,
                inCheckpoints,
                erased);
    }
}
