package dev.stele.git.worktree;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.stele.contracts.OperationId;
import dev.stele.git.capture.Checkpoints;
import dev.stele.git.capture.StopSign;
import dev.stele.git.disk.Trees;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes linked working trees, unless something would be lost with them. The branch stays.
 *
 * <p>The directory is moved aside first, in one step, and looked through once more before anything
 * of it is deleted: what was saved into it in the last moment brings it back. After a crash the
 * same steps are taken again from wherever they stopped. Thread-safe.
 */
public final class WorktreeRemoval {

    private static final Logger LOG = LoggerFactory.getLogger(WorktreeRemoval.class);
    private static final String ASIDE = ".removed-";
    private static final Pattern ASIDE_NAME =
            Pattern.compile(Pattern.quote(ASIDE) + "([A-Za-z0-9_-]{1,100})");

    private final Checkpoints checkpoints;
    private final Path directory;
    private final Duration limit;

    /**
     * @param checkpoints looks into checkpoints and working trees
     * @param directory where what is read is kept meanwhile
     * @param limit how long git may take
     */
    public WorktreeRemoval(Checkpoints checkpoints, Path directory, Duration limit) {
        this.checkpoints = checkpoints;
        this.directory = directory;
        this.limit = limit;
    }

    /**
     * Removes a worktree.
     *
     * @param request which one
     * @param checkpoint the ref of a checkpoint that holds what is not committed; null for none
     * @return the commit's id that its branch holds
     * @throws GitFailure when something would be lost, which it names; or git refuses
     * @throws StopSign.Stopped when it was stopped before anything was done
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public String remove(WorktreeRequest request, @Nullable String checkpoint, StopSign stop)
            throws InterruptedException {
        GitLocation.find(request.project());
        var git = new GitProgram(request.project(), limit).with(Map.of("LC_ALL", "C"));
        var unsaved =
                new UnsavedWork(
                        checkpoints, request.directory(), directory, limit, checkpoint, stop);
        try {
            Path aside = aside(request);
            LinkedWorktree linked = LinkedWorktree.find(git, request.top(), stop);
            if (linked != null) {
                String tip = tip(git, request, linked, stop);
                requireUnlocked(linked, request);
                new KeptCommits(git, stop).require(linked, request.top());
                moveAside(request, aside, unsaved);
                detach(git, request, aside, unsaved);
                delete(aside);
                return tip;
            }
            requireNothingElse(request);
            delete(aside);
            return tip(git, request, null, stop);
        } catch (IOException e) {
            throw new GitFailure(
                    "The worktree " + request.top() + " cannot be removed: " + e.getMessage(), e);
        }
    }

    /** In the same directory, so that it is moved in one step. */
    private static Path aside(WorktreeRequest request) {
        return request.top().resolveSibling(ASIDE + request.id());
    }

    /**
     * The removal that a worktree was moved aside for.
     *
     * @param path a directory
     * @return null when its name says nothing of that
     */
    public static @Nullable OperationId ofAside(Path path) {
        Matcher name = ASIDE_NAME.matcher(String.valueOf(path.getFileName()));
        return name.matches() ? new OperationId(name.group(1)) : null;
    }

    private static String tip(
            GitProgram git, WorktreeRequest request, @Nullable LinkedWorktree linked, StopSign stop)
            throws InterruptedException {
        GitRun run = git.run(stop, "rev-parse", "--verify", "--quiet", request.ref() + "^{commit}");
        if (run.succeeded()) {
            return run.line();
        }
        String head = linked == null ? "" : linked.head();
        // The user has deleted the branch, as they may.
        return head.isEmpty() ? git.run(stop, "rev-parse", "HEAD").line() : head;
    }

    private static void requireUnlocked(LinkedWorktree linked, WorktreeRequest request) {
        if (linked.isLocked()) {
            throw new GitFailure(
                    "The worktree "
                            + request.top()
                            + " is locked; 'git worktree unlock "
                            + request.top()
                            + "' lets it be removed.");
        }
    }

    private static void requireNothingElse(WorktreeRequest request) {
        if (Files.exists(request.top())) {
            throw new GitFailure(
                    "The directory "
                            + request.top()
                            + " is no worktree of the repository of "
                            + request.project()
                            + " any more, and is left alone; move it away.");
        }
    }

    private static void moveAside(WorktreeRequest request, Path aside, UnsavedWork unsaved)
            throws IOException, InterruptedException {
        if (Files.exists(request.top()) && !Files.exists(aside)) {
            unsaved.requireNone(location(request, request.top()));
            Files.move(request.top(), aside, ATOMIC_MOVE);
        }
    }

    /** Makes git forget it. Until then all can be put back. */
    private static void detach(
            GitProgram git, WorktreeRequest request, Path aside, UnsavedWork unsaved)
            throws IOException, InterruptedException {
        boolean done = false;
        try {
            if (Files.exists(aside)) {
                unsaved.requireNone(location(request, aside));
            }
            GitRun run = git.run(new StopSign(), "worktree", "remove", request.top().toString());
            if (!run.succeeded()) {
                throw new GitFailure("Git refused to remove it: " + run.explanation());
            }
            done = true;
        } finally {
            if (!done && Files.exists(aside)) {
                Files.move(aside, request.top(), ATOMIC_MOVE);
            }
        }
    }

    private static GitLocation location(WorktreeRequest request, Path now) {
        Path inside = now.resolve(request.top().relativize(request.directory()));
        return GitLocation.find(Files.isDirectory(inside) ? inside : now);
    }

    /** Whatever cannot be deleted is no worktree any more, and only takes up room. */
    private static void delete(Path aside) {
        try {
            if (Files.exists(aside)) {
                Trees.delete(aside);
            }
        } catch (IOException e) {
            LOG.warn("The directory {} stays behind; delete it.", aside, e);
        }
    }
}
