package dev.stele.persistence.json;

import dev.stele.contracts.Identifier;
import dev.stele.domain.model.Turns;
import io.vavr.Tuple2;
import io.vavr.collection.Map;
import io.vavr.collection.Set;
import io.vavr.collection.SortedMap;
import io.vavr.collection.SortedSet;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * The shapes of the read model's persistent sets and maps. They have one order whatever way they
 * came about: sorted ones their own, others that of their texts. The model is written only.
 */
final class ModelShapes {

    private ModelShapes() {}

    interface WrittenOnly extends Shape {
        @Override
        default Object read(JsonInput in) {
            throw new IllegalArgumentException("The codec writes the read model, and reads none.");
        }
    }

    /**
     * A set as an array.
     *
     * @param element the shape of its elements
     */
    record SetShape(Shape element) implements WrittenOnly {
        @Override
        public void write(JsonGenerator out, Object value) {
            var set = (Set<?>) value;
            out.writeStartArray();
            for (Object part : set instanceof SortedSet<?> ? set : sorted(set)) {
                element.write(out, part);
            }
            out.writeEndArray();
        }

        private static List<?> sorted(Set<?> set) {
            return set.toJavaStream().sorted(Comparator.comparing(ModelShapes::keyText)).toList();
        }
    }

    /**
     * A map as an object.
     *
     * @param value the shape of its values
     */
    record MapShape(Shape value) implements WrittenOnly {
        @Override
        public void write(JsonGenerator out, Object mapping) {
            var map = (Map<?, ?>) mapping;
            out.writeStartObject();
            for (Tuple2<?, ?> entry : map instanceof SortedMap<?, ?> ? map : sorted(map)) {
                out.writeName(keyText(entry._1()));
                value.write(out, entry._2());
            }
            out.writeEndObject();
        }

        private static List<? extends Tuple2<?, ?>> sorted(Map<?, ?> map) {
            return map.toJavaStream()
                    .sorted(Comparator.comparing(entry -> keyText(entry._1())))
                    .toList();
        }
    }

    /**
     * The turns as one object: which of them are live stands in their states.
     *
     * @param turn the shape of a turn
     */
    record TurnsShape(Shape turn) implements WrittenOnly {
        @Override
        public void write(JsonGenerator out, Object value) {
            var turns = (Turns) value;
            new MapShape(turn).write(out, turns.over().merge(turns.live()));
        }
    }

    private static String keyText(Object key) {
        return key instanceof Identifier id ? id.value() : key.toString();
    }
}
