package dev.stele.git.worktree;

import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;

/** Merges, rebases and the like that were begun in a working tree and not ended. */
final class UnfinishedWork {

    private static final Map<String, String> MARKS =
            new TreeMap<>(
                    Map.of(
                            "MERGE_HEAD", "merge",
                            "CHERRY_PICK_HEAD", "cherry-pick",
                            "REVERT_HEAD", "revert",
                            "rebase-merge", "rebase",
                            "rebase-apply", "rebase",
                            "BISECT_LOG", "bisect"));

    private UnfinishedWork() {}

    /**
     * Checks that there is nothing of the kind.
     *
     * @throws GitFailure when there is
     */
    static void requireNone(GitLocation location) {
        MARKS.forEach((file, what) -> {
            if (Files.exists(location.gitDir().resolve(file))) {
                throw new GitFailure(
                        "A "
                                + what
                                + " is under way in "
                                + location.workTree()
                                + "; finish or abort it first.");
            }
        });
    }
}
