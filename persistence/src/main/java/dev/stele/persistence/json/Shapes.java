package dev.stele.persistence.json;

import static java.util.Map.entry;

import dev.stele.contracts.Identifier;
import dev.stele.domain.model.GrowingText;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.Turns;
import io.vavr.collection.HashSet;
import io.vavr.collection.Seq;
import io.vavr.collection.TreeMap;
import io.vavr.collection.TreeSet;
import io.vavr.collection.Vector;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** The shapes of all types of contracts and domain, each made when it is first asked for. */
final class Shapes {

    private static final java.util.Map<Type, Shape> SCALARS =
            java.util.Map.<Type, Shape>ofEntries(
                    entry(String.class, Scalars.TEXT),
                    entry(int.class, Scalars.INT),
                    entry(Integer.class, Scalars.INT),
                    entry(long.class, Scalars.LONG),
                    entry(Long.class, Scalars.LONG),
                    entry(double.class, Scalars.DOUBLE),
                    entry(boolean.class, Scalars.FLAG),
                    entry(Boolean.class, Scalars.FLAG),
                    entry(Instant.class, Scalars.INSTANT),
                    entry(GrowingText.class, Scalars.GROWING_TEXT));

    private final ConcurrentHashMap<Type, Shape> made = new ConcurrentHashMap<>(SCALARS);
    private final ConcurrentHashMap<Class<?>, RecordShape> records = new ConcurrentHashMap<>();
    private final Shape lists = new ListShape(new AnyShape(), false);

    /**
     * The shape of a type.
     *
     * @param type a type of contracts or domain, or a collection of them
     * @throws IllegalArgumentException when it is another type
     */
    Shape of(Type type) {
        Shape known = made.get(type);
        if (known != null) {
            return known;
        }
        // Not computeIfAbsent: a shape asks for those of its parts while it is made.
        made.putIfAbsent(type, make(type));
        return made.get(type);
    }

    /**
     * The shape of a value by its own type.
     *
     * @param value the value
     */
    Shape ofValue(Object value) {
        return value instanceof List<?> || value instanceof Seq<?> ? lists : of(value.getClass());
    }

    /**
     * A record's fields alone, without its name.
     *
     * @param type the record
     */
    RecordShape record(Class<?> type) {
        RecordShape known = records.get(type);
        if (known != null) {
            return known;
        }
        records.putIfAbsent(type, new RecordShape(type, this::of));
        return records.get(type);
    }

    private Shape make(Type type) {
        return switch (type) {
            case ParameterizedType collection -> collection(collection);
            case Class<?> c when Enum.class.isAssignableFrom(c) -> Scalars.word(c);
            case Class<?> c when !isOurs(c) -> throw unknown(c);
            case Class<?> c when c.isRecord() && Identifier.class.isAssignableFrom(c) ->
                    Scalars.id(c);
            case Class<?> c when c == Turns.class -> new ModelShapes.TurnsShape(of(Turn.class));
            case Class<?> c when c.isSealed() || Names.isNamed(c) -> family(c);
            case Class<?> c when c.isRecord() -> record(c);
            default -> throw unknown(type);
        };
    }

    private Shape family(Class<?> family) {
        var members = new HashMap<Class<?>, RecordShape>();
        leaves(family).forEach(leaf -> members.put(leaf, record(leaf)));
        return new FamilyShape(members);
    }

    /**
     * The records of a sealed family, of all its sub-families too.
     *
     * @param family a sealed interface, or a record
     */
    static Stream<Class<?>> leaves(Class<?> family) {
        return family.isSealed()
                ? Stream.of(family.getPermittedSubclasses()).flatMap(Shapes::leaves)
                : Stream.of(family);
    }

    private Shape collection(ParameterizedType type) {
        var raw = (Class<?>) type.getRawType();
        Type[] parts = type.getActualTypeArguments();
        Shape last = of(parts[parts.length - 1]);
        if (List.class == raw || Vector.class == raw) {
            return new ListShape(last, Vector.class == raw);
        }
        if (HashSet.class == raw || TreeSet.class == raw) {
            return new ModelShapes.SetShape(last, TreeSet.class == raw);
        }
        if (io.vavr.collection.HashMap.class == raw || TreeMap.class == raw) {
            return new ModelShapes.MapShape(
                    ModelShapes.Key.of(parts[0]), last, TreeMap.class == raw);
        }
        throw unknown(type);
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("dev.stele.contracts.")
                || type.getName().startsWith("dev.stele.domain.");
    }

    private static IllegalArgumentException unknown(Type type) {
        return new IllegalArgumentException(
                "The codec knows the types of contracts and domain, not " + type.getTypeName());
    }

    /** Whatever value it is, by its own type. */
    private final class AnyShape implements Shape {
        @Override
        public void write(JsonGenerator out, Object value) {
            ofValue(value).write(out, value);
        }

        @Override
        public Object read(JsonInput in) {
            throw new IllegalArgumentException("The codec reads lists only as parts of records.");
        }
    }
}
