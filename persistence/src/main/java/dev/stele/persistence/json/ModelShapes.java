package dev.stele.persistence.json;

import dev.stele.contracts.Identifier;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.Turns;
import io.vavr.Tuple2;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Set;
import io.vavr.collection.SortedMap;
import io.vavr.collection.SortedSet;
import io.vavr.collection.TreeMap;
import io.vavr.collection.TreeSet;
import java.lang.reflect.Constructor;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;

/**
 * The shapes of the read model's persistent sets and maps. They have one order whatever way they
 * came about: sorted ones their own, others that of their texts.
 */
final class ModelShapes {

    /** Only numbers and texts are sorted in the model, each among its like. */
    private static final Comparator<Object> ORDER = ModelShapes::natural;

    private ModelShapes() {}

    /**
     * A set as an array.
     *
     * @param element the shape of its elements
     * @param sorted whether a sorted set is read
     */
    record SetShape(Shape element, boolean sorted) implements Shape {
        @Override
        public void write(JsonGenerator out, Object value) {
            var set = (Set<?>) value;
            out.writeStartArray();
            for (Object part : set instanceof SortedSet<?> ? set : inOrder(set)) {
                element.write(out, part);
            }
            out.writeEndArray();
        }

        private static List<?> inOrder(Set<?> set) {
            return set.toJavaStream().sorted(Comparator.comparing(ModelShapes::keyText)).toList();
        }

        @Override
        public Object read(JsonInput in) {
            in.requireList();
            var elements = new ArrayList<Object>();
            for (in.next(); !in.isAt(JsonToken.END_ARRAY); in.next()) {
                elements.add(element.read(in));
            }
            return sorted ? TreeSet.ofAll(ORDER, elements) : HashSet.ofAll(elements);
        }
    }

    /** How a text becomes the key of a map. */
    interface Key {
        /** The key. */
        Object of(String text);

        /** How texts become keys of a type: texts, numbers, or ids. */
        static Key of(Type type) {
            if (type == String.class) {
                return text -> text;
            }
            if (type == Long.class) {
                return text -> number(text);
            }
            if (type == Integer.class) {
                return text -> (int) number(text);
            }
            Constructor<?> id = Records.constructor((Class<?>) type);
            return text -> Records.create(id, text);
        }

        private static long number(String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new JsonProblem("the name of this field has to be a number", e);
            }
        }
    }

    /**
     * A map as an object.
     *
     * @param key how its names become keys
     * @param value the shape of its values
     * @param sorted whether a sorted map is read
     */
    record MapShape(Key key, Shape value, boolean sorted) implements Shape {
        @Override
        public void write(JsonGenerator out, Object mapping) {
            var map = (Map<?, ?>) mapping;
            out.writeStartObject();
            for (Tuple2<?, ?> entry : map instanceof SortedMap<?, ?> ? map : inOrder(map)) {
                out.writeName(keyText(entry._1()));
                value.write(out, entry._2());
            }
            out.writeEndObject();
        }

        private static List<? extends Tuple2<?, ?>> inOrder(Map<?, ?> map) {
            return map.toJavaStream()
                    .sorted(Comparator.comparing(entry -> keyText(entry._1())))
                    .toList();
        }

        @Override
        public Object read(JsonInput in) {
            in.requireObject();
            var entries = new LinkedHashMap<Object, Object>();
            for (String name = in.nextField(); name != null; name = in.nextField()) {
                try {
                    entries.put(key.of(name), value.read(in));
                } catch (JsonProblem e) {
                    throw e.inField(name);
                }
            }
            return sorted ? TreeMap.ofAll(ORDER, entries) : HashMap.ofAll(entries);
        }
    }

    /**
     * The turns as one object: which of them are live stands in their states.
     *
     * @param turn the shape of a turn
     */
    record TurnsShape(Shape turn) implements Shape {
        @Override
        public void write(JsonGenerator out, Object value) {
            var turns = (Turns) value;
            all().write(out, turns.over().merge(turns.live()));
        }

        @Override
        public Object read(JsonInput in) {
            Turns turns = Turns.NONE;
            for (Object each : ((HashMap<?, ?>) all().read(in)).values()) {
                turns = turns.plus((Turn) each);
            }
            return turns;
        }

        private MapShape all() {
            return new MapShape(Key.of(TurnId.class), turn, false);
        }
    }

    @SuppressWarnings("unchecked") // numbers and texts compare to their like
    private static int natural(Object one, Object other) {
        return ((Comparable<Object>) one).compareTo(other);
    }

    private static String keyText(Object key) {
        return key instanceof Identifier id ? id.value() : key.toString();
    }
}
