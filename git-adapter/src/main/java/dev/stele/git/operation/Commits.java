package dev.stele.git.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stele.contracts.OperationId;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.git.capture.Checkpoints;
import dev.stele.git.capture.StopSign;
import dev.stele.git.change.RestoreRecords;
import dev.stele.git.operation.BegunOperations.Begun;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import dev.stele.git.repository.Repositories;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commits changes of a project with the user's git: identity, hooks and signing are the user's own.
 *
 * <p>A commit holds files as they are on the disk at that moment, and a trailer with its id. Which
 * files is told by a {@link CommitScope}: those that a thread has changed, of which it holds no
 * more than the thread's own lines, named ones, or all. What is ignored and not tracked is never
 * among them. Whatever else the user has staged, in the project or around it, is not committed and
 * stays staged. What of a chosen file was staged in another state than the disk's is replaced by
 * what is on the disk.
 *
 * <p>All is prepared in copies of the index, under the index's lock: until the commit is made, and
 * if it fails, the user's index is as it was, byte for byte. Thread-safe.
 */
public final class Commits {

    /** Other git commands hold the index for moments only. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);

    private final Repositories repositories;
    private final BegunOperations begun;
    private final OwnChanges own;
    private final Duration limit;

    /**
     * @param repositories finds where checkpoints are kept
     * @param checkpoints tells what a thread has changed
     * @param records knows what restores have done
     * @param begun knows what was begun before a crash
     * @param limit how long git and the hooks may take
     */
    public Commits(
            Repositories repositories,
            Checkpoints checkpoints,
            RestoreRecords records,
            BegunOperations begun,
            Duration limit) {
        this.repositories = repositories;
        this.own = new OwnChanges(checkpoints, records);
        this.begun = begun;
        this.limit = limit;
    }

    /**
     * Makes a commit. One that was begun before a crash is looked up by its trailer, and never made
     * a second time.
     *
     * @return the commit
     * @throws GitFailure when there is nothing to commit, or git refuses
     * @throws StopSign.Stopped when it was stopped before the commit was made
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public MadeCommit commit(CommitRequest request, StopSign stop) throws InterruptedException {
        GitLocation location = GitLocation.find(request.directory());
        try {
            Begun before = begun.find(request.commitId());
            if (before != null) {
                return new MadeCommit(lookUp(request, location, before), List.of());
            }
            Duration patience = limit.compareTo(LOCK_PATIENCE) < 0 ? limit : LOCK_PATIENCE;
            try (IndexLock lock =
                    IndexLock.take(location.gitDir(), request.commitId(), patience, stop)) {
                return make(request, location, lock, stop);
            }
        } catch (IOException e) {
            throw new GitFailure(
                    "The commit in " + request.directory() + " failed: " + e.getMessage(), e);
        }
    }

    private MadeCommit make(
            CommitRequest request, GitLocation location, IndexLock lock, StopSign stop)
            throws IOException, InterruptedException {
        GitProgram git = git(request);
        var preparation = new Preparation(git, location, lock, stop);
        var selection = new Selection(repositories, own, git, location.directory(), stop);
        List<LeftPath> left = preparation.stage(selection, request.scope());
        byte[] message = message(git, request, stop);
        begun.begin(request.commitId(), "");
        boolean done = false;
        try {
            runCommit(preparation.git(), request, message, stop);
            done = true;
            preparation.followHooks();
        } catch (GitFailure | StopSign.Stopped e) {
            if (!done && find(request) == null) {
                throw e;
            }
        } finally {
            // However the run ended: when the commit is there, the index must fit it.
            if (done || find(request) != null) {
                lock.install();
            }
        }
        String made = find(request);
        return new MadeCommit(made == null ? head(git, stop) : made, left);
    }

    private GitProgram git(CommitRequest request) {
        return new GitProgram(request.directory(), limit);
    }

    private @Nullable String find(CommitRequest request) throws InterruptedException {
        return CommitSearch.find(git(request), request.commitId(), request.requestedAt());
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
        Staging.require(run, "write the message");
        return run.text().getBytes(UTF_8);
    }

    private void runCommit(GitProgram git, CommitRequest request, byte[] message, StopSign stop)
            throws InterruptedException {
        OperationId id = request.commitId();
        GitRun run =
                git.witnessedBy(process -> begun.process(id, "", process))
                        .run(stop, message, "commit", "-q", "--cleanup=whitespace", "-F", "-");
        if (!run.succeeded()) {
            begun.end(id);
            throw CommitRefusals.explain(run);
        }
    }

    /** After a crash: the commit is there, or was not made. */
    private String lookUp(CommitRequest request, GitLocation location, Begun before)
            throws IOException, InterruptedException {
        before.endProcess();
        String made = find(request);
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
        return made;
    }
}
