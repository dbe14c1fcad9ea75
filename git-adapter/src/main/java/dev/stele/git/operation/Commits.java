package dev.stele.git.operation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stele.contracts.OperationId;
import dev.stele.git.capture.StopSign;
import dev.stele.git.operation.BegunOperations.Begun;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Commits everything in a project that is not ignored, with the user's git: identity, hooks and
 * signing are the user's own. What else is staged around a project that is a sub-directory stays
 * staged and is not committed.
 *
 * <p>All is prepared in a copy of the index, under the index's lock: until the commit is made, and
 * if it fails, the user's index is as it was. Thread-safe.
 */
public final class Commits {

    /** Other git commands hold the index for moments only. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);

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

    /**
     * Makes a commit. One that was begun before a crash is looked up by its trailer, and never made
     * a second time.
     *
     * @return the commit's id
     * @throws GitFailure when there is nothing to commit, or git refuses
     * @throws StopSign.Stopped when it was stopped before the commit was made
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public String commit(CommitRequest request, StopSign stop) throws InterruptedException {
        GitLocation location = GitLocation.find(request.directory());
        try {
            Begun before = begun.find(request.commitId());
            if (before != null) {
                return lookUp(request, location, before);
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

    private String make(CommitRequest request, GitLocation location, IndexLock lock, StopSign stop)
            throws IOException, InterruptedException {
        GitProgram git =
                new GitProgram(request.directory(), limit)
                        .with(Map.of("GIT_INDEX_FILE", lock.copy().toString()));
        stage(git, request, stop);
        requireChanges(git, location, stop);
        byte[] message = message(git, request, stop);
        begun.begin(request.commitId(), "");
        boolean done = false;
        try {
            runCommit(git, request, location, message, stop);
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

    private static @Nullable ObjectId find(CommitRequest request) throws IOException {
        return CommitSearch.find(request.directory(), request.commitId(), request.requestedAt());
    }

    /** A hook may have taken the trailer out of the message. */
    private static String head(GitProgram git, StopSign stop) throws InterruptedException {
        return git.run(stop, "rev-parse", "HEAD").line();
    }

    private static void stage(GitProgram git, CommitRequest request, StopSign stop)
            throws InterruptedException {
        if (!git.run(stop, "ls-files", "-u", "-z").rawFields().isEmpty()) {
            throw new GitFailure(
                    "There are unresolved conflicts in "
                            + request.directory()
                            + "; resolve them and commit again.");
        }
        require(git.run(stop, "add", "-u", "--", "."), "stage the changes");
        // A name with a slash at its end is a repository of its own.
        List<String> untracked =
                git.run(stop, "ls-files", "-o", "--exclude-standard", "-z").rawFields().stream()
                        .filter(path -> !path.endsWith("/"))
                        .toList();
        if (!untracked.isEmpty()) {
            String input = untracked.stream().collect(Collectors.joining("\0", "", "\0"));
            require(
                    git.run(
                            stop,
                            input.getBytes(ISO_8859_1),
                            "update-index",
                            "--add",
                            "--replace",
                            "-z",
                            "--stdin"),
                    "stage the new files");
        }
    }

    private static void require(GitRun run, String what) {
        if (!run.succeeded()) {
            throw new GitFailure("Git could not " + what + ": " + run.explanation());
        }
    }

    private static void requireChanges(GitProgram git, GitLocation location, StopSign stop)
            throws InterruptedException {
        boolean merging = Files.exists(location.gitDir().resolve("MERGE_HEAD"));
        boolean unborn = !git.run(stop, "rev-parse", "-q", "--verify", "HEAD").succeeded();
        boolean changed =
                unborn
                        ? !git.run(stop, "ls-files", "-z", "--", ".").rawFields().isEmpty()
                        : !git.run(stop, "diff-index", "--cached", "--quiet", "HEAD", "--", ".")
                                .succeeded();
        if (!changed && !merging) {
            throw new GitFailure("There is nothing to commit in " + location.directory() + ".");
        }
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
        require(run, "write the message");
        return run.text().getBytes(UTF_8);
    }

    private void runCommit(
            GitProgram git,
            CommitRequest request,
            GitLocation location,
            byte[] message,
            StopSign stop)
            throws InterruptedException {
        OperationId id = request.commitId();
        GitProgram watched = git.witnessedBy(process -> begun.process(id, process));
        String[] whole = {"commit", "-q", "--cleanup=whitespace", "-F", "-"};
        String[] part = {"commit", "-q", "--cleanup=whitespace", "-F", "-", "--only", "--", "."};
        GitRun run = watched.run(stop, message, location.prefix().isEmpty() ? whole : part);
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
