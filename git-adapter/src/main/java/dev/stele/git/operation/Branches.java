package dev.stele.git.operation;

import dev.stele.contracts.OperationId;
import dev.stele.git.capture.StopSign;
import dev.stele.git.operation.BegunOperations.Begun;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Makes branches, without checking them out. Thread-safe. */
public final class Branches {

    private final BegunOperations begun;
    private final Duration limit;

    /**
     * @param begun knows what was begun before a crash
     * @param limit how long git may take
     */
    public Branches(BegunOperations begun, Duration limit) {
        this.begun = begun;
        this.limit = limit;
    }

    /**
     * Makes a branch.
     *
     * @param id names the operation
     * @param directory the project's directory, absolute
     * @param name the branch, by git's rules
     * @param from the revision that it starts from; null is HEAD
     * @return the commit's id that it points to
     * @throws GitFailure when there is such a branch, or no such revision
     * @throws StopSign.Stopped when it was stopped
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public String create(
            OperationId id, Path directory, String name, @Nullable String from, StopSign stop)
            throws InterruptedException {
        GitLocation.find(directory);
        var git = new GitProgram(directory, limit);
        String ref = "refs/heads/" + name;
        Begun before = begun.find(id);
        if (before != null) {
            return lookUp(git, ref, before, stop);
        }
        String commit = resolve(git, directory, from, stop);
        if (git.run(stop, "show-ref", "--verify", "--quiet", ref).succeeded()) {
            throw new GitFailure("There is a branch " + name + " already; choose another name.");
        }
        begun.begin(id, commit);
        GitRun made =
                git.run(
                        stop,
                        "update-ref",
                        "-m",
                        "branch: Created from " + (from == null ? "HEAD" : from),
                        ref,
                        commit,
                        ObjectId.zeroId().name());
        if (!made.succeeded()) {
            begun.end(id);
            throw new GitFailure("Git refused the branch " + name + ": " + made.explanation());
        }
        return commit;
    }

    private static String resolve(
            GitProgram git, Path directory, @Nullable String from, StopSign stop)
            throws InterruptedException {
        String revision = (from == null ? "HEAD" : from) + "^{commit}";
        GitRun run =
                git.run(stop, "rev-parse", "--verify", "--quiet", "--end-of-options", revision);
        if (run.succeeded()) {
            return run.line();
        }
        throw new GitFailure(
                from == null
                        ? "There is no commit in "
                                + directory
                                + " yet that a branch could start from; commit first."
                        : "There is no commit " + from + " in " + directory + ".");
    }

    /** After a crash: the branch is there as it was meant to be, or was not made. */
    private static String lookUp(GitProgram git, String ref, Begun before, StopSign stop)
            throws InterruptedException {
        GitRun run = git.run(stop, "rev-parse", "--verify", "--quiet", ref);
        if (run.succeeded() && run.line().equals(before.object())) {
            return before.object();
        }
        throw new GitFailure("Stele was stopped before the branch was made; ask for it again.");
    }
}
