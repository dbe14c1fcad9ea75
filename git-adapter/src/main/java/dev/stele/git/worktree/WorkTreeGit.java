package dev.stele.git.worktree;

import dev.stele.git.program.GitProgram;
import dev.stele.git.repository.GitLocation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The user's git in a working tree that is named to it, with an index of its own. */
final class WorkTreeGit {

    private WorkTreeGit() {}

    /**
     * Git in a working tree, wherever its git directory believes it to be.
     *
     * @param index the index that it reads and writes
     */
    static GitProgram of(GitLocation location, Path index, Duration limit) {
        return of(location.gitDir(), location.workTree(), index, limit);
    }

    /** The same, for any directory as the working tree. */
    static GitProgram of(Path gitDir, Path workTree, Path index, Duration limit) {
        return new GitProgram(workTree, limit)
                .with(
                        Map.of(
                                "LC_ALL", "C",
                                "GIT_DIR", gitDir.toString(),
                                "GIT_WORK_TREE", workTree.toString(),
                                "GIT_INDEX_FILE", index.toString()));
    }
}
