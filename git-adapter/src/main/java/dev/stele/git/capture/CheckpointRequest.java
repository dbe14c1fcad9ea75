package dev.stele.git.capture;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A checkpoint to be taken.
 *
 * @param directory the project's directory, absolute
 * @param threadId the thread that it belongs to
 * @param checkpointId its id
 * @param description a line for people
 * @param at when it was asked for
 * @param whole whether all files are looked at, whatever a watch tells
 */
public record CheckpointRequest(
        Path directory,
        ThreadId threadId,
        CheckpointId checkpointId,
        String description,
        Instant at,
        boolean whole) {

    /** A checkpoint that trusts a watch. */
    public CheckpointRequest(
            Path directory,
            ThreadId threadId,
            CheckpointId checkpointId,
            String description,
            Instant at) {
        this(directory, threadId, checkpointId, description, at, false);
    }
}
