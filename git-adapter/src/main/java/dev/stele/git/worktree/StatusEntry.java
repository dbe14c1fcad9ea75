package dev.stele.git.worktree;

import dev.stele.git.capture.StopSign;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import java.util.List;

/**
 * A path that differs from HEAD, is untracked, or is in conflict.
 *
 * @param path its raw path from the top of the working tree
 * @param staged whether the index differs from HEAD there
 * @param onDisk whether the disk differs from the index there
 */
record StatusEntry(String path, boolean staged, boolean onDisk) {

    private static final int FIELDS = 9;
    private static final int FIELDS_IN_CONFLICT = 11;

    /** Whether what is staged is neither in HEAD nor on the disk. */
    boolean isStagedOtherwise() {
        return staged && onDisk;
    }

    /**
     * All of a working tree, whatever the user's settings leave out.
     *
     * @param git in that working tree
     */
    static List<StatusEntry> all(GitProgram git, StopSign stop) throws InterruptedException {
        GitRun run =
                git.run(
                        stop,
                        "-c",
                        "core.fsmonitor=false",
                        "-c",
                        "core.untrackedCache=false",
                        "status",
                        "--porcelain=v2",
                        "-z",
                        "--untracked-files=all",
                        "--ignore-submodules=none",
                        "--no-renames");
        if (!run.succeeded()) {
            throw new GitFailure("Git cannot tell what is changed: " + run.explanation());
        }
        return run.rawFields().stream().map(StatusEntry::parse).toList();
    }

    private static StatusEntry parse(String line) {
        return switch (line.charAt(0)) {
            case '?' -> new StatusEntry(line.substring(2), false, true);
            case 'u' ->
                    new StatusEntry(
                            line.split(" ", FIELDS_IN_CONFLICT)[FIELDS_IN_CONFLICT - 1],
                            true,
                            true);
            default ->
                    new StatusEntry(
                            line.split(" ", FIELDS)[FIELDS - 1],
                            line.charAt(2) != '.',
                            line.charAt(3) != '.');
        };
    }
}
