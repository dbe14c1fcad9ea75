package dev.stele.git.worktree;

import dev.stele.contracts.OperationId;
import java.nio.file.Path;

/**
 * Which worktree something is done with.
 *
 * @param id names the operation
 * @param project the directory of the project whose repository it is of, absolute
 * @param directory the directory to work in, absolute
 * @param top the top of the working tree: that directory, or what holds it
 * @param branch its branch
 */
public record WorktreeRequest(
        OperationId id, Path project, Path directory, Path top, String branch) {

    /** The ref of its branch. */
    String ref() {
        return "refs/heads/" + branch;
    }
}
