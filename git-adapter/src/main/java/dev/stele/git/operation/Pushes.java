package dev.stele.git.operation;

import dev.stele.domain.port.OperationProgress;
import dev.stele.git.capture.StopSign;
import dev.stele.git.operation.BegunOperations.Begun;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes branches with the user's git: credentials, ssh and hooks are the user's own. One branch is
 * pushed and nothing else, and only a lease makes it replace anything. Thread-safe.
 */
public final class Pushes {

    private static final Logger LOG = LoggerFactory.getLogger(Pushes.class);

    /** Looking at a remote takes moments, or does not work at all. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    private final BegunOperations begun;
    private final Duration limit;
    private final OperationProgress progress;

    /**
     * @param begun knows what was begun before a crash
     * @param limit how long git and the hooks may take
     * @param progress hears what git says meanwhile
     */
    public Pushes(BegunOperations begun, Duration limit, OperationProgress progress) {
        this.begun = begun;
        this.limit = limit;
        this.progress = progress;
    }

    /**
     * Pushes a branch. A push that was begun before a crash is looked up at the remote, and never
     * done a second time.
     *
     * @return the commit's id that the remote's branch holds now
     * @throws GitFailure when it was refused, or the remote could not be reached
     * @throws StopSign.Stopped when it was stopped
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public String push(PushRequest request, StopSign stop) throws InterruptedException {
        GitLocation.find(request.directory());
        // The words of git are read, so they must be English.
        var git = new GitProgram(request.directory(), limit).with(Map.of("LC_ALL", "C"));
        requireRemote(git, request, stop);
        Begun before = begun.find(request.operationId());
        if (before != null) {
            return lookUp(request, before, stop);
        }
        String commit = resolve(git, request, stop);
        begun.begin(request.operationId(), commit);
        Attempt attempt = attempt(git, request, commit, stop);
        // The remote may have taken it before the line broke, or git was killed.
        if (attempt.failure() != null
                && (attempt.isCertain() || !isAtRemote(request, commit, stop))) {
            throw attempt.failure();
        }
        return commit;
    }

    /**
     * How an attempt ended.
     *
     * @param failure why it did not work, or null
     * @param isCertain whether the remote has not taken it for sure
     */
    private record Attempt(@Nullable GitFailure failure, boolean isCertain) {}

    private Attempt attempt(GitProgram git, PushRequest request, String commit, StopSign stop)
            throws InterruptedException {
        try {
            GitRun run =
                    git.witnessedBy(process ->
                                    begun.process(request.operationId(), commit, process))
                            .telling((line, passing) ->
                                    progress.told(request.operationId(), line, passing))
                            .run(stop, arguments(request, commit));
            return run.succeeded()
                    ? new Attempt(null, true)
                    : new Attempt(PushRefusals.explain(request, run), PushRefusals.isCertain(run));
        } catch (GitFailure e) {
            return new Attempt(e, false);
        }
    }

    /** Whether the remote's branch holds a commit, as far as that can be found out. */
    private boolean isAtRemote(PushRequest request, String commit, StopSign stop)
            throws InterruptedException {
        Duration patience = limit.compareTo(LOOK) < 0 ? limit : LOOK;
        try {
            GitRun run =
                    new GitProgram(request.directory(), patience)
                            .run(stop, "ls-remote", "--", request.remote(), request.ref());
            return run.succeeded() && run.line().startsWith(commit + "\t");
        } catch (GitFailure e) {
            LOG.info("It cannot be told whether {} was pushed.", commit, e);
            return false;
        }
    }

    private static void requireRemote(GitProgram git, PushRequest request, StopSign stop)
            throws InterruptedException {
        if (!git.run(stop, "remote", "get-url", "--", request.remote()).succeeded()) {
            throw new GitFailure(
                    "There is no remote "
                            + request.remote()
                            + " in "
                            + request.directory()
                            + "; add it with 'git remote add'.");
        }
    }

    private static String resolve(GitProgram git, PushRequest request, StopSign stop)
            throws InterruptedException {
        GitRun run = git.run(stop, "rev-parse", "--verify", "--quiet", request.ref() + "^{commit}");
        if (!run.succeeded()) {
            throw new GitFailure(
                    "There is no branch "
                            + request.branch()
                            + " in "
                            + request.directory()
                            + "; make it, or push another.");
        }
        return run.line();
    }

    /** The commit itself is pushed: what is recorded is what was sent, whatever moves meanwhile. */
    private static String[] arguments(PushRequest request, String commit) {
        List<String> arguments =
                new ArrayList<>(List.of("push", "--porcelain", "--progress", "--no-follow-tags"));
        if (request.lease() != null) {
            arguments.add("--force-with-lease=" + request.ref() + ":" + request.lease());
        }
        arguments.addAll(List.of("--", request.remote(), commit + ":" + request.ref()));
        return arguments.toArray(String[]::new);
    }

    /** After a crash: the remote has what was sent, or the push is taken as failed. */
    private String lookUp(PushRequest request, Begun before, StopSign stop)
            throws InterruptedException {
        before.endProcess();
        if (isAtRemote(request, before.object(), stop)) {
            return before.object();
        }
        throw new GitFailure(
                "Stele was stopped during the push, and the remote "
                        + request.remote()
                        + " does not hold what was pushed, or cannot be asked; push again.");
    }
}
