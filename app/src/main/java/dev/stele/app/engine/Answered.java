package dev.stele.app.engine;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.ProviderMark;
import dev.stele.domain.port.Receipt;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of earlier answers: receipts, how far each turn's provider events are in, and which
 * of them could not be taken. The marks of turns that spoke lately are kept in memory, and the ids
 * of the newest commands. Only for the writer.
 */
final class Answered {
    private static final int TURNS = 1_024;

    private final EventStore store;
    private final LinkedHashMap<TurnId, Long> marks = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<TurnId, Long> gaps = new HashMap<>();
    private final Set<CommandId> asked = new HashSet<>();
    private Map<CommandId, Receipt> known = Map.of();
    private @Nullable RecentIds recent;

    Answered(EventStore store) {
        this.store = store;
    }

    /** Asks the store once for what it knows of all commands that will be asked for next. */
    void lookUp(List<CommandId> next) {
        asked.clear();
        for (CommandId id : next) {
            if (!recent().isNew(id)) {
                asked.add(id);
            }
        }
        known = asked.isEmpty() ? Map.of() : store.receipts(asked);
    }

    @Nullable Receipt receipt(CommandId commandId) {
        if (recent().isNew(commandId)) {
            return null;
        }
        return asked.contains(commandId) ? known.get(commandId) : store.receipt(commandId);
    }

    private RecentIds recent() {
        if (recent == null) {
            recent = new RecentIds(store.lastCommandId());
        }
        return recent;
    }

    /** Notes that a command has a receipt that is durable. */
    void remember(CommandId commandId) {
        recent().add(commandId);
    }

    long mark(TurnId turnId) {
        Long known = marks.get(turnId);
        if (known != null) {
            return known;
        }
        long stored = store.providerMark(turnId);
        remember(new ProviderMark(turnId, stored));
        return stored;
    }

    /** Keeps a mark that is durable. */
    void remember(ProviderMark mark) {
        marks.put(mark.turnId(), mark.sequence());
        if (marks.size() > TURNS) {
            marks.pollFirstEntry();
        }
    }

    /** The first event of a turn that was not taken although later ones may come. */
    long gap(TurnId turnId) {
        return gaps.getOrDefault(turnId, Long.MAX_VALUE);
    }

    /** Notes that an event was not taken. */
    void openGap(ProviderMark mark) {
        gaps.merge(mark.turnId(), mark.sequence(), Math::min);
    }

    /** Notes that the first missing event of a turn is settled. */
    void closeGap(TurnId turnId) {
        gaps.remove(turnId);
    }

    /** Forgets what is in memory of the store, which may have gone on without it. */
    void forget() {
        marks.clear();
        recent = null;
    }
}
