package dev.stele.app.failover;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * A promise: a node has acknowledged that it made a project.
 *
 * @param command the command's id
 * @param project the project
 * @param sequence the place of its fact
 */
record Kept(CommandId command, ProjectId project, long sequence) {
    private static final String WORD = "kept ";

    /** The promise as a line for another process. */
    String line() {
        return WORD + command + " " + project + " " + sequence;
    }

    /** The promise of a line, or null when it is none. */
    static @Nullable Kept of(String line) {
        if (!line.startsWith(WORD)) {
            return null;
        }
        String[] words = line.substring(WORD.length()).split(" ", -1);
        return new Kept(new CommandId(words[0]), new ProjectId(words[1]), Long.parseLong(words[2]));
    }
}
