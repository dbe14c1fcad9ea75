package dev.stele.git.worktree;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stele.git.capture.StopSign;
import dev.stele.git.disk.RawNames;
import dev.stele.git.program.GitProgram;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries of an index that git was told not to look at on the disk. Changes of such files are seen
 * by nobody who asks for the status.
 */
final class HiddenChanges {

    private final GitProgram git;
    private final Path workTree;
    private final StopSign stop;

    /**
     * @param git with the index that is meant
     */
    HiddenChanges(GitProgram git, Path workTree, StopSign stop) {
        this.git = git;
        this.workTree = workTree;
        this.stop = stop;
    }

    /** The raw paths of those that are on the disk. */
    List<String> find() throws InterruptedException {
        List<String> found = new ArrayList<>();
        for (String entry : git.run(stop, "ls-files", "-v", "-z").rawFields()) {
            char tag = entry.charAt(0);
            String path = entry.substring(2);
            if ((Character.isLowerCase(tag) || tag == 'S')
                    && Files.exists(RawNames.resolve(workTree, path), LinkOption.NOFOLLOW_LINKS)) {
                found.add(path);
            }
        }
        return found;
    }

    /** Makes git look at them again. */
    void show() throws InterruptedException {
        List<String> paths = find();
        if (paths.isEmpty()) {
            return;
        }
        byte[] input = (String.join("\0", paths) + "\0").getBytes(ISO_8859_1);
        for (String flag : List.of("--no-assume-unchanged", "--no-skip-worktree")) {
            git.run(stop, input, "update-index", flag, "-z", "--stdin");
        }
    }
}
