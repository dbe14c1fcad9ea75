package dev.stele.persistence.json;

import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;

/**
 * A list or a persistent sequence as an array.
 *
 * @param element the shape of its elements
 * @param persistent whether a persistent sequence is read
 */
record ListShape(Shape element, boolean persistent) implements Shape {

    @Override
    public void write(JsonGenerator out, Object value) {
        Iterable<?> elements = value instanceof Seq<?> seq ? seq : (List<?>) value;
        out.writeStartArray();
        for (Object part : elements) {
            element.write(out, part);
        }
        out.writeEndArray();
    }

    @Override
    public Object read(JsonInput in) {
        in.requireList();
        var elements = new ArrayList<Object>();
        for (in.next(); !in.isAt(JsonToken.END_ARRAY); in.next()) {
            try {
                elements.add(element.read(in));
            } catch (JsonProblem e) {
                throw e.inElement(elements.size());
            }
        }
        return persistent ? Vector.ofAll(elements) : elements;
    }
}
