package dev.stele.git.worktree;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stele.git.capture.StopSign;
import dev.stele.git.disk.RawNames;
import dev.stele.git.disk.Trees;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of a commit as git checks them out, with the user's filters and line ends, in a directory
 * of their own.
 *
 * @param directory the directory
 */
record StagedFiles(Path directory) {

    /** Filters and line ends hang on these, wherever they lie. */
    private static final String ATTRIBUTES = ":(glob)**/.gitattributes";

    /**
     * Checks files out.
     *
     * @param gitDir the git directory of the working tree that they are for
     * @param directory where; what is there is replaced
     * @param commit the commit
     * @param paths raw paths of files and links of it
     * @param limit how long git may take
     */
    static StagedFiles of(
            Path gitDir,
            Path directory,
            String commit,
            List<String> paths,
            Duration limit,
            StopSign stop)
            throws IOException, InterruptedException {
        if (Files.exists(directory)) {
            Trees.delete(directory);
        }
        Path files = Files.createDirectories(directory.resolve("files"));
        GitProgram git = WorkTreeGit.of(gitDir, files, directory.resolve("index"), limit);
        require(git.run(stop, "-c", "core.sparseCheckout=false", "read-tree", commit));
        List<String> all = new ArrayList<>(paths);
        all.addAll(git.run(stop, "ls-files", "-z", "--", ATTRIBUTES).rawFields());
        byte[] input = (String.join("\0", all) + "\0").getBytes(ISO_8859_1);
        if (!all.isEmpty()) {
            require(git.run(stop, input, "checkout-index", "--force", "--quiet", "-z", "--stdin"));
        }
        return new StagedFiles(files);
    }

    private static void require(GitRun run) {
        if (!run.succeeded()) {
            throw new GitFailure("Git could not check files out: " + run.explanation());
        }
    }

    /** Where a file is, if it is one of these. */
    Path at(String path) {
        return RawNames.resolve(directory, path);
    }
}
