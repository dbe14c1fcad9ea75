package dev.stele.domain.port;

import dev.stele.contracts.Characters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a branch is from where its commits are to go.
 *
 * @param ahead how many commits would go there, 0 or more
 * @param behind how many commits are there that the branch lacks, 0 or more; null when it is not
 *     known what is there
 * @param commits those that would go, the newest first; at most {@link #MOST_COMMITS}
 */
public record CommitDistance(int ahead, @Nullable Integer behind, List<Commit> commits) {

    /** The most commits that are told of. */
    public static final int MOST_COMMITS = 50;

    /** Makes the list immutable. */
    public CommitDistance {
        commits = List.copyOf(commits);
    }

    /**
     * A commit.
     *
     * @param id its hash
     * @param subject the first line of its message
     */
    public record Commit(String id, String subject) {
        /** Makes the text well-formed. */
        public Commit {
            subject = Characters.wellFormed(subject);
        }
    }
}
