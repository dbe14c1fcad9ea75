package dev.stele.git.operation;

import dev.stele.contracts.OperationId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A push of one branch.
 *
 * @param operationId its id
 * @param directory the project's directory, absolute
 * @param branch the branch, by git's rules
 * @param remote the name of a configured remote
 * @param lease the remote's commit id that a forced push may replace; null never forces
 */
public record PushRequest(
        OperationId operationId,
        Path directory,
        String branch,
        String remote,
        @Nullable String lease) {

    String ref() {
        return "refs/heads/" + branch;
    }
}
