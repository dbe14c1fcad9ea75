package dev.stele.git.change;

import org.jspecify.annotations.Nullable;

/**
 * How one path was changed.
 *
 * @param path the raw path from the project's directory
 * @param from what was there; null for nothing
 * @param to what is there instead; null for nothing
 * @param replaced whether all that is there now is the doing of who changed it, and nothing was
 *     kept of what was there before
 */
public record PathChange(
        String path, @Nullable FileState from, @Nullable FileState to, boolean replaced) {

    /** A change that may have kept a part of what was there. */
    public PathChange(String path, @Nullable FileState from, @Nullable FileState to) {
        this(path, from, to, false);
    }
}
