package dev.stele.domain.tck;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.LogCompacted;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.TextErased;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogRewriting;
import dev.stele.domain.port.LogRoom;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.StretchChange;
import io.vavr.collection.Vector;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Replaces stretches of a log in memory. */
final class MemoryRewriting implements LogRewriting {

    private static final int PIECE = 4_096;

    private final State state;
    private final Events events;

    MemoryRewriting(State state, Events events) {
        this.state = state;
        this.events = events;
    }

    /**
     * What outlives a store: what is prepared, and the last place of each stretch that was done.
     */
    static final class State {
        private final Map<Replacement, Prepared> prepared = new LinkedHashMap<>();
        private final TreeMap<Long, Long> replaced = new TreeMap<>();
    }

    /** Something that is prepared, and where the log ended before. */
    private record Prepared(StretchChange change, long head) {}

    /** The facts of the log. */
    interface Events {

        /** All of them. */
        Vector<StoredEvent> now();

        /** Puts other answers in the place of some, and counts them. */
        int mask(UnaryOperator<Receipt.Outcome> mask, boolean look);

        /** Puts others in their places. */
        void put(Map<Long, OrchestrationEvent> changed);
    }

    @Override
    public synchronized Stretch from(long first) {
        Long last = state.replaced.get(first);
        if (last != null) {
            return new Stretch(first, last, true);
        }
        Long next = state.replaced.higherKey(first);
        long end = Math.min(events.now().size(), first + PIECE - 1);
        return new Stretch(first, next == null ? end : Math.min(end, next - 1), false);
    }

    @Override
    public synchronized Replacement prepare(StretchChange change) {
        Vector<StoredEvent> now = events.now();
        if (change.last() > now.size()) {
            throw new StoreException("The log has no such stretch.", null);
        }
        var facts = new StringBuilder();
        for (StoredEvent stored : now.subSequence((int) change.first() - 1, (int) change.last())) {
            facts.append(change.changed().getOrDefault(stored.sequence(), stored.event()));
        }
        int before =
                now.subSequence((int) change.first() - 1, (int) change.last()).toString().length();
        var replacement =
                new Replacement(
                        change.first(), change.last(), sha256(facts), before, facts.length());
        state.prepared.put(replacement, new Prepared(change, now.size()));
        return replacement;
    }

    private static String sha256(CharSequence text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.toString().getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java has SHA-256", e);
        }
    }

    @Override
    public synchronized void replace(Replacement prepared) {
        Prepared known = state.prepared.get(prepared);
        if (known == null || !isTold(prepared, known)) {
            throw new StoreException("The log tells of no such replacement.", null);
        }
        state.prepared.remove(prepared);
        state.replaced.subMap(prepared.first(), true, prepared.last(), true).clear();
        state.replaced.put(prepared.first(), prepared.last());
        events.put(resolved(known.change()));
    }

    /** What went into a fact that is gone is gone, too. */
    private Map<Long, OrchestrationEvent> resolved(StretchChange change) {
        Map<Long, OrchestrationEvent> changed = new LinkedHashMap<>(change.changed());
        for (long place = change.first(); place <= change.last(); place++) {
            if (events.now().get((int) place - 1).event() instanceof AbsorbedEvent(var into)
                    && changed.get(into) instanceof AbsorbedEvent further) {
                changed.putIfAbsent(place, further);
            }
        }
        return changed;
    }

    private boolean isTold(Replacement prepared, Prepared known) {
        return events.now()
                .drop((int) known.head())
                .exists(stored -> prepared.digest().equals(digest(stored.event())));
    }

    private static String digest(OrchestrationEvent event) {
        return switch (event) {
            case LogCompacted e -> e.digest();
            case TextErased e -> e.digest();
            case OrchestrationEvent _ -> "";
        };
    }

    @Override
    public synchronized void discard(Replacement prepared) {
        state.prepared.remove(prepared);
    }

    /** What a store does when it is opened. */
    synchronized void recover() {
        for (Map.Entry<Replacement, Prepared> one : Map.copyOf(state.prepared).entrySet()) {
            if (isTold(one.getKey(), one.getValue())) {
                replace(one.getKey());
            }
        }
        state.prepared.clear();
    }

    @Override
    public LogRoom room() {
        return new LogRoom(events.now().size(), 0, 0, Long.MAX_VALUE);
    }

    @Override
    public void giveBack(LogProgress progress) {
        var _ = events.now(); // a closed store refuses
    }

    @Override
    public int mask(UnaryOperator<Receipt.Outcome> mask, boolean look) {
        return events.mask(mask, look);
    }

    @Override
    public void scrub() {
        var _ = events.now(); // nothing is left behind in memory
    }
}
