package dev.stele.git.worktree;

import dev.stele.git.capture.StopSign;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * A path at which two commits differ.
 *
 * @param path its raw path from the top of the working tree
 * @param from what it is in the one, as git's mode
 * @param to what it is in the other
 */
record PathDifference(String path, int from, int to) {

    private static final int FILE = 0100000;
    private static final int LINK = 0120000;
    private static final int TYPE = 0170000;

    /** Whether there is a file or link in the one. */
    boolean wasFile() {
        return isFile(from);
    }

    /** Whether there is a file or link in the other. */
    boolean becomesFile() {
        return isFile(to);
    }

    /** Submodules are no files, and their directories are left alone. */
    private static boolean isFile(int mode) {
        return (mode & TYPE) == FILE || (mode & TYPE) == LINK;
    }

    /** The same the other way round. */
    PathDifference turned() {
        return new PathDifference(path, to, from);
    }

    /** All paths at which two commits differ, in git's order. */
    static List<PathDifference> between(GitProgram git, String from, String to, StopSign stop)
            throws InterruptedException {
        GitRun run = git.run(stop, "diff-tree", "-r", "-z", "--raw", "--no-renames", from, to);
        if (!run.succeeded()) {
            throw new GitFailure("Git cannot compare the branches: " + run.explanation());
        }
        List<String> fields = run.rawFields();
        List<PathDifference> differences = new ArrayList<>();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            String[] modes = fields.get(i).substring(1).split(" ", 3);
            differences.add(
                    new PathDifference(
                            fields.get(i + 1),
                            Integer.parseInt(modes[0], 8),
                            Integer.parseInt(modes[1], 8)));
        }
        return differences;
    }
}
