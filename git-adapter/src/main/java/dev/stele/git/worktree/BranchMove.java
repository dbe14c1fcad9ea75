package dev.stele.git.worktree;

import dev.stele.git.capture.StopSign;
import dev.stele.git.disk.RawNames;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the branch that is checked out from one commit to another, with the files at which they
 * differ. What is not committed elsewhere, staged or not, stays as it is.
 */
final class BranchMove {

    private static final Logger LOG = LoggerFactory.getLogger(BranchMove.class);

    private final GitLocation location;
    private final Path staging;
    private final Duration limit;
    private final GitProgram git;
    private final String from;
    private final String to;
    private final TreeSwitch files;
    private final Map<String, String> marks = new HashMap<>();

    /**
     * @param location the working tree
     * @param staging a directory for what is checked out meanwhile; it is there
     * @param limit how long git may take
     * @param index a copy of the index, under its lock
     * @param from the commit that is checked out
     * @param to the commit to move to
     */
    BranchMove(
            GitLocation location,
            Path staging,
            Duration limit,
            Path index,
            String from,
            String to) {
        this.location = location;
        this.staging = staging;
        this.limit = limit;
        this.git = WorkTreeGit.of(location, index, limit);
        this.from = from;
        this.to = to;
        this.files = new TreeSwitch(location.workTree(), staging.getFileName().toString());
    }

    /**
     * Checks that nothing is in the way, changes the copy of the index, and checks the new files
     * out beside the tree. Nothing of the user's is touched.
     *
     * @throws GitFailure when something is in the way; it names the paths
     */
    void prepare(StopSign stop) throws IOException, InterruptedException {
        List<PathDifference> differences = differences(stop);
        refuse(new Obstacles(git, location.workTree(), stop).find(differences));
        for (PathDifference difference : differences) {
            marks.put(difference.path(), FileMark.of(files.at(difference)));
        }
        index(stop);
        stage("new", to, differences, stop);
    }

    private List<PathDifference> differences(StopSign stop) throws InterruptedException {
        return PathDifference.between(git, from, to, stop);
    }

    private static void refuse(Collection<String> paths) {
        if (!paths.isEmpty()) {
            throw new GitFailure(
                    "Files that the merge would change have changes that are not committed, or are"
                            + " untracked; nothing was changed. Commit them, or move them away.",
                    paths.stream().map(RawNames::display).toList());
        }
    }

    private StagedFiles stage(
            String name, String commit, List<PathDifference> differences, StopSign stop)
            throws IOException, InterruptedException {
        return StagedFiles.of(
                location.gitDir(),
                staging.resolve(name),
                commit,
                differences.stream()
                        .filter(PathDifference::becomesFile)
                        .map(PathDifference::path)
                        .toList(),
                limit,
                stop);
    }

    /** Brings the copy of the index from the one commit to the other; else it stays as it is. */
    void index(StopSign stop) throws InterruptedException {
        GitRun run = git.run(stop, "read-tree", "-i", "-m", from, to);
        if (!run.succeeded()) {
            throw new GitFailure(
                    "What is staged is in the way of the merge; nothing was changed: "
                            + run.explanation());
        }
        git.run(stop, "update-index", "-q", "--refresh");
    }

    /**
     * Replaces the files and moves the branch. Where it cannot go on it takes back what it did.
     *
     * @param branch what is merged, for the reflog
     * @param stop raised when it is to be taken back
     */
    void run(String branch, StopSign stop) throws IOException, InterruptedException {
        try {
            replace(stop);
            stop.check();
        } catch (IOException | GitFailure | StopSign.Stopped e) {
            takeBack(new StopSign());
            throw e;
        }
        moveBranch(branch);
        git.run(new StopSign(), "update-ref", "ORIG_HEAD", from);
        git.run(new StopSign(), "update-index", "-q", "--refresh");
        leaveOut(new StopSign());
    }

    private void replace(StopSign stop) throws IOException, InterruptedException {
        var comes = new StagedFiles(staging.resolve("new").resolve("files"));
        refuse(
                files.apply(
                        present(differences(stop), stop),
                        comes,
                        (difference, path) -> {
                            stop.check();
                            return FileMark.of(path).equals(marks.get(difference.path()));
                        }));
    }

