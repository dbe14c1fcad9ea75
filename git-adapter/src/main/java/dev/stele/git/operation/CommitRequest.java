package dev.stele.git.operation;

import dev.stele.contracts.OperationId;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A commit to be made.
 *
 * @param commitId its id, also its trailer
 * @param directory the project's directory, absolute
 * @param message its message
 * @param scope what it is to hold
 * @param requestedAt when it was asked for
 */
public record CommitRequest(
        OperationId commitId,
        Path directory,
        String message,
        CommitScope scope,
        Instant requestedAt) {}
