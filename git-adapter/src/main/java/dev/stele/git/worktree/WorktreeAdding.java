package dev.stele.git.worktree;

import dev.stele.git.capture.StopSign;
import dev.stele.git.operation.BegunOperations;
import dev.stele.git.operation.BegunOperations.Begun;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes linked working trees with the user's git, so that its hooks and settings count. One that is
 * there already is found instead, so that a repeat does no harm. Thread-safe.
 */
public final class WorktreeAdding {

    private static final Logger LOG = LoggerFactory.getLogger(WorktreeAdding.class);

    private final BegunOperations begun;
    private final Duration limit;

    /**
     * @param begun knows what was begun before a crash
     * @param limit how long git and a hook may take
     */
    public WorktreeAdding(BegunOperations begun, Duration limit) {
        this.begun = begun;
        this.limit = limit;
    }

    /**
     * Makes a worktree, with its branch where there is none of that name yet.
     *
     * @param request which one
     * @param from the revision that a new branch starts from; null is HEAD of the project
     * @return the commit's id that the worktree stands at
     * @throws GitFailure when git refuses, or its place is taken
     * @throws StopSign.Stopped when it was stopped
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public String add(WorktreeRequest request, @Nullable String from, StopSign stop)
            throws InterruptedException {
        GitLocation location = GitLocation.find(request.project());
        // The words of git are told to people together with Stele's.
        var git = new GitProgram(request.project(), limit).with(Map.of("LC_ALL", "C"));
        try {
            Begun before = begun.find(request.id());
            if (before != null) {
                before.endProcess();
                clearAway(git, request, stop);
            }
            if (!isThere(request, location)) {
                make(git, request, from, location, stop);
            }
            Files.createDirectories(request.directory());
            return new GitProgram(request.top(), limit).run(stop, "rev-parse", "HEAD").line();
        } catch (IOException e) {
            throw new GitFailure(
                    "The worktree " + request.top() + " cannot be made: " + e.getMessage(), e);
        }
    }

    private void make(
            GitProgram git,
            WorktreeRequest request,
            @Nullable String from,
            GitLocation location,
            StopSign stop)
            throws IOException, InterruptedException {
        requireFree(request.top());
        String commit = start(git, request, from, stop);
        forgetOldOne(git, request, stop);
        Files.createDirectories(request.top().resolveSibling(""));
        begun.begin(request.id(), commit);
        String top = request.top().toString();
        GitProgram seen = git.witnessedBy(process -> begun.process(request.id(), commit, process));
        GitRun made =
                commit.isEmpty()
                        ? seen.run(stop, "worktree", "add", "--quiet", top, request.branch())
                        : seen.run(
                                stop,
                                "worktree",
                                "add",
                                "--quiet",
                                "-b",
                                request.branch(),
                                top,
                                commit);
        if (!made.succeeded()) {
            // Git tells the exit code of the user's hook as its own, when all is done.
            if (!isThere(request, location)) {
                throw new GitFailure("Git could not make the worktree: " + made.explanation());
            }
            LOG.warn("A hook failed in {}: {}", request.top(), made.explanation());
        }
    }

    /** The commit where a new branch starts; empty when the branch is there. */
    private static String start(
            GitProgram git, WorktreeRequest request, @Nullable String from, StopSign stop)
            throws InterruptedException {
        boolean known = git.run(stop, "show-ref", "--verify", "--quiet", request.ref()).succeeded();
        if (known && from == null) {
            return "";
        }
        if (known) {
            throw new GitFailure(
                    "There is a branch "
                            + request.branch()
                            + " already, which starts where it starts; choose another name.");
        }
        GitRun run =
                git.run(
                        stop,
                        "rev-parse",
                        "--verify",
                        "--quiet",
                        "--end-of-options",
                        (from == null ? "HEAD" : from) + "^{commit}");
        if (!run.succeeded()) {
            throw new GitFailure(
                    from == null
                            ? "There is no commit in "
                                    + request.project()
                                    + " yet that a worktree could start from; commit first."
                            : "There is no commit " + from + " in " + request.project() + ".");
        }
        return run.line();
    }

    /** Whether it is there whole, with whatever is checked out in it. */
    private static boolean isThere(WorktreeRequest request, GitLocation location)
            throws IOException {
        GitLocation there = find(request.top());
        return there != null
                && there.commonDir().equals(location.commonDir())
                && !isUnfinished(there.gitDir());
    }

    private static @Nullable GitLocation find(Path top) throws IOException {
        GitLocation found = Files.isDirectory(top) ? GitLocation.search(top) : null;
        return found != null && found.workTree().equals(top.toRealPath()) ? found : null;
    }

    /** While git makes a worktree it locks it, for this reason. */
    private static boolean isUnfinished(Path gitDir) throws IOException {
        Path locked = gitDir.resolve("locked");
        return Files.exists(locked) && Files.readString(locked).strip().equals("initializing");
    }

    private static void requireFree(Path top) throws IOException {
        if (!Files.exists(top)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(top)) {
            if (entries.iterator().hasNext()) {
                throw new GitFailure(
                        "The directory "
                                + top
                                + " is there already, and is no worktree of this repository; move"
                                + " it away, or choose another name.");
            }
        }
    }

    /** Its directory was deleted by hand: git would not make it anew. */
    private static void forgetOldOne(GitProgram git, WorktreeRequest request, StopSign stop)
            throws InterruptedException {
        LinkedWorktree old = LinkedWorktree.find(git, request.top(), stop);
        if (old == null) {
            return;
        }
        new KeptCommits(git, stop).require(old, request.top());
        GitRun removed = git.run(stop, "worktree", "remove", request.top().toString());
        if (!removed.succeeded()) {
            throw new GitFailure(
                    "Git does not let go of the worktree that was at "
                            + request.top()
                            + ": "
                            + removed.explanation());
        }
    }

    /** What git had not finished when it was killed. Nobody has worked in it. */
    private static void clearAway(GitProgram git, WorktreeRequest request, StopSign stop)
            throws IOException, InterruptedException {
        GitLocation there = find(request.top());
        if (there != null && isUnfinished(there.gitDir())) {
            git.run(stop, "worktree", "remove", "--force", "--force", request.top().toString());
        }
    }
}