    private void moveBranch(String branch) throws IOException, InterruptedException {
        GitRun moved =
                git.run(
                        new StopSign(),
                        "-c",
                        "core.fsync=reference",
                        "update-ref",
                        "-m",
                        "merge " + branch + ": by Stele",
                        "HEAD",
                        to,
                        from);
        if (!moved.succeeded()) {
            takeBack(new StopSign());
            throw new GitFailure(
                    "The branch was moved by somebody else meanwhile; merge again: "
                            + moved.explanation());
        }
    }

    /**
     * Takes new files off the disk that a sparse checkout leaves out, by the copy of the index.
     * What was changed or staged stays, and so does what git ignores: 'git sparse-checkout reapply'
     * would delete that.
     */
    void leaveOut(StopSign stop) throws InterruptedException {
        GitRun sparse = git.run(stop, "config", "--type=bool", "core.sparseCheckout");
        if (sparse.succeeded() && sparse.line().equals("true")) {
            GitRun run = git.run(stop, "read-tree", "-m", "-u", to, to);
            if (!run.succeeded()) {
                LOG.warn("New files stay that are left out otherwise: {}", run.explanation());
            }
        }
    }

    /** Without what a sparse checkout keeps off the disk. */
    private List<PathDifference> present(List<PathDifference> differences, StopSign stop)
            throws InterruptedException {
        Set<String> skipped = new HashSet<>();
        for (String entry : git.run(stop, "ls-files", "-t", "-z").rawFields()) {
            if (entry.startsWith("S ")) {
                skipped.add(entry.substring(2));
            }
        }
        return differences.stream()
                .filter(difference -> !skipped.contains(difference.path()))
                .toList();
    }

    /**
     * Brings back the files that a move has replaced before the branch was moved. A file that is
     * neither as it was nor as the move leaves it was changed by somebody else, and is left. The
     * copy of the index is as it was before, or {@link #prepare} was called.
     *
     * @throws GitFailure when there is such a file
     */
    void takeBack(StopSign stop) throws IOException, InterruptedException {
        List<PathDifference> differences = present(differences(stop), stop);
        files.tidy(differences);
        List<PathDifference> back = differences.stream().map(PathDifference::turned).toList();
        StagedFiles merged = stage("merged-files", to, differences, stop);
        StagedFiles old = stage("old", from, back, stop);
        List<PathDifference> replaced =
                back.stream().filter(difference -> isReplaced(difference, merged, old)).toList();
        List<String> left = changed(differences, merged, stop);
        left.addAll(
                files.apply(
                        replaced,
                        old,
                        (difference, path) -> FileMark.same(path, merged.at(difference.path()))));
        if (!left.isEmpty()) {
            throw new GitFailure(
                    "The merge was taken back, but for files that were changed meanwhile; look at"
                            + " them.",
                    left.stream().map(RawNames::display).toList());
        }
    }

    /** What is neither as it was nor as it was to be. */
    private List<String> changed(
            List<PathDifference> differences, StagedFiles merged, StopSign stop)
            throws IOException, InterruptedException {
        Set<String> dirty = new HashSet<>();
        if (marks.isEmpty()) {
            StatusEntry.all(git, stop).forEach(entry -> dirty.add(entry.path()));
        }
        List<String> changed = new ArrayList<>();
        for (PathDifference difference : differences) {
            String mark = marks.get(difference.path());
            Path path = files.at(difference);
            boolean touched =
                    mark == null
                            ? dirty.contains(difference.path())
                            : !mark.equals(FileMark.of(path));
            if (touched && !FileMark.same(path, merged.at(difference.path()))) {
                changed.add(difference.path());
            }
        }
        return changed;
    }

    private boolean isReplaced(PathDifference difference, StagedFiles merged, StagedFiles old) {
        try {
            Path path = files.at(difference);
            return FileMark.same(path, merged.at(difference.path()))
                    && !FileMark.same(path, old.at(difference.path()));
        } catch (IOException e) {
            return true;
        }
    }
}
