package dev.stele.persistence.log;

import dev.stele.persistence.json.EventFormat.EventType;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of the fields in a log that this program does not know, of each one once. They mean nothing
 * here and stay where they are. Thread-safe.
 */
final class UnknownFields {

    private static final Logger LOG = LoggerFactory.getLogger(UnknownFields.class);

    /** Who has heard of so many need not hear of more. */
    private static final int MOST = 100;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * Hears of a field in an event.
     *
     * @param sequence the place of the event
     * @param type its type
     * @param field the names that lead to the field
     */
    void found(long sequence, EventType type, String field) {
        if (told.size() < MOST && told.add(type + field)) {
            LOG.warn(
                    "The {} at {} has a field {} that this Stele does not know; a newer one wrote"
                            + " it. It is kept, and means nothing here. 'stele log stats' counts"
                            + " all such fields.",
                    type.name(),
                    sequence,
                    field);
        }
    }
}
