package dev.stele.persistence.json;

import dev.stele.domain.port.Codec.MalformedJson;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What is wrong with some JSON, and where: the path grows while the problem is passed up. */
final class JsonProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ArrayDeque<String> path = new ArrayDeque<>();
    private final String why;

    /**
     * A problem at the place that is being read.
     *
     * @param why what is wrong, as the end of a sentence
     * @param cause what was thrown below, if anything
     */
    JsonProblem(String why, @Nullable Throwable cause) {
        super(why, cause);
        this.why = why;
    }

    /** The same problem, seen from the object that has this field. */
    JsonProblem inField(String name) {
        path.addFirst(path.isEmpty() || startsWithIndex(path) ? name : name + ".");
        return this;
    }

    /** The same problem, seen from the list that has this element. */
    JsonProblem inElement(int index) {
        path.addFirst(path.isEmpty() ? "[" + index + "]" : "[" + index + "].");
        return this;
    }

    private static boolean startsWithIndex(Deque<String> path) {
        return path.getFirst().startsWith("[");
    }

    /** The problem as the port tells it. */
    MalformedJson asMalformedJson() {
        String where = path.isEmpty() ? "At the top" : "At " + String.join("", path);
        return new MalformedJson(where + ": " + why + ".", this);
    }
}
