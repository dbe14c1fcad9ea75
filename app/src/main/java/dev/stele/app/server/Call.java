package dev.stele.app.server;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request as endpoints see it.
 *
 * @param path what stands in the places of the route, by their names
 * @param query what stands behind the question mark
 * @param header the value of a header by its name
 * @param body what was sent, empty when nothing was
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Call(
        Map<String, String> path,
        Map<String, String> query,
        Function<String, @Nullable String> header,
        byte[] body) {

    private static final Pattern STREAM = Pattern.compile("(?i)(^|[,\\s])text/event-stream");
    private static final Pattern UNWANTED =
            Pattern.compile("(?i)text/event-stream\\s*;\\s*q=0(\\.0*)?\\s*($|,)");

    /** What stands in a place of the route. */
    String part(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no place " + name);
        }
        return value;
    }

    /** An id in a place of the route. */
    <T> T id(String name, Function<String, T> type) {
        return made(name, part(name), type);
    }

    /** An id in the query; null when it is not there. */
    <T> @Nullable T queried(String name, Function<String, T> type) {
        String value = query.get(name);
        return value == null ? null : made(name, value, type);
    }

    /** An id in the query that has to be there. */
    <T> T required(String name, Function<String, T> type) {
        T value = queried(name, type);
        if (value == null) {
            throw Problem.malformed("Say what ?" + name + "= is.");
        }
        return value;
    }

    private static <T> T made(String name, String value, Function<String, T> type) {
        try {
            return type.apply(value);
        } catch (IllegalArgumentException e) {
            throw Problem.malformed(name + ": " + e.getMessage());
        }
    }

    /** A number in the query. */
    long number(String name, long usual, long least, long most) {
        String value = query.get(name);
        if (value == null) {
            return usual;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // the sentence below tells what is wanted
        }
        throw Problem.malformed(
                name + " is a whole number from " + least + " to " + most + ", not that.");
    }

    /** How many are wanted at most. */
    int limit(int usual, int most) {
        return Math.toIntExact(number("limit", usual, 1, most));
    }

    /** Whether a stream of events is wanted, and not a page of them. */
    boolean wantsStream() {
        String accept = header.apply("Accept");
        return accept != null && STREAM.matcher(accept).find() && !UNWANTED.matcher(accept).find();
    }
}
