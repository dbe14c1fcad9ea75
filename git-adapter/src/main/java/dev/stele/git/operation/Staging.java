package dev.stele.git.operation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stele.git.capture.StopSign;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts changes into an index, with the user's git. */
final class Staging {

    private final GitProgram git;
    private final GitLocation location;
    private final StopSign stop;

    /**
     * @param git the user's git in the project's directory, on the index that is changed
     * @param location the project's place
     * @param stop raised when it is to stop
     */
    Staging(GitProgram git, GitLocation location, StopSign stop) {
        this.git = git;
        this.location = location;
        this.stop = stop;
    }

    /**
     * Stages everything that is not ignored.
     *
     * @throws GitFailure when there is nothing to commit then, or git cannot stage it
     */
    void stageAll() throws InterruptedException {
        requireNoConflicts();
        require(git.run(stop, "add", "-u", "--", "."), "stage the changes");
        update(untracked());
        boolean merging = Files.exists(location.gitDir().resolve("MERGE_HEAD"));
        if (!merging && changed().isEmpty()) {
            throw new GitFailure(new Selected.All().none(location.directory()));
        }
    }

    /**
     * Stages some files as they are on the disk; what others have staged of other files stays.
     *
     * @return those that the commit changes, as raw paths from the project's directory
     * @throws GitFailure when there is none, or git cannot stage them
     */
    List<String> stage(Selected selected) throws InterruptedException {
        requireNoConflicts();
        requireNoMerge();
        List<String> tracked = git.run(stop, "ls-files", "-z").rawFields();
        update(
                Stream.concat(tracked.stream(), untracked().stream())
                        .filter(selected::holds)
                        .distinct()
                        .toList());
        List<String> changed = changed().stream().filter(selected::holds).toList();
        if (changed.isEmpty()) {
            throw new GitFailure(selected.none(location.directory()));
        }
        return changed;
    }

    /**
     * Makes an index of what HEAD holds and of these files as they are on the disk.
     *
     * @param paths raw paths from the project's directory
     */
    void stageOnHead(List<String> paths) throws InterruptedException {
        // Merged with the index that is there, it keeps what that knows of files on the disk.
        require(
                isUnborn()
                        ? git.run(stop, "read-tree", "--empty")
                        : git.run(stop, "read-tree", "-i", "-m", "HEAD"),
                "prepare the commit");
        update(paths);
    }

    private boolean isUnborn() throws InterruptedException {
        return !git.run(stop, "rev-parse", "-q", "--verify", "HEAD").succeeded();
    }

    private void requireNoConflicts() throws InterruptedException {
        if (!git.run(stop, "ls-files", "-u", "-z").rawFields().isEmpty()) {
            throw new GitFailure(
                    "There are unresolved conflicts in "
                            + location.directory()
                            + "; resolve them and commit again.");
        }
    }

    private void requireNoMerge() {
        for (String head : List.of("MERGE_HEAD", "CHERRY_PICK_HEAD")) {
            if (Files.exists(location.gitDir().resolve(head))) {
                throw new GitFailure(
                        "A merge or cherry-pick is under way in "
                                + location.directory()
                                + ", and a part of the changes cannot conclude it: conclude it with"
                                + " git, or commit all changes of the repository.");
            }
        }
    }

    /** A name with a slash at its end is a repository of its own. */
    private List<String> untracked() throws InterruptedException {
        return git.run(stop, "ls-files", "-o", "--exclude-standard", "-z").rawFields().stream()
                .filter(path -> !path.endsWith("/"))
                .toList();
    }

    private void update(List<String> paths) throws InterruptedException {
        if (!paths.isEmpty()) {
            String lines = paths.stream().collect(Collectors.joining("\0", "", "\0"));
            require(
                    git.run(
                            stop,
                            lines.getBytes(ISO_8859_1),
                            "update-index",
                            "--add",
                            "--remove",
                            "--replace",
                            "-z",
                            "--stdin"),
                    "stage the files");
        }
    }

    /** What the index would change in the project. */
    private List<String> changed() throws InterruptedException {
        GitRun run =
                isUnborn()
                        ? git.run(stop, "ls-files", "-z")
                        : git.run(
                                stop,
                                "diff-index",
                                "--cached",
                                "--no-renames",
                                "--name-only",
                                "--relative",
                                "-z",
                                "HEAD");
        return run.rawFields();
    }

    private static void require(GitRun run, String what) {
        if (!run.succeeded()) {
            throw new GitFailure("Git could not " + what + ": " + run.explanation());
        }
    }
}
