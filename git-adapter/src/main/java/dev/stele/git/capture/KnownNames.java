package dev.stele.git.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of a directory in the snapshot before, found in one pass in their order. */
final class KnownNames {

    private final List<Node> nodes;
    private int at;

    KnownNames(List<Node> nodes) {
        this.nodes = nodes;
    }

    /**
     * The node of a name, or null.
     *
     * @param name a name that comes after all those asked for before
     */
    @Nullable Node find(String name) {
        while (at < nodes.size()) {
            Node node = nodes.get(at);
            int order = node.name().compareTo(name);
            if (order > 0) {
                return null;
            }
            at++;
            if (order == 0) {
                return node;
            }
        }
        return null;
    }
}
