package dev.stele.app.engine;

import dev.stele.domain.command.OrchestrationCommand.LogCommand.CompactLog;
import dev.stele.domain.compact.Merging;
import dev.stele.domain.compact.Proof;
import dev.stele.domain.compact.Retention;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.UnreadableEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogRewriting;
import dev.stele.domain.port.LogRewriting.Replacement;
import dev.stele.domain.port.LogRewriting.Stretch;
import dev.stele.domain.port.StretchChange;
import dev.stele.domain.project.Projector;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One walk through the log that replaces its closed stretches by less, each by a fact of its own in
 * the usual way, so that the writer works on beside it. A stretch is only replaced when the model
 * and what was said are equal after it; else the walk ends there. For one thread, and used once.
 */
final class Compaction {

    /** What is shorter is left for later: each stretch costs a fact and a row. */
    private static final int SHORTEST = 64;

    private static final int PAGE = 4_096;

    private final EventStore store;
    private final LogRewriting rewriting;
    private final CommandGateway gateway;
    private final OrchestrationReadModel now;
    private final Limits limits;
    private final Retention retention;
    private OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
    private boolean over;

    private int stretches;
    private long facts;
    private long absorbed;
    private String stopped = "";

    /**
     * What is not touched.
     *
     * @param at the time of this compaction
     * @param storedBefore facts that were stored at this time or later stay as they are
     * @param keep so many of the newest facts stay as they are
     * @param deletedBefore what was said in threads that were deleted later stays
     */
    record Limits(Instant at, Instant storedBefore, long keep, Instant deletedBefore) {}

    /**
     * What came of it.
     *
     * @param stretches how many were replaced
     * @param facts how many facts they held
     * @param absorbed how many of those have no place of their own any more
     * @param stopped why it ended early; empty when it did not
     */
    record Outcome(int stretches, long facts, long absorbed, String stopped) {}

    /**
     * A compaction that has not begun.
     *
     * @param store the log
     * @param gateway takes what is told of it
     * @param now the newest model: turns that are live in it are not touched
     * @param limits what is not touched, either
     */
    Compaction(
            EventStore store, CommandGateway gateway, OrchestrationReadModel now, Limits limits) {
        this.store = store;
        this.rewriting = store.rewriting();
        this.gateway = gateway;
        this.now = now;
        this.limits = limits;
        this.retention = new Retention(limits.deletedBefore());
    }

    /**
     * Does it.
     *
     * @param progress hears how far it is
     * @throws InterruptedException when the waiting thread is interrupted; what was replaced stays
     */
    Outcome run(LogProgress progress) throws InterruptedException {
        if (isDroppingSound()) {
            long end = now.sequence() - limits.keep();
            while (!over && model.sequence() < end) {
                step(rewriting.from(model.sequence() + 1), end);
                progress.reached(Math.min(model.sequence(), end), Math.max(0, end));
            }
        } else {
            stopped =
                    "Without what was said in deleted threads the log would not amount to the same;"
                            + " nothing was changed.";
        }
        return new Outcome(stretches, facts, absorbed, stopped);
    }

    /** Folds the whole log with and without what is to be dropped, if anything is. */
    private boolean isDroppingSound() {
        if (now.retired().threads().isEmpty()) {
            return true;
        }
        for (long place = 0; place < now.sequence(); ) {
            List<StoredEvent> page = store.read(place, PAGE);
            page.forEach(retention::see);
            place += page.size();
        }
        return !retention.isNeeded() || isEqualWithoutDropped();
    }

    private boolean isEqualWithoutDropped() {
        OrchestrationReadModel whole = OrchestrationReadModel.EMPTY;
        OrchestrationReadModel without = OrchestrationReadModel.EMPTY;
        while (whole.sequence() < now.sequence()) {
            for (StoredEvent stored : store.read(whole.sequence(), PAGE)) {
                whole = Projector.project(whole, stored);
                without = Projector.project(without, kept(stored));
            }
        }
        return whole.equals(without);
    }

    private StoredEvent kept(StoredEvent stored) {
        OrchestrationEvent kept = retention.kept(stored.event());
        return kept.equals(stored.event())
                ? stored
                : new StoredEvent(stored.sequence(), kept, stored.storedAt());
    }

