package dev.stele.domain.model;

import dev.stele.contracts.Characters;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the HEAD of a git repository stands. Immutable.
 *
 * @param branch the full name of its branch, such as {@code refs/heads/main}; {@value #NO_BRANCH}
 *     when it is on none; null when that is not known
 * @param commit the id of its commit; null before the first one
 */
public record GitHead(@Nullable String branch, @Nullable String commit) {

    /** What stands for a branch where HEAD is at a commit of its own. */
    public static final String NO_BRANCH = "HEAD";

    /** Makes the text well-formed. */
    public GitHead {
        branch = branch == null ? null : Characters.wellFormed(branch);
    }

    /**
     * {@return whether HEAD stood elsewhere}
     *
     * @param other where it stood at another time; a branch that is not known differs from none
     */
    public boolean differsFrom(GitHead other) {
        return !Objects.equals(commit, other.commit)
                || (branch != null && other.branch != null && !branch.equals(other.branch));
    }
}
