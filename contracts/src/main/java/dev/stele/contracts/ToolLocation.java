package dev.stele.contracts;

import org.jspecify.annotations.Nullable;

/**
 * A place that a tool works on.
 *
 * @param path the file, as the agent names it
 * @param line the line from 1, if told
 */
public record ToolLocation(String path, @Nullable Integer line) {
    /** Makes the text well-formed. */
    public ToolLocation {
        path = Characters.wellFormed(path);
    }
}
