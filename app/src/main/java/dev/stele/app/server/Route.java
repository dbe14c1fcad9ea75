package dev.stele.app.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be asked for.
 *
 * @param method the method of HTTP
 * @param path its address; a part in braces is a place for something
 * @param query the names that may stand behind the question mark
 * @param endpoint answers
 */
record Route(String method, String path, Set<String> query, Endpoint endpoint) {

    /** Answers a request, on a thread that may wait. */
    @FunctionalInterface
    interface Endpoint {
        Answer answer(Call call) throws InterruptedException;
    }

    static Route get(String path, Endpoint endpoint, String... query) {
        return new Route("GET", path, Set.of(query), endpoint);
    }

    static Route post(String path, Endpoint endpoint, String... query) {
        return new Route("POST", path, Set.of(query), endpoint);
    }

    /** What stands in the places of the path, or null when it is not this route's. */
    @Nullable Map<String, String> match(String asked) {
        List<String> mine = List.of(path.split("/", -1));
        List<String> theirs = List.of(asked.split("/", -1));
        if (mine.size() != theirs.size()) {
            return null;
        }
        var places = new HashMap<String, String>();
        for (int i = 0; i < mine.size(); i++) {
            String part = mine.get(i);
            if (part.startsWith("{")) {
                places.put(part.substring(1, part.length() - 1), theirs.get(i));
            } else if (!part.equals(theirs.get(i))) {
                return null;
            }
        }
        return places;
    }
}
