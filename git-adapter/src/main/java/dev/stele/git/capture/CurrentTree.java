package dev.stele.git.capture;

import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** What a checkpoint would hold if it were taken now. Immutable. */
public final class CurrentTree {

    private final ObjectId tree;
    private final Folder root;

    CurrentTree(ObjectId tree, Folder root) {
        this.tree = tree;
        this.root = root;
    }

    /** Its tree. */
    public ObjectId tree() {
        return tree;
    }

    /**
     * Whether something is there that no checkpoint holds: ignored, or left out.
     *
     * @param path a raw path from the project's directory
     */
    public boolean leavesOut(String path) {
        Node node = root;
        for (int start = 0; start <= path.length() && node instanceof Folder at; ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            node = at.child(path.substring(start, end));
            start = end + 1;
        }
        return isLeftOut(node);
    }

    private static boolean isLeftOut(@Nullable Node node) {
        return switch (node) {
            case Node.Ignored _, Node.Left _ -> true;
            case Node.Blob _, Node.Carried _, Folder _ -> false;
            case null -> false;
        };
    }
}
