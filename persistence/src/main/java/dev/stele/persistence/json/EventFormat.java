package dev.stele.persistence.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.UnknownEvent;
import dev.stele.domain.port.Codec.MalformedJson;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Events as a store keeps them: name and version apart from the payload, since they are the same
 * for many. An event is written in the newest version of its type and read in any; one of a type or
 * version that this program does not know is kept as it is. Thread-safe.
 */
public final class EventFormat {

    private final JsonCodec codec;
    private final Map<Class<?>, EventType> types = new HashMap<>();
    private final Map<EventType, Class<? extends OrchestrationEvent>> classes = new HashMap<>();
    private final Map<EventType, Upcaster<?>> upcasters = new HashMap<>();

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
     * @param codec writes and reads their payloads, and knows what they were like before
     */
    public EventFormat(JsonCodec codec) {
        this.codec = codec;
        codec.past()
                .forEach(upcaster ->
                        upcasters.put(
                                new EventType(upcaster.name(), upcaster.version()), upcaster));
        Shapes.leaves(OrchestrationEvent.class)
                .filter(event -> event != UnknownEvent.class)
                .filter(event -> !StandIn.class.isAssignableFrom(event))
                .forEach(this::add);
    }

    private void add(Class<?> event) {
        String name = Names.of(event);
        int version = 1;
        while (upcasters.containsKey(new EventType(name, version))) {
            version++;
        }
        var type = new EventType(name, version);
        types.put(event, type);
        classes.put(type, event.asSubclass(OrchestrationEvent.class));
    }

    /** All types that this program writes. */
    public Collection<EventType> types() {
        return Collections.unmodifiableCollection(types.values());
    }

    /** How many types of events this program can read, each of its versions for itself. */
    public int readable() {
        return classes.size() + upcasters.size();
    }

    /**
     * Whether this program knows what events of the type mean.
     *
     * @param type any type
     */
    public boolean knows(EventType type) {
        return classes.containsKey(type) || upcasters.containsKey(type);
    }

    /**
     * The type that an event is written as.
     *
     * @param event any event
     * @throws IllegalArgumentException when it claims to be unknown and is not, or stands in for an
     *     event and is none itself
     */
    public EventType typeOf(OrchestrationEvent event) {
        if (event instanceof UnknownEvent(var name, var version, _)) {
            var type = new EventType(name, version);
            if (knows(type)) {
                throw new IllegalArgumentException("The " + type + " is not unknown.");
            }
            return type;
        }
        EventType type = types.get(event.getClass());
        if (type == null) {
            throw new IllegalArgumentException(
                    event.getClass() + " is no event that is ever stored");
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
        if (event instanceof UnknownEvent unknown) {
            byte[] fields = unknown.fields().getBytes(UTF_8);
            JsonCodec.requireObjectOnOneLine(fields);
            return fields;
        }
        return codec.encodeFields(event);
    }

    /**
     * The event that was written.
     *
     * @param type its type
     * @param payload its fields
     * @throws MalformedJson when they make no such event
     */
    public OrchestrationEvent event(EventType type, byte[] payload) {
        return event(type, payload, _ -> {});
    }

    /**
     * The event that was written, and what it says besides.
     *
     * @param type its type
     * @param payload its fields
     * @param unknown hears of each field that this program does not know, as the names that lead to
     *     it with dots between them
     * @throws MalformedJson when they make no such event
     */
    public OrchestrationEvent event(EventType type, byte[] payload, Consumer<String> unknown) {
        Class<? extends OrchestrationEvent> event = classes.get(type);
        if (event != null) {
            return codec.decodeFields(event, payload, unknown);
        }
        Upcaster<?> upcaster = upcasters.get(type);
        return upcaster != null
                ? upcaster.event(codec, payload, unknown)
                : new UnknownEvent(type.name(), type.version(), new String(payload, UTF_8));
    }
}
