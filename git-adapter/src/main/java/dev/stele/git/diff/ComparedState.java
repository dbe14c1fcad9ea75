package dev.stele.git.diff;

import dev.stele.domain.model.GitHead;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * One of two states that are compared.
 *
 * @param tree what it holds
 * @param left tells of raw paths that it does not hold whether they may have been there
 *     nevertheless: ignored, or left out of a checkpoint
 * @param head where HEAD stood, or null where that is not known
 */
record ComparedState(ObjectId tree, Predicate<String> left, @Nullable GitHead head) {

    boolean leavesOut(String path) {
        return left.test(path);
    }
}