    /** Takes the next stretch, and replaces it if there is something to gain. */
    private void step(Stretch stretch, long end) throws InterruptedException {
        long last = Math.min(stretch.last(), end);
        int length = (int) (last - stretch.first() + 1);
        List<StoredEvent> original = closed(store.read(stretch.first() - 1, length));
        if (stretch.replaced() && original.size() <= stretch.last() - stretch.first()) {
            over = true; // it is replaced as a whole or not at all
            return;
        }
        if (original.isEmpty()) {
            return;
        }
        List<StoredEvent> dropped = original.stream().map(this::kept).toList();
        Map<Long, OrchestrationEvent> merged = Merging.of(dropped, besides(original).keySet());
        switch (Proof.of(model, dropped, merged)) {
            case Proof.Equal(var after) -> {
                Map<Long, OrchestrationEvent> changed = changes(original, dropped, merged);
                boolean gains =
                        stretch.replaced() ? !changed.isEmpty() : original.size() >= SHORTEST;
                if (gains) {
                    replace(original, changed);
                }
                model = after;
            }
            case Proof.Different(var why) -> stop(stretch.first(), last, why);
        }
    }

    private SortedMap<Long, String> besides(List<StoredEvent> stretch) {
        return rewriting.besides(stretch.getFirst().sequence(), stretch.getLast().sequence());
    }

    /** Those up to where something begins that is not over. */
    private List<StoredEvent> closed(List<StoredEvent> stretch) {
        for (int i = 0; i < stretch.size(); i++) {
            StoredEvent stored = stretch.get(i);
            if (stored.event() instanceof UnreadableEvent(var why)) {
                stop(stored.sequence(), stored.sequence(), why);
            }
            over = over || isOpen(stored);
            if (over) {
                return stretch.subList(0, i);
            }
        }
        return stretch;
    }

    private boolean isOpen(StoredEvent stored) {
        return !stored.storedAt().isBefore(limits.storedBefore())
                || (stored.event() instanceof TurnStarted e && isLive(now.turn(e.turnId())));
    }

    private static boolean isLive(@Nullable Turn turn) {
        return turn != null && turn.state().isLive();
    }

    private void stop(long first, long last, String why) {
        over = true;
        stopped =
                "The events from "
                        + first
                        + " to "
                        + last
                        + " are not replaced, nor what comes after them: "
                        + why
                        + ". Nothing is lost, the log holds them as before.";
    }

    /** The facts that are others, after what is dropped and what is merged. */
    private static Map<Long, OrchestrationEvent> changes(
            List<StoredEvent> original,
            List<StoredEvent> dropped,
            Map<Long, OrchestrationEvent> merged) {
        Map<Long, OrchestrationEvent> changes = new HashMap<>(merged);
        for (int i = 0; i < original.size(); i++) {
            if (!original.get(i).equals(dropped.get(i))) {
                changes.putIfAbsent(dropped.get(i).sequence(), dropped.get(i).event());
            }
        }
        return changes;
    }

    private void replace(List<StoredEvent> stretch, Map<Long, OrchestrationEvent> changed)
            throws InterruptedException {
        Replacement prepared =
                rewriting.prepare(
                        new StretchChange(
                                stretch.getFirst().sequence(),
                                stretch.getLast().sequence(),
                                changed));
        var told =
                new CompactLog(prepared.first(), prepared.last(), prepared.digest(), limits.at());
        switch (gateway.submit(told).join()) {
            case DispatchResult.Accepted _ -> {
                rewriting.replace(prepared);
                stretches++;
                facts += stretch.size();
                absorbed +=
                        changed.values().stream().filter(AbsorbedEvent.class::isInstance).count();
            }
            case DispatchResult.Rejected(var error) -> giveUp(prepared, error.message());
            case DispatchResult.Overloaded _ -> giveUp(prepared, "Stele has too much to do");
            case DispatchResult.Unencodable(var why) -> giveUp(prepared, why);
            case DispatchResult.NotTheWriter _ ->
                    giveUp(prepared, "another node writes to the log");
            case DispatchResult.Unavailable(var why) ->
                    stop(prepared.first(), prepared.last(), why);
            case DispatchResult.CommandIdConflict _ ->
                    throw new IllegalStateException("a report has no command id");
        }
    }

    private void giveUp(Replacement prepared, String why) {
        rewriting.discard(prepared);
        stop(prepared.first(), prepared.last(), why);
    }
}
