package dev.stele.persistence.json;

import dev.stele.contracts.Characters;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The variants of a sealed family: an object that begins with its variant's name. */
final class FamilyShape implements Shape {

    private static final String TYPE = "type";

    private final Map<Class<?>, Variant> byClass;
    private final Map<String, Variant> byName = new TreeMap<>();

    private record Variant(String name, RecordShape fields) {}

    /**
     * The shape of a family, or of one variant of it.
     *
     * @param records the shapes of its records
     */
    FamilyShape(Map<Class<?>, RecordShape> records) {
        byClass = new HashMap<>();
        records.forEach((type, fields) -> byClass.put(type, new Variant(Names.of(type), fields)));
        byClass.values().forEach(variant -> byName.put(variant.name(), variant));
    }

    @Override
    public void write(JsonGenerator out, Object value) {
        Variant variant = byClass.get(value.getClass());
        if (variant == null) {
            throw new IllegalArgumentException(
                    value.getClass().getName() + " is none of " + byName.keySet());
        }
        out.writeStartObject();
        out.writeStringProperty(TYPE, variant.name());
        variant.fields().writeFields(out, value);
        out.writeEndObject();
    }

    @Override
    public Object read(JsonInput in) {
        in.requireObject();
        int start = in.offset();
        String first = in.nextField();
        if (TYPE.equals(first)) {
            return readVariant(in).fields().readFields(in, null);
        }
        RecordShape fields = findVariant(in, first).fields();
        try (JsonInput again = in.from(start)) {
            return fields.readFields(again, TYPE);
        }
    }

    /** Reads on to the object's end for a name that does not come first. */
    private Variant findVariant(JsonInput in, @Nullable String first) {
        Variant found = null;
        for (String name = first; name != null; name = in.nextField()) {
            if (name.equals(TYPE)) {
                found = readVariant(in);
            } else {
                in.skip();
            }
        }
        if (found == null) {
            throw new JsonProblem("a name is required here: one of " + names(), null).inField(TYPE);
        }
        return found;
    }

    private Variant readVariant(JsonInput in) {
        try {
            String name = in.text();
            Variant variant = byName.get(name);
            if (variant == null) {
                throw new JsonProblem(Characters.quoted(name) + " is not one of " + names(), null);
            }
            return variant;
        } catch (JsonProblem e) {
            throw e.inField(TYPE);
        }
    }

    private String names() {
        return String.join(", ", byName.keySet());
    }
}
