package dev.stele.git.operation;

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

/**
 * Pushes branches with the user's git: credentials, ssh and hooks are the user's own. One branch is
 * pushed and nothing else, and only a lease makes it replace anything. Thread-safe.
 */
public final class Pushes {

    private final BegunOperations begun;
    private final Duration limit;

    /**
     * @param begun knows what was begun before a crash
     * @param limit how long git and the hooks may take
     */
    public Pushes(BegunOperations begun, Duration limit) {
        this.begun = begun;
        this.limit = limit;
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
            return lookUp(git, request, before, stop);
        }
        String commit = resolve(git, request, stop);
        begun.begin(request.operationId(), commit);
        GitRun run = git.run(stop, arguments(request, commit));
        if (!run.succeeded()) {
            begun.end(request.operationId());
            throw PushRefusals.explain(request, run);
        }
        return commit;
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
                new ArrayList<>(List.of("push", "--porcelain", "--no-follow-tags"));
        if (request.lease() != null) {
            arguments.add("--force-with-lease=" + request.ref() + ":" + request.lease());
        }
        arguments.addAll(List.of("--", request.remote(), commit + ":" + request.ref()));
        return arguments.toArray(String[]::new);
    }

    /** After a crash: the remote has what was sent, or the push is taken as failed. */
    private static String lookUp(GitProgram git, PushRequest request, Begun before, StopSign stop)
            throws InterruptedException {
        GitRun run = git.run(stop, "ls-remote", "--", request.remote(), request.ref());
        if (!run.succeeded()) {
            throw PushRefusals.explain(request, run);
        }
        if (run.line().startsWith(before.object() + "\t")) {
            return before.object();
        }
        throw new GitFailure(
                "Stele was stopped during the push, and the remote "
                        + request.remote()
                        + " does not hold what was pushed; push again.");
    }
}
