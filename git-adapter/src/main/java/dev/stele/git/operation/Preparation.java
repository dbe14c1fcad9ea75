package dev.stele.git.operation;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.git.capture.StopSign;
import dev.stele.git.program.GitProgram;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;

/**
 * Prepares a commit in copies of the user's index: the copy that will replace it, in which what is
 * committed is staged beside what the user has staged; and, when that holds more than is to be
 * committed, a second one with the chosen changes alone.
 */
final class Preparation {

    private final GitProgram git;
    private final GitLocation location;
    private final IndexLock lock;
    private final StopSign stop;
    private final Staging index;
    private Staging committed;
    private Chosen chosen = Chosen.whole(Collections.emptySortedMap());

    /**
     * @param git runs in the project's directory
     * @param lock holds the user's index
     */
    Preparation(GitProgram git, GitLocation location, IndexLock lock, StopSign stop) {
        this.git = git;
        this.location = location;
        this.lock = lock;
        this.stop = stop;
        this.index = new Staging(git, lock.copy(), location.prefix(), stop);
        this.committed = index;
    }

    /**
     * Stages what is to be committed.
     *
     * @return what was asked for and is not staged
     * @throws GitFailure when there is nothing, or it cannot be committed
     */
    List<LeftPath> stage(Selection selection, CommitScope scope)
            throws IOException, InterruptedException {
        if (isUnderWay("rebase-merge") || isUnderWay("rebase-apply")) {
            throw new GitFailure(
                    "A rebase is under way in "
                            + location.workTree()
                            + ", and a commit now would become a part of it; finish it with 'git"
                            + " rebase --continue', or give it up with 'git rebase --abort'.");
        }
        if (index.hasConflicts()) {
            throw new GitFailure(
                    "There are unresolved conflicts in "
                            + location.directory()
                            + "; resolve them and commit again.");
        }
        chosen = selection.of(scope, index.changes());
        if (!chosen.joined().isEmpty()) {
            chosen = chosen.withoutStaged(index.staged());
        }
        if (chosen.isEmpty() && !isUnderWay("MERGE_HEAD")) {
            throw new GitFailure("There is nothing to commit in " + location.directory() + ".");
        }
        index.stage(chosen.whole());
        index.stageStates(chosen.joined());
        if (!index.holdsOnly(chosen.paths())) {
            stageAlone();
        }
        return chosen.left();
    }

    private void stageAlone() throws IOException, InterruptedException {
        if (isUnderWay("MERGE_HEAD") || isUnderWay("CHERRY_PICK_HEAD")) {
            throw new GitFailure(
                    "A merge or cherry-pick is under way in "
                            + location.workTree()
                            + ", and git cannot commit a part of it; finish it, or commit"
                            + " everything.");
        }
        committed = new Staging(git, lock.copyForPart(), location.prefix(), stop);
        committed.reset();
        committed.stage(chosen.whole());
        committed.stageStates(chosen.joined());
    }

    private boolean isUnderWay(String head) {
        return Files.exists(location.gitDir().resolve(head));
    }

    /** Runs git with the index that is to be committed: hooks see what the commit will hold. */
    GitProgram git() {
        return committed.git();
    }

    /** Stages once more what hooks have changed in the chosen files, now that it is committed. */
    @SuppressWarnings("ReferenceEquality")
    void followHooks() throws InterruptedException {
        if (committed != index) {
            index.stage(chosen.whole());
        }
    }
}
