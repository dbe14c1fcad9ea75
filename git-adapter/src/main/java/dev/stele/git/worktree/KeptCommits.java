package dev.stele.git.worktree;

import dev.stele.git.capture.StopSign;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import java.nio.file.Path;

/** Sees to it that no commit is lost with a worktree. */
final class KeptCommits {

    private final GitProgram git;
    private final StopSign stop;

    /**
     * @param git in any working tree of the repository
     */
    KeptCommits(GitProgram git, StopSign stop) {
        this.git = git;
        this.stop = stop;
    }

    /**
     * Checks that what a worktree stands at is held by something else, too: its branch stays, but
     * what is on no branch would go with it.
     *
     * @throws GitFailure when nothing else holds it
     */
    void require(LinkedWorktree worktree, Path top) throws InterruptedException {
        if (worktree.isDetached() && !worktree.head().isEmpty() && !isHeld(worktree.head())) {
            throw new GitFailure(
                    "The worktree "
                            + top
                            + " stands at the commit "
                            + worktree.head()
                            + ", which no branch holds; keep it by 'git branch NAME "
                            + worktree.head()
                            + "', then remove the worktree.");
        }
    }

    private boolean isHeld(String commit) throws InterruptedException {
        GitRun run =
                git.run(
                        stop,
                        "for-each-ref",
                        "--count=1",
                        "--contains",
                        commit,
                        "refs/heads",
                        "refs/tags",
                        "refs/remotes");
        // What git does not find at all is lost already.
        return !run.succeeded() || !run.line().isEmpty();
    }
}
