package dev.stele.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the small files of a git repository tell: which branch is checked out, and where a remote's
 * branch was last seen. What they do not tell is null.
 *
 * @param own the directory of this working tree's HEAD
 * @param shared the directory of the refs that all working trees share
 */
record GitFiles(Path own, Path shared) {

    private static final String BRANCHES = "ref: refs/heads/";
    private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /** The repository that a directory is in, or null when it is in none. */
    static @Nullable GitFiles of(Path directory) {
        for (Path path = directory.toAbsolutePath().normalize();
                path != null;
                path = path.getParent()) {
            Path git = path.resolve(".git");
            Path own = Files.isDirectory(git) ? git : pointed(git, "gitdir: ");
            if (own != null) {
                Path shared = pointed(own.resolve("commondir"), "");
                return new GitFiles(own, shared == null ? own : shared);
            }
        }
        return null;
    }

    /** The branch that is checked out, or null when HEAD is detached. */
    @Nullable String branch() {
        String head = line(own.resolve("HEAD"));
        return head != null && head.startsWith(BRANCHES) ? head.substring(BRANCHES.length()) : null;
    }

    /** The commit at which a remote's branch was when it was last fetched or pushed. */
    @Nullable String lastSeen(String remote, String branch) {
        String ref = "refs/remotes/" + remote + "/" + branch;
        String loose = line(shared.resolve(ref));
        if (loose != null) {
            return OBJECT_ID.matcher(loose).matches() ? loose : null;
        }
        return lines(shared.resolve("packed-refs")).stream()
                .filter(line -> line.endsWith(" " + ref))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .filter(id -> OBJECT_ID.matcher(id).matches())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Path pointed(Path file, String prefix) {
        String line = line(file);
        Path folder = file.getParent();
        return line == null || folder == null || !line.startsWith(prefix)
                ? null
                : folder.resolve(line.substring(prefix.length())).normalize();
    }

    private static @Nullable String line(Path file) {
        return lines(file).stream().findFirst().map(String::strip).orElse(null);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
