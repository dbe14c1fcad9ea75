package dev.stele.git.operation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stele.git.capture.StopSign;
import dev.stele.git.change.FileState;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An index in which a commit of a project is prepared. All paths are raw. */
final class Staging {

    private final GitProgram git;
    private final String prefix;
    private final StopSign stop;

    /**
     * @param git runs in the project's directory
     * @param index the index
     * @param prefix the raw path of the project from the top of the working tree
     */
    Staging(GitProgram git, Path index, String prefix, StopSign stop) {
        this.git = git.with(Map.of("GIT_INDEX_FILE", index.toString()));
        this.prefix = prefix;
        this.stop = stop;
    }

    /** Runs git with this index. */
    GitProgram git() {
        return git;
    }

    boolean hasConflicts() throws InterruptedException {
        return !git.run(stop, "ls-files", "-u", "-z").rawFields().isEmpty();
    }

    /**
     * What in the project differs from HEAD and is not ignored.
     *
     * @return whether it is gone, by the path from the project's directory
     */
    SortedMap<String, Boolean> changes() throws InterruptedException {
        // It tells by its code that something is to be refreshed, which is no failure.
        git.run(stop, "update-index", "-q", "--refresh");
        GitRun tracked =
                git.run(
                        stop,
                        "diff-index",
                        "--name-status",
                        "--no-renames",
                        "--relative",
                        "-z",
                        base());
        require(tracked, "compare the files with HEAD");
        SortedMap<String, Boolean> changes = new TreeMap<>();
        List<String> fields = tracked.rawFields();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            changes.put(fields.get(i + 1), fields.get(i).equals("D"));
        }
        GitRun untracked = git.run(stop, "ls-files", "-o", "--exclude-standard", "-z");
        require(untracked, "find the new files");
        // A name with a slash at its end is a repository of its own.
        untracked.rawFields().stream()
                .filter(path -> !path.endsWith("/"))
                .forEach(path -> changes.put(path, false));
        return changes;
    }

    private @Nullable String head() throws InterruptedException {
        GitRun run = git.run(stop, "rev-parse", "-q", "--verify", "HEAD");
        return run.succeeded() ? run.line() : null;
    }

    /** What all is compared with: HEAD, or before the first commit the tree of nothing. */
    private String base() throws InterruptedException {
        String head = head();
        if (head != null) {
            return head;
        }
        // Git knows that tree without having it, under an id of the repository's format.
        GitRun run = git.run(stop, "hash-object", "-t", "tree", "--stdin");
        require(run, "name the tree of nothing");
        return run.line();
    }

    /** The paths of the project of which the index holds another state than HEAD. */
    Set<String> staged() throws InterruptedException {
        Set<String> paths = new HashSet<>();
        for (String path : stagedAnywhere()) {
            if (path.startsWith(prefix)) {
                paths.add(path.substring(prefix.length()));
            }
        }
        return paths;
    }

    /** Whether nothing is staged, in all of the working tree, but these paths of the project. */
    boolean holdsOnly(Collection<String> paths) throws InterruptedException {
        Set<String> known = new HashSet<>();
        paths.forEach(path -> known.add(prefix + path));
        return known.containsAll(stagedAnywhere());
    }

    private List<String> stagedAnywhere() throws InterruptedException {
        GitRun run =
                git.run(
                        stop,
                        "diff-index",
                        "--cached",
                        "--name-only",
                        "--no-renames",
                        "-z",
                        base());
        require(run, "compare the index with HEAD");
        return run.rawFields();
    }

    /** Puts nothing but HEAD into the index; what git knows of the files' age is kept. */
    void reset() throws InterruptedException {
        String head = head();
        GitRun run =
                head == null
                        ? git.run(stop, "read-tree", "--empty")
                        : git.run(stop, "read-tree", "--reset", head);
        require(run, "prepare the commit");
    }

    /**
     * Stages paths as they are on the disk.
     *
     * @param changes some of {@link #changes}
     */
    void stage(SortedMap<String, Boolean> changes) throws InterruptedException {
        // What is gone first: a directory may stand in a file's place, or a link in a directory's.
        update(changes, gone -> gone, "--force-remove");
        update(changes, gone -> !gone, "--add", "--remove", "--replace");
    }

    /**
     * Stages files in given states, whatever is on the disk.
     *
     * @param states whose contents are in the repository
     */
    void stageStates(Map<String, FileState> states) throws InterruptedException {
        var input = new StringBuilder();
        states.forEach((path, state) ->
                input.append(Integer.toOctalString(state.mode()))
                        .append(' ')
                        .append(state.id().name())
                        .append('\t')
                        .append(prefix)
                        .append(path)
                        .append('\0'));
        if (!input.isEmpty()) {
            byte[] entries = input.toString().getBytes(ISO_8859_1);
            require(git.run(stop, entries, "update-index", "-z", "--index-info"), "stage a part");
        }
    }

    private void update(
            SortedMap<String, Boolean> changes, Predicate<Boolean> which, String... options)
            throws InterruptedException {
        var input = new StringBuilder();
        changes.forEach((path, gone) -> {
            if (which.test(gone)) {
                input.append(path).append('\0');
            }
        });
        if (!input.isEmpty()) {
            List<String> arguments = new ArrayList<>(List.of("update-index"));
            arguments.addAll(List.of(options));
            arguments.addAll(List.of("-z", "--stdin"));
            byte[] paths = input.toString().getBytes(ISO_8859_1);
            require(git.run(stop, paths, arguments.toArray(String[]::new)), "stage the changes");
        }
    }

    /** Fails when a run of git has failed. */
    static void require(GitRun run, String what) {
        if (!run.succeeded()) {
            throw new GitFailure("Git could not " + what + ": " + run.explanation());
        }
    }
}
