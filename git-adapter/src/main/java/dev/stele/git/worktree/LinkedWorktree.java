package dev.stele.git.worktree;

import dev.stele.git.capture.StopSign;
import dev.stele.git.disk.RawNames;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What git knows of a linked working tree, whether its directory is there or not.
 *
 * @param head the commit that it stands at; empty when it stands at none
 * @param isDetached whether it is on no branch
 * @param isLocked whether somebody forbade git to remove it
 */
record LinkedWorktree(String head, boolean isDetached, boolean isLocked) {

    private static final String START = "worktree ";
    private static final String HEAD = "HEAD ";

    /**
     * Looks for one, by the path of its top.
     *
     * @param git in any working tree of the repository
     * @return it, or null when git knows none there
     * @throws GitFailure when git cannot tell
     */
    static @Nullable LinkedWorktree find(GitProgram git, Path top, StopSign stop)
            throws InterruptedException {
        GitRun run = git.run(stop, "worktree", "list", "--porcelain", "-z");
        if (!run.succeeded()) {
            throw new GitFailure(
                    "Git cannot list the worktrees; worktrees need git 2.38 or newer: "
                            + run.explanation());
        }
        List<String> fields = run.rawFields();
        int start = fields.indexOf(START + RawNames.of(top));
        if (start < 0) {
            return null;
        }
        List<String> own =
                fields.subList(start + 1, fields.size()).stream()
                        .takeWhile(field -> !field.startsWith(START))
                        .toList();
        String head =
                own.stream()
                        .filter(field -> field.startsWith(HEAD))
                        .map(field -> field.substring(HEAD.length()))
                        .findFirst()
                        .orElse("");
        return new LinkedWorktree(
                head,
                own.contains("detached"),
                own.stream().anyMatch(f -> f.equals("locked") || f.startsWith("locked ")));
    }
}
