package dev.stele.domain.port;

import dev.stele.contracts.Characters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is in a repository to choose from: branches, and remotes to push to.
 *
 * @param branch the branch that is checked out; null when none is
 * @param commit the commit's hash at HEAD; null before the first one
 * @param branches the branches of this repository, those first that were committed to last; at most
 *     {@link #MOST_BRANCHES}
 * @param remotes all remotes, by their names
 */
public record RepositoryView(
        @Nullable String branch,
        @Nullable String commit,
        List<Branch> branches,
        List<Remote> remotes) {

    /** The most branches that are told of. */
    public static final int MOST_BRANCHES = 500;

    /** Makes texts well-formed and the lists immutable. */
    public RepositoryView {
        branch = Characters.wellFormedOrNull(branch);
        branches = List.copyOf(branches);
        remotes = List.copyOf(remotes);
    }

    /**
     * A branch.
     *
     * @param name its name, without {@code refs/heads/}
     * @param commit the commit's hash that it is at
     * @param upstream the branch of a remote that it follows, as {@code origin/main}; null for none
     */
    public record Branch(String name, String commit, @Nullable String upstream) {
        /** Makes texts well-formed. */
        public Branch {
            name = Characters.wellFormed(name);
            upstream = Characters.wellFormedOrNull(upstream);
        }
    }

    /**
     * A remote.
     *
     * @param name its name
     * @param url where pushes go, without a user's name and password
     */
    public record Remote(String name, String url) {
        /** Makes texts well-formed. */
        public Remote {
            name = Characters.wellFormed(name);
            url = Characters.wellFormed(url);
        }
    }
}
