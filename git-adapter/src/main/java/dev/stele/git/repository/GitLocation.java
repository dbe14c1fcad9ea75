package dev.stele.git.repository;

import dev.stele.git.disk.RawNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a project lies in its repository. All paths are absolute, without links.
 *
 * @param directory the project's directory
 * @param workTree the top of the working tree that holds it
 * @param gitDir the git directory of that working tree
 * @param commonDir what all working trees of the repository share: objects, refs, configuration
 * @param prefix the raw path of the project from the top of the working tree: empty, or with a
 *     slash at its end
 */
public record GitLocation(
        Path directory, Path workTree, Path gitDir, Path commonDir, String prefix) {

    private static final String GIT = ".git";
    private static final String GIT_FILE_START = "gitdir:";

    /**
     * Finds the repository of a project, as git does: in the directory or the nearest above it.
     *
     * @param project the project's directory, absolute
     * @throws GitFailure when there is none, or it is no place for checkpoints
     */
    public static GitLocation find(Path project) {
        GitLocation found = search(project);
        if (found == null) {
            throw new GitFailure(
                    "The directory "
                            + project
                            + " is not in a git repository; run 'git init' there.");
        }
        return found;
    }

    /**
     * Finds the repository of a project, or null when it is in none.
     *
     * @param project the project's directory, absolute
     * @throws GitFailure when the directory, or what there is, is no place for checkpoints
     */
    public static @Nullable GitLocation search(Path project) {
        try {
            if (!Files.isDirectory(project)) {
                throw new GitFailure(
                        "The directory "
                                + project
                                + " is not there; bring it back, or delete the project.");
            }
            Path directory = project.toRealPath();
            requireNarrow(directory);
            return nearest(directory);
        } catch (IOException e) {
            throw new GitFailure("The directory " + project + " cannot be read: " + told(e), e);
        }
    }

    /** A tree that holds all that a person has is nothing to copy around every turn. */
    private static void requireNarrow(Path directory) throws IOException {
        String home = System.getProperty("user.home", "");
        boolean holdsHome =
                !home.isEmpty()
                        && Files.isDirectory(Path.of(home))
                        && Path.of(home).toRealPath().startsWith(directory);
        if (holdsHome || directory.getParent() == null) {
            throw new GitFailure(
                    "The directory "
                            + directory
                            + " holds a whole home directory or system, which is too much for"
                            + " checkpoints; choose a project directory inside it.");
        }
    }

    /**
     * The place of a project whose repository is elsewhere.
     *
     * @param project the project's directory, absolute
     * @param gitDir its git directory
     */
    static GitLocation separate(Path project, Path gitDir) throws IOException {
        Path directory = project.toRealPath();
        return new GitLocation(directory, directory, gitDir, gitDir, "");
    }

    /** Whether the working tree is one of several, and not the first. */
    boolean isLinked() {
        return !gitDir.equals(commonDir);
    }

    private static @Nullable GitLocation nearest(Path directory) throws IOException {
        for (Path top = directory; top != null; top = top.getParent()) {
            Path gitDir = gitDirIn(top);
            if (gitDir != null) {
                return at(directory, top, gitDir.toRealPath());
            }
            if (isGitDir(top)) {
                throw new GitFailure(
                        "The directory "
                                + directory
                                + " is in the git directory "
                                + top
                                + ", which has no working tree; use a clone or a worktree of it.");
            }
        }
        return null;
    }

    private static GitLocation at(Path directory, Path top, Path gitDir) throws IOException {
        Path relative = top.relativize(directory);
        String prefix = relative.toString().isEmpty() ? "" : RawNames.of(relative) + "/";
        return new GitLocation(directory, top, gitDir, commonDirOf(gitDir), prefix);
    }

    /** The git directory of a working tree with this top, or null when there is none. */
    private static @Nullable Path gitDirIn(Path top) throws IOException {
        Path dotGit = top.resolve(GIT);
        if (Files.isDirectory(dotGit)) {
            return isGitDir(dotGit) ? dotGit : null;
        }
        if (!Files.isRegularFile(dotGit)) {
            return null;
        }
        Path gitDir = target(dotGit);
        if (gitDir == null || !isGitDir(gitDir)) {
            throw new GitFailure(
                    "The file "
                            + dotGit
                            + " leads to no git directory; if the working tree was moved, 'git"
                            + " worktree repair' mends it.");
        }
        return gitDir;
    }

    /**
     * Whether a name in a directory makes that directory a repository of its own, whose content is
     * not part of the working tree around it.
     *
     * @param dotGit the absolute path of something called {@code .git}
     */
    public static boolean isBoundary(Path dotGit) throws IOException {
        return Files.isDirectory(dotGit)
                ? Files.exists(dotGit.resolve("HEAD"))
                : Files.isRegularFile(dotGit) && target(dotGit) != null;
    }

    /** Where a {@code .git} file leads, or null when it is no such file. */
    private static @Nullable Path target(Path file) throws IOException {
        if (Files.size(file) > 1 << 16) {
            return null;
        }
        String content = RawNames.raw(Files.readAllBytes(file));
        if (!content.startsWith(GIT_FILE_START)) {
            return null;
        }
        String path = content.substring(GIT_FILE_START.length()).strip();
        return RawNames.resolve(file.resolveSibling(""), path).normalize();
    }

    private static boolean isGitDir(Path path) {
        return Files.exists(path.resolve("HEAD"))
                && (Files.exists(path.resolve("commondir"))
                        || (Files.isDirectory(path.resolve("objects"))
                                && Files.isDirectory(path.resolve("refs"))));
    }

    private static Path commonDirOf(Path gitDir) throws IOException {
        Path file = gitDir.resolve("commondir");
        if (!Files.isRegularFile(file)) {
            return gitDir;
        }
        String path = RawNames.raw(Files.readAllBytes(file)).strip();
        return RawNames.resolve(gitDir, path).toRealPath();
    }

    private static String told(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
