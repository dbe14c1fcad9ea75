package dev.stele.git.operation;

import dev.stele.contracts.OperationId;
import dev.stele.git.repository.GitLocation;
import dev.stele.git.repository.ProjectRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** Finds commits of Stele by their trailer. */
final class CommitSearch {

    /** The trailer that names the commit's operation. */
    static final String TRAILER = "Stele-Commit";

    /** Clocks of machines that share a repository differ, and so may commits that were amended. */
    private static final Duration MARGIN = Duration.ofDays(2);

    private CommitSearch() {}

    /**
     * The commit with a trailer on any branch, or null.
     *
     * @param directory the project's directory
     * @param since before this time it cannot have been made
     */
    static @Nullable ObjectId find(Path directory, OperationId commitId, Instant since)
            throws IOException {
        try (ProjectRepository repository = ProjectRepository.open(GitLocation.find(directory));
                RevWalk walk = new RevWalk(repository.jgit())) {
            ObjectId head = repository.head();
            if (head != null) {
                walk.markStart(walk.parseCommit(head));
            }
            for (Ref branch :
                    repository.jgit().getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
                if (walk.parseAny(branch.getObjectId()) instanceof RevCommit commit) {
                    walk.markStart(commit);
                }
            }
            long oldest = since.minus(MARGIN).getEpochSecond();
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                if (commit.getCommitTime() < oldest) {
                    return null;
                }
                if (commit.getFooterLines(TRAILER).contains(commitId.value())) {
                    return commit.copy();
                }
            }
            return null;
        }
    }
}
