package dev.stele.git.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stele.contracts.OperationId;
import dev.stele.git.capture.StopSign;
import dev.stele.git.operation.BegunOperations.Begun;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Commits changes of a project, all or some, with the user's git: identity, hooks and signing are
 * the user's own. Files are committed as they are on the disk. What is staged of files that are not
 * committed, or around a project that is a sub-directory, stays staged.
 *
 * <p>All is prepared in a copy of the index, under the index's lock: until the commit is made, and
 * if it fails, the user's index is as it was. Thread-safe.
 */
public final class Commits {

    /** Other git commands hold the index for moments only. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);

    private static final String INDEX = "GIT_INDEX_FILE";

    private final BegunOperations begun;
    private final Duration limit;

    /**
     * @param begun knows what was begun before a crash
     * @param limit how long git and the hooks may take
     */
    public Commits(BegunOperations begun, Duration limit) {
        this.begun = begun;
        this.limit = limit;
    }

    /** Tells which changes a commit holds. */
    public interface Selection {

        /**
         * Looks it up.
         *
         * @throws IOException when the repository cannot be read
         */
        Selected find() throws IOException;
    }

    /**
     * Makes a commit. One that was begun before a crash is looked up by its trailer, and never made
     * a second time.
     *
     * @param selection tells what it holds; not asked for a commit that is looked up
     * @return the commit's id
     * @throws GitFailure when there is nothing to commit, or git refuses
     * @throws StopSign.Stopped when it was stopped before the commit was made
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public String commit(CommitRequest request, Selection selection, StopSign stop)
            throws InterruptedException {
        GitLocation location = GitLocation.find(request.directory());
        try {
            Begun before = begun.find(request.commitId());
            if (before != null) {
                return lookUp(request, location, before);
            }
            Duration patience = limit.compareTo(LOCK_PATIENCE) < 0 ? limit : LOCK_PATIENCE;
            try (IndexLock lock =
                    IndexLock.take(location.gitDir(), request.commitId(), patience, stop)) {
                return make(request, selection.find(), location, lock, stop);
            }
        } catch (IOException e) {
            throw new GitFailure(
                    "The commit in " + request.directory() + " failed: " + e.getMessage(), e);
        }
    }

    private String make(
            CommitRequest request,
            Selected selected,
            GitLocation location,
            IndexLock lock,
            StopSign stop)
            throws IOException, InterruptedException {
        GitProgram git =
                stage(selected, new GitProgram(request.directory(), limit), location, lock, stop);
        byte[] message = message(git, request, stop);
        begun.begin(request.commitId(), "");
        boolean done = false;
        try {
            runCommit(git, request, message, stop);
            done = true;
        } catch (GitFailure | StopSign.Stopped e) {
            if (find(request) == null) {
                throw e;
            }
        } finally {
            // However the run ended: when the commit is there, the index must fit it.
            if (done || find(request) != null) {
                lock.install();
            }
        }
        ObjectId made = find(request);
        return made == null ? head(git, stop) : made.name();
    }

    /**
     * Prepares the index as it is after the commit, and the one that is committed.
     *
     * @return git on the one that is committed
     */
    private static GitProgram stage(
            Selected selected, GitProgram git, GitLocation location, IndexLock lock, StopSign stop)
            throws IOException, InterruptedException {
        GitProgram after = git.with(Map.of(INDEX, lock.copy().toString()));
        var staging = new Staging(after, location, stop);
        if (selected instanceof Selected.All && location.prefix().isEmpty()) {
            staging.stageAll();
            return after;
        }
        List<String> changed = staging.stage(selected);
        GitProgram committed = git.with(Map.of(INDEX, lock.secondCopy().toString()));
        new Staging(committed, location, stop).stageOnHead(changed);
        return committed;
    }

    private static @Nullable ObjectId find(CommitRequest request) throws IOException {
        return CommitSearch.find(request.directory(), request.commitId(), request.requestedAt());
    }

    /** A hook may have taken the trailer out of the message. */
    private static String head(GitProgram git, StopSign stop) throws InterruptedException {
        return git.run(stop, "rev-parse", "HEAD").line();
    }

    private static byte[] message(GitProgram git, CommitRequest request, StopSign stop)
            throws InterruptedException {
        GitRun run =
                git.run(
                        stop,
                        (request.message().strip() + "\n").getBytes(UTF_8),
                        "interpret-trailers",
                        "--no-divider",
                        "--trailer",
                        CommitSearch.TRAILER + ": " + request.commitId());
        if (!run.succeeded()) {
            throw new GitFailure("Git could not write the message: " + run.explanation());
        }
        return run.text().getBytes(UTF_8);
    }

    private void runCommit(GitProgram git, CommitRequest request, byte[] message, StopSign stop)
            throws InterruptedException {
        OperationId id = request.commitId();
        GitProgram watched = git.witnessedBy(process -> begun.process(id, process));
        GitRun run = watched.run(stop, message, "commit", "-q", "--cleanup=whitespace", "-F", "-");
        if (!run.succeeded()) {
            begun.end(id);
            throw new GitFailure("Git refused the commit: " + run.explanation());
        }
    }

    /** After a crash: the commit is there, or was not made. */
    private static String lookUp(CommitRequest request, GitLocation location, Begun before)
            throws IOException {
        ProcessHandle running = before.process();
        if (running != null) {
            GitProgram.kill(running);
        }
        ObjectId made = find(request);
        if (IndexLock.isHeldFor(location.gitDir(), request.commitId())) {
            try (IndexLock lock = IndexLock.takeOver(location.gitDir(), request.commitId())) {
                if (made != null) {
                    lock.install();
                }
            }
        }
        if (made == null) {
            throw new GitFailure("Stele was stopped before the commit was made; ask for it again.");
        }
        return made.name();
    }
}
