package dev.stele.git.operation;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.git.capture.StopSign;
import dev.stele.git.change.FileState;
import dev.stele.git.change.FileStates;
import dev.stele.git.change.PathChange;
import dev.stele.git.change.Place;
import dev.stele.git.change.ThreeWay;
import dev.stele.git.change.ThreeWay.Joined;
import dev.stele.git.disk.RawNames;
import dev.stele.git.disk.Stamp;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.CommitTrees;
import dev.stele.git.repository.ProjectRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * Puts a thread's changes, and nothing else, on what HEAD holds. A file that nobody else has
 * touched since HEAD is taken whole; in others the thread's lines are taken, after the conversions
 * that git would make of them.
 */
final class Joining {

    /**
     * The size in bytes from which on a content is not converted: no lines are told apart in it.
     */
    private static final long LARGEST_TEXT = 4 << 20;

    private final ProjectRepository repository;
    private final ObjectReader reader;
    private final GitProgram git;
    private final StopSign stop;
    private final ThreeWay threeWay;
    private final Place place;
    private final FileStates disk;
    private final SortedMap<String, Boolean> whole = new TreeMap<>();
    private final Map<String, FileState> joined = new HashMap<>();
    private final List<LeftPath> left = new ArrayList<>();

    /**
     * @param reader finds the objects of checkpoints and of the repository
     * @param git runs in the project's directory
     */
    Joining(ProjectRepository repository, ObjectReader reader, GitProgram git, StopSign stop) {
        this.repository = repository;
        this.reader = reader;
        this.git = git;
        this.stop = stop;
        this.threeWay = new ThreeWay(reader);
        this.place = new Place(repository.location().directory());
        this.disk = new FileStates(place, _ -> null, repository.fileMode());
    }

    /**
     * Chooses what a commit holds.
     *
     * @param changes all that differs from HEAD, and whether it is gone
     * @param own what the thread has changed
     */
    Chosen choose(SortedMap<String, Boolean> changes, Map<String, List<PathChange>> own)
            throws IOException, InterruptedException {
        ObjectId head = CommitTrees.of(reader, repository.head(), repository.location().prefix());
        for (Map.Entry<String, Boolean> change : changes.entrySet()) {
            List<PathChange> steps = own.get(change.getKey());
            if (steps != null) {
                FileState committed = head == null ? null : committed(head, change.getKey());
                choose(change.getKey(), change.getValue(), steps, committed);
            }
        }
        write();
        return new Chosen(whole, joined, left);
    }

    private @Nullable FileState committed(ObjectId tree, String path) throws IOException {
        try (TreeWalk walk = TreeWalk.forPath(reader, RawNames.display(path), tree)) {
            return walk == null || walk.isSubtree() ? null : FileState.at(walk, 0);
        }
    }

    private void choose(String path, boolean gone, List<PathChange> steps, @Nullable FileState head)
            throws IOException, InterruptedException {
        Stamp stamp = place.stamp(path);
        if (disk.is(path, stamp, steps.getLast().to())
                && (steps.getLast().replaced()
                        || (steps.size() == 1 && isSame(path, steps.getFirst().from(), head)))) {
            whole.put(path, gone);
            return;
        }
        FileState state = head;
        for (PathChange step : steps) {
            Joined next =
                    threeWay.join(state, cleaned(path, step.from()), cleaned(path, step.to()));
            switch (next) {
                case Joined.Clean(var clean) -> state = clean;
                case Joined.Conflict(var why) -> {
                    left.add(new LeftPath(RawNames.display(path), why));
                    return;
                }
            }
        }
        take(path, state, head);
    }

    private void take(String path, @Nullable FileState state, @Nullable FileState head) {
        if (Objects.equals(state, head)) {
            left.add(
                    new LeftPath(
                            RawNames.display(path),
                            "what this thread changed in it is committed already"));
        } else if (state == null) {
            whole.put(path, true);
        } else {
            joined.put(path, state);
        }
    }

    private boolean isSame(String path, @Nullable FileState held, @Nullable FileState head)
            throws InterruptedException, IOException {
        return Objects.equals(held, head)
                || (held != null && head != null && Objects.equals(cleaned(path, held), head));
    }

    /** A state as git would commit it: checkpoints hold what is on the disk. */
    private @Nullable FileState cleaned(String path, @Nullable FileState held)
            throws IOException, InterruptedException {
        if (held == null || !held.isFile() || !reader.has(held.id())) {
            return held;
        }
        ObjectLoader blob = reader.open(held.id(), Constants.OBJ_BLOB);
        if (blob.getSize() > LARGEST_TEXT) {
            return held;
        }
        GitRun run =
                git.run(
                        stop,
                        blob.getBytes(),
                        "hash-object",
                        "-w",
                        "--stdin",
                        "--path=" + RawNames.display(path));
        return run.succeeded() ? new FileState(held.mode(), ObjectId.fromString(run.line())) : held;
    }

    /** What was made by joining must be in the repository before it can be staged. */
    private void write() throws InterruptedException {
        for (byte[] content : threeWay.made().values()) {
            Staging.require(git.run(stop, content, "hash-object", "-w", "--stdin"), "write a file");
        }
    }
}
