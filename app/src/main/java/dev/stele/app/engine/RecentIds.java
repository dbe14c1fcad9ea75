package dev.stele.app.engine;

import dev.stele.contracts.CommandId;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The greatest of the command ids that were answered. Ids that doors make sort by their age, so
 * that a new one is known as new without asking the store; one that is not greater than the least
 * that is kept here may be anything. Only for the writer.
 */
final class RecentIds {
    private static final int KEPT = 8_192;

    private final TreeSet<String> ids = new TreeSet<>();

    /** Every answered id that is greater stands among the ids; null when all do. */
    private @Nullable String floor;

    /**
     * Knows all that were answered.
     *
     * @param last none that was answered is greater; null when none was answered
     */
    RecentIds(@Nullable CommandId last) {
        floor = last == null ? null : last.value();
    }

    /** Whether it is certain that the id was never answered. */
    boolean isNew(CommandId id) {
        return isAboveTheFloor(id) && !ids.contains(id.value());
    }

    /** Notes that an id was answered. */
    void add(CommandId id) {
        if (isAboveTheFloor(id) && ids.add(id.value()) && ids.size() > KEPT) {
            floor = ids.pollFirst();
        }
    }

    private boolean isAboveTheFloor(CommandId id) {
        return floor == null || id.value().compareTo(floor) > 0;
    }
}
