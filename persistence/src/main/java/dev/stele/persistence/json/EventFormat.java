package dev.stele.persistence.json;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.port.Codec.MalformedJson;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events as a store keeps them: name and version apart from the payload, since they are the same
 * for many. Thread-safe.
 */
public final class EventFormat {

    /** No event has changed its form yet. */
    private static final int FIRST_VERSION = 1;

    private final JsonCodec codec;
    private final Map<Class<?>, EventType> types = new HashMap<>();
    private final Map<EventType, Class<? extends OrchestrationEvent>> classes = new HashMap<>();

    /**
     * A kind of event in one of its forms.
     *
     * @param name its name, see {@link Names}
     * @param version its form, from 1
     */
    public record EventType(String name, int version) {}

    /**
     * The format of all events.
     *
     * @param codec writes and reads their payloads
     */
    public EventFormat(JsonCodec codec) {
        this.codec = codec;
        Shapes.leaves(OrchestrationEvent.class).forEach(this::add);
    }

    private void add(Class<?> event) {
        var type = new EventType(Names.of(event), FIRST_VERSION);
        types.put(event, type);
        classes.put(type, event.asSubclass(OrchestrationEvent.class));
    }

    /** All types that this program writes. */
    public Collection<EventType> types() {
        return Collections.unmodifiableCollection(types.values());
    }

    /**
     * The type that an event is written as.
     *
     * @param event any event
     */
    public EventType typeOf(OrchestrationEvent event) {
        EventType type = types.get(event.getClass());
        if (type == null) {
            throw new IllegalArgumentException(event.getClass() + " is no event");
        }
        return type;
    }

    /**
     * The event's fields as JSON, without its type.
     *
     * @param event any event
     * @throws IllegalArgumentException when a field cannot stand in JSON
     */
    public byte[] payload(OrchestrationEvent event) {
        return codec.encodeFields(event);
    }

    /**
     * The event that was written, or null when this program does not know its type: a newer one
     * wrote it.
     *
     * @param type its type
     * @param payload its fields
     * @throws MalformedJson when they make no such event
     */
    public @Nullable OrchestrationEvent event(EventType type, byte[] payload) {
        Class<? extends OrchestrationEvent> event = classes.get(type);
        return event == null ? null : codec.decodeFields(event, payload);
    }
}
