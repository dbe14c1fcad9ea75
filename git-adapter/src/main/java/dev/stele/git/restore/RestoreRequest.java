package dev.stele.git.restore;

import dev.stele.contracts.OperationId;
import java.nio.file.Path;

/**
 * A restore of files.
 *
 * @param restoreId names its journal
 * @param directory the project's directory, absolute
 * @param safetyRef the checkpoint that was just taken of the directory as it is
 * @param targetRef the checkpoint that is brought back
 * @param choice what of it
 */
public record RestoreRequest(
        OperationId restoreId,
        Path directory,
        String safetyRef,
        String targetRef,
        RestoreChoice choice) {}
