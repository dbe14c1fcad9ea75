package dev.stele.git.worktree;

import dev.stele.git.capture.StopSign;
import dev.stele.git.disk.RawNames;
import dev.stele.git.disk.Trees;
import dev.stele.git.operation.BegunOperations;
import dev.stele.git.operation.BegunOperations.Begun;
import dev.stele.git.operation.IndexLock;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges the branch of a worktree into the branch that is checked out in its project.
 *
 * <p>The merge is worked out, committed and checked against all that is not committed before any
 * file is touched. Then files are replaced one by one, the branch is moved, and the index is put in
 * place. Killed before the branch was moved it is taken back at the next start, file by file, and
 * finished when it was killed after. Thread-safe.
 */
public final class WorktreeMerge {

    private static final Logger LOG = LoggerFactory.getLogger(WorktreeMerge.class);
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);

    private final BegunOperations begun;
    private final Duration limit;

    /**
     * @param begun knows what was begun before a crash
     * @param limit how long git and a hook may take
     */
    public WorktreeMerge(BegunOperations begun, Duration limit) {
        this.begun = begun;
        this.limit = limit;
    }

    /**
     * Merges.
     *
     * @param request whose branch
     * @return the commit's id that the project's branch holds then
     * @throws GitFailure when it cannot be done; nothing was changed then, unless the message says
     *     so. It names the paths that are in the way
     * @throws StopSign.Stopped when it was stopped before anything was changed
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public String merge(WorktreeRequest request, StopSign stop) throws InterruptedException {
        GitLocation location = GitLocation.find(request.project());
        Path staging = location.gitDir().resolve("stele-merge-" + request.id());
        try {
            Begun before = begun.find(request.id());
            Files.createDirectories(staging);
            return before == null
                    ? begin(request, location, staging, stop)
                    : goOn(request, location, staging, before);
        } catch (IOException e) {
            throw new GitFailure(
                    "The merge into " + request.project() + " failed: " + e.getMessage(), e);
        } finally {
            tidy(staging);
        }
    }

    private String begin(WorktreeRequest request, GitLocation location, Path staging, StopSign stop)
            throws IOException, InterruptedException {
        UnfinishedWork.requireNone(location);
        requireCommitted(request, stop);
        var git = new GitProgram(location.workTree(), limit).with(Map.of("LC_ALL", "C"));
        String ours = checkedOut(git, location, stop);
        String theirs = tip(git, request, stop);
        var making = new MergeCommit(location, staging, limit, stop);
        if (making.isAncestor(theirs, ours)) {
            return ours;
        }
        String merged = making.make(ours, theirs, request.branch());
        Duration patience = limit.compareTo(LOCK_PATIENCE) < 0 ? limit : LOCK_PATIENCE;
        try (IndexLock lock = IndexLock.take(location.gitDir(), request.id(), patience, stop)) {
            var move = new BranchMove(location, staging, limit, lock.copy(), ours, merged);
            move.prepare(stop);
            stop.check();
            begun.begin(request.id(), ours + ":" + merged);
            move.run(request.branch(), stop);
            lock.install();
        }
        afterwards(git);
        return merged;
    }

    /** The user's hook is told, and nothing hangs on what it says. */
    private static void afterwards(GitProgram git) throws InterruptedException {
        GitRun run =
                git.run(new StopSign(), "hook", "run", "--ignore-missing", "post-merge", "--", "0");
        if (!run.succeeded()) {
            LOG.warn("The post-merge hook failed: {}", run.explanation());
        }
    }

    /** What is in the worktree alone would not be merged, and nobody would notice. */
    private void requireCommitted(WorktreeRequest request, StopSign stop)
            throws InterruptedException {
        if (!Files.isDirectory(request.top())) {
            return;
        }
        GitLocation own = GitLocation.find(request.top());
        UnfinishedWork.requireNone(own);
        var git = new GitProgram(request.top(), limit).with(Map.of("LC_ALL", "C"));
        String head = git.run(stop, "symbolic-ref", "--quiet", "HEAD").line();
        if (!head.equals(request.ref())) {
            throw new GitFailure(
                    "The worktree "
                            + request.top()
                            + " does not have its branch "
                            + request.branch()
                            + " checked out; switch it back, or merge by git.");
        }
        List<String> paths =
                StatusEntry.all(git, stop).stream()
                        .map(entry -> RawNames.display(entry.path()))
                        .toList();
        if (!paths.isEmpty()) {
            throw new GitFailure(
                    "The worktree "
                            + request.top()
                            + " has changes that are not committed; commit them first.",
                    paths);
        }
    }

    private static String checkedOut(GitProgram git, GitLocation location, StopSign stop)
            throws InterruptedException {
        if (!git.run(stop, "symbolic-ref", "--quiet", "HEAD").succeeded()) {
            throw new GitFailure(
                    "No branch is checked out in "
                            + location.workTree()
                            + " that could be merged into; switch to one.");
        }
        GitRun run = git.run(stop, "rev-parse", "--verify", "--quiet", "HEAD^{commit}");
        if (!run.succeeded()) {
            throw new GitFailure(
                    "There is no commit in " + location.workTree() + " yet; commit first.");
        }
        return run.line();
    }

    private static String tip(GitProgram git, WorktreeRequest request, StopSign stop)
            throws InterruptedException {
        GitRun run = git.run(stop, "rev-parse", "--verify", "--quiet", request.ref() + "^{commit}");
        if (!run.succeeded()) {
            throw new GitFailure("There is no branch " + request.branch() + " any more.");
        }
        return run.line();
    }

    /** After a crash. */
    private String goOn(WorktreeRequest request, GitLocation location, Path staging, Begun before)
            throws IOException, InterruptedException {
        before.endProcess();
        var stop = new StopSign();
        String[] commits = before.object().split(":", 2);
        String merged = commits[commits.length - 1];
        var git = new GitProgram(location.workTree(), limit).with(Map.of("LC_ALL", "C"));
        try (IndexLock lock =
                IndexLock.take(location.gitDir(), request.id(), LOCK_PATIENCE, stop)) {
            var move = new BranchMove(location, staging, limit, lock.copy(), commits[0], merged);
            if (new MergeCommit(location, staging, limit, stop).isAncestor(merged, "HEAD")) {
                if (git.run(stop, "rev-parse", "HEAD").line().equals(merged)) {
                    move.index(stop);
                    move.leaveOut(stop);
                    lock.install();
                }
                return merged;
            }
            move.takeBack(stop);
        }
        throw new GitFailure(
                "Stele was stopped during the merge, and has taken back what was done of it; ask"
                        + " for it again.");
    }

    private static void tidy(Path staging) {
        try {
            if (Files.exists(staging)) {
                Trees.delete(staging);
            }
        } catch (IOException e) {
            LOG.warn("The directory {} stays behind.", staging, e);
        }
    }
}
