package dev.stele.persistence.json;

import dev.stele.domain.event.OrchestrationEvent;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How events that were written in an earlier form become those of today. Whoever changes the form
 * of an event leaves its old fields behind as a record, which makes the event's version the next
 * one. Stores that were written in each form are kept among the tests, so that they are read for
 * ever.
 *
 * @param name the name of the event's type, see {@link Names}
 * @param version the version that had this form, from 1
 * @param form a record with the fields of that form
 * @param upcast makes the event of today
 * @param <O> the record
 */
record Upcaster<O extends Record>(
        String name, int version, Class<O> form, Function<O, OrchestrationEvent> upcast) {

    /** One for each version of any event before its newest; none has changed yet. */
    static final List<Upcaster<?>> ALL = List.of();

    /**
     * The event of today.
     *
     * @param codec reads the fields
     * @param payload the fields as they were written
     * @param unknown hears of each field that is not of that form
     */
    OrchestrationEvent event(JsonCodec codec, byte[] payload, Consumer<String> unknown) {
        return upcast.apply(codec.decodeFields(form, payload, unknown));
    }
}
