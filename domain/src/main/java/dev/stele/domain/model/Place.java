package dev.stele.domain.model;

import org.jspecify.annotations.Nullable;

/**
 * A directory on a host. The same path on two nodes is two directories; without a node it is taken
 * for one that every node may mean.
 *
 * @param path the directory, absolute and canonical
 * @param node the node that has it; null when the log is not shared by nodes
 */
public record Place(String path, @Nullable String node) {

    /**
     * {@return whether two places are the same directory or one holds the other}
     *
     * @param other the other
     */
    public boolean overlaps(Place other) {
        return mayBeOn(other.node) && Directories.overlap(path, other.path);
    }

    /**
     * {@return whether two places are the same directory}
     *
     * @param other the other
     */
    public boolean isSame(Place other) {
        return mayBeOn(other.node) && path.equals(other.path);
    }

    /**
     * {@return whether it may be a directory of a node}
     *
     * @param other the node; null for any
     */
    public boolean mayBeOn(@Nullable String other) {
        return node == null || other == null || node.equals(other);
    }
}
