package dev.stele.app.engine;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.ProviderMark;
import dev.stele.domain.port.Receipt;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the store remembers of earlier answers: receipts, and how far each turn's provider events
 * are in. The marks of turns that spoke lately are kept in memory. Only for the writer.
 */
final class Answered {
    private static final int TURNS = 1_024;

    private final EventStore store;
    private final LinkedHashMap<TurnId, Long> marks = new LinkedHashMap<>(16, 0.75f, true);

    Answered(EventStore store) {
        this.store = store;
    }

    @Nullable Receipt receipt(CommandId commandId) {
        return store.receipt(commandId);
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

    /** Forgets the marks in memory, since the store may have gone on without them. */
    void forget() {
        marks.clear();
    }
}
