package dev.stele.git.diff;

import java.util.function.Predicate;
import org.eclipse.jgit.lib.ObjectId;

/**
 * One of two states that are compared.
 *
 * @param tree what it holds
 * @param left tells of raw paths that it does not hold whether they may have been there
 *     nevertheless: ignored, or left out of a checkpoint
 */
record ComparedState(ObjectId tree, Predicate<String> left) {

    boolean leavesOut(String path) {
        return left.test(path);
    }
}
