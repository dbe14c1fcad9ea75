package dev.stele.persistence.log;

import dev.stele.domain.port.Codec;
import dev.stele.persistence.json.EventFormat;
import dev.stele.persistence.json.EventFormat.EventType;
import dev.stele.persistence.json.JsonCodec;
import java.util.List;

/**
 * How values stand in the store's columns.
 *
 * @param events types and payloads of events
 * @param codec the answers of receipts
 */
public record LogFormat(EventFormat events, Codec codec) {

    /** The form of the tables, as the migrations leave it. */
    public static final int TABLES = 3;

    /** How many types of events can be read: a model that was folded without some lacks them. */
    public int types() {
        return events.readable();
    }

    /**
     * The types that every store has from its beginning. That of accepted losses comes with the
     * first of them: only a store that has it is searched for losses.
     */
    public List<EventType> firstTypes() {
        return events.types().stream()
                .filter(type -> !type.name().equals(AcceptedLosses.TYPE))
                .toList();
    }

    /**
     * The format that a codec makes.
     *
     * @param codec of all domain types
     */
    public static LogFormat of(JsonCodec codec) {
        return new LogFormat(new EventFormat(codec), codec);
    }
}
