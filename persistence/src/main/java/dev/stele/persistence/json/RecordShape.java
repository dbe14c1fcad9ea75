package dev.stele.persistence.json;

import dev.stele.domain.command.DeciderError;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;

/** A record as an object with its components in order; absent ones are left out. */
final class RecordShape implements Shape {

    private final Field[] fields;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final Constructor<?> constructor;

    /**
     * The shape of a record.
     *
     * @param type the record
     * @param shapes the shapes of its components' types
     */
    RecordShape(Class<?> type, Function<Type, Shape> shapes) {
        this(
                Records.constructor(type),
                Stream.of(type.getRecordComponents()).map(c -> Field.of(c, shapes)).toList());
    }

    private RecordShape(Constructor<?> constructor, List<Field> fields) {
        this.constructor = constructor;
        this.fields = fields.toArray(Field[]::new);
        for (int i = 0; i < fields.size(); i++) {
            indexes.put(fields.get(i).name(), i);
        }
    }

    private record Field(String name, Method accessor, Shape shape, boolean optional) {
        static Field of(RecordComponent component, Function<Type, Shape> shapes) {
            return new Field(
                    component.getName(),
                    component.getAccessor(),
                    shapes.apply(component.getGenericType()),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class));
        }
    }

    /** The same shape without one of the fields: only for writing. */
    RecordShape without(String name) {
        return new RecordShape(
                constructor,
                Stream.of(fields).filter(field -> !field.name().equals(name)).toList());
    }

    @Override
    public void write(JsonGenerator out, Object value) {
        out.writeStartObject();
        writeFields(out, value);
        out.writeEndObject();
    }

    /** Writes the fields into an object that is begun already. */
    void writeFields(JsonGenerator out, Object value) {
        for (Field field : fields) {
            Object part = Records.value(field.accessor(), value);
            if (part != null) {
                out.writeName(field.name());
                field.shape().write(out, part);
            }
        }
        if (value instanceof DeciderError error) {
            out.writeStringProperty("message", error.message());
        }
    }

    @Override
    public Object read(JsonInput in) {
        in.requireObject();
        return readFields(in, null);
    }

    /**
     * Reads the fields of an object that is begun already, up to its end.
     *
     * @param in stands in the object
     * @param known the name of a field that was read before, if any
     */
    Object readFields(JsonInput in, @Nullable String known) {
        var values = new @Nullable Object[fields.length];
        int next = 0;
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            int index = index(name, next);
            if (index < 0 && name.equals(known)) {
                in.skip();
            } else if (index < 0) {
                in.skipUnknown();
            } else {
                next = index + 1;
                if (!in.isAt(JsonToken.VALUE_NULL)) {
                    values[index] = readField(fields[index], in);
                }
            }
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null && !fields[i].optional()) {
                throw new JsonProblem("a value is required here", null).inField(fields[i].name());
            }
        }
        return Records.create(constructor, values);
    }

    /** Where the field stands, most likely the next place; negative when there is none. */
    private int index(String name, int likely) {
        return likely < fields.length && fields[likely].name().equals(name)
                ? likely
                : indexes.getOrDefault(name, -1);
    }

    private static Object readField(Field field, JsonInput in) {
        try {
            return field.shape().read(in);
        } catch (JsonProblem e) {
            throw e.inField(field.name());
        }
    }
}
