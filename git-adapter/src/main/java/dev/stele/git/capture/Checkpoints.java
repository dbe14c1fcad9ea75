package dev.stele.git.capture;

import dev.stele.contracts.ThreadId;
import dev.stele.git.disk.Directory;
import dev.stele.git.disk.DirectoryReader;
import dev.stele.git.disk.FileClock;
import dev.stele.git.index.TrackedPaths;
import dev.stele.git.index.UserIndex;
import dev.stele.git.repository.CheckpointRefs;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import dev.stele.git.repository.NewObjects;
import dev.stele.git.repository.NewPack;
import dev.stele.git.repository.ObjectHash;
import dev.stele.git.repository.OwnRepository;
import dev.stele.git.repository.ProjectRepository;
import dev.stele.git.repository.Repositories;
import dev.stele.git.repository.TreesInMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Takes checkpoints of working trees: everything tracked, and everything untracked that is not
 * ignored, byte for byte. It writes objects and hidden refs, and nothing else: neither index, HEAD,
 * branches, configuration nor files. A project that is a sub-directory of a working tree is
 * captured alone, with itself as the top of the tree.
 *
 * <p>Thread-safe; checkpoints of one directory are taken one after the other.
 */
public final class Checkpoints implements AutoCloseable {

    private final SnapshotMemory memory;
    private final Repositories repositories;
    private final Absences absences;
    private final CaptureLimits limits;
    private final InstantSource clock;
    private final DirectoryReader reader;
    private final Guard guard;

    /**
     * @param repositories finds where checkpoints are kept
     * @param limits how much a checkpoint may hold
     * @param snapshots the directory where what is known of trees is kept for the next process;
     *     made when it is needed
     * @param clock tells when files are read, by the same time as the file system's
     * @param reader how directories are read
     * @param watch whether directories are watched between captures, where that can be done
     */
    public Checkpoints(
            Repositories repositories,
            CaptureLimits limits,
            Path snapshots,
            InstantSource clock,
            DirectoryReader reader,
            boolean watch) {
        this.repositories = repositories;
        this.absences = new Absences(repositories.directory().resolve("absent"));
        this.limits = limits;
        this.memory = new SnapshotMemory(new SnapshotFiles(snapshots));
        this.clock = clock;
        this.reader = reader;
        this.guard = new Guard(watch);
    }

    /**
     * Takes a checkpoint. When one of that id is there already it is found instead, so that a
     * repeat does no harm.
     *
     * @param request what to take
     * @param stop raised when the checkpoint is no longer wanted
     * @throws GitFailure when it cannot be taken; the message says why
     * @throws StopSign.Stopped when it was stopped; nothing is left behind
     */
    public TakenCheckpoint take(CheckpointRequest request, StopSign stop) {
        Path directory = request.directory();
        Lock lock = memory.lock(directory);
        lock.lock();
        try (ProjectRepository repository = repositories.open(directory)) {
            stop.check();
            String ref = CheckpointRefs.name(request.threadId(), request.checkpointId());
            TakenCheckpoint taken = existing(repository, ref);
            return taken != null ? taken : capture(repository, request, ref, stop);
        } catch (IOException e) {
            throw new GitFailure(
                    "The directory " + directory + " cannot be captured: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable TakenCheckpoint existing(ProjectRepository repository, String ref)
            throws IOException {
        ObjectId id = repository.checkpoints().find(ref);
        CheckpointCommit commit = id == null ? null : find(repository.jgit(), id);
        if (commit != null) {
            return new TakenCheckpoint(ref, commit.id(), commit.message().stats());
        }
        if (id != null) {
            repository.checkpoints().delete(ref);
        }
        return null;
    }

    private static @Nullable CheckpointCommit find(Repository repository, ObjectId id)
            throws IOException {
        try (ObjectReader reader = repository.newObjectReader()) {
            return CheckpointCommit.find(reader, id);
        }
    }

    /**
     * Looks into a checkpoint.
     *
     * @param repository the repository of its project
     * @param reader finds its objects
     * @param ref its ref
     * @throws GitFailure when it is not there, or damaged
     */
    public HeldCheckpoint open(ProjectRepository repository, ObjectReader reader, String ref)
            throws IOException {
        ObjectId id = repository.checkpoint(ref);
        CheckpointCommit commit = id == null ? null : CheckpointCommit.find(reader, id);
        if (commit == null) {
            throw new GitFailure(
                    "The checkpoint "
                            + ref
                            + " is not in the repository "
                            + repository.location().commonDir()
                            + " any more, since its ref was deleted there; choose another one.");
        }
        Snapshot newest = memory.find(repository.location().directory());
        HeldCheckpoint.Stamps known =
                newest != null && newest.commit().equals(commit.id()) ? newest::stamp : _ -> null;
        CheckpointMessage message = commit.message();
        return new HeldCheckpoint(
                commit.tree(), message.head(), message.left(), absences.of(ref), known);
    }

    /** What the user's index tracks now; it is read only when it has changed since a checkpoint. */
    public TrackedPaths tracked(ProjectRepository repository) throws IOException {
        Snapshot newest = memory.find(repository.location().directory());
        UserIndex known = newest == null ? null : newest.index();
        return UserIndex.read(repository, known, readAt(repository)).paths();
    }

    /**
     * Opens the repository of a project whose directory was moved aside.
     *
     * @param now where it is
     * @param project where it was
     */
    public ProjectRepository openMoved(GitLocation now, Path project) {
        return repositories.openMoved(now, project);
    }

    /**
     * Notes for good what was not there when a checkpoint was taken, see {@link
     * HeldCheckpoint#absent}.
     *
     * @param ref the checkpoint
     * @param paths raw paths from the project's directory
     */
    public void noteAbsent(String ref, List<String> paths) throws IOException {
        absences.note(ref, paths);
    }

    private TakenCheckpoint capture(
            ProjectRepository repository, CheckpointRequest request, String ref, StopSign stop)
            throws IOException {
        Snapshot before = snapshotBefore(repository, request.directory());
        try (NewPack pack = repository.newPack();
                Directory root = reader.open(request.directory())) {
            Vigil vigil =
                    guard.since(
                            request.directory(),
                            request.whole() ? null : before,
                            System.nanoTime());
            var capture =
                    new Capture(repository, limits, pack, before, readAt(repository), vigil, stop);
            Capture.Captured captured = capture.run(root);
            CheckpointMessage message = captured.message(request);
            byte[] content = CheckpointCommit.bytes(captured.tree(), message, request.at());
            ObjectId commit = ObjectHash.of(Constants.OBJ_COMMIT, content, content.length);
            pack.add(Constants.OBJ_COMMIT, commit, content, content.length);
            stop.check();
            repository.publish(pack, ref, commit);
            Snapshot snapshot = captured.snapshot(ref, commit, terms(repository));
            memory.keep(request.directory(), snapshot);
            guard.settle(request.directory(), vigil, snapshot);
            return new TakenCheckpoint(ref, commit, message.stats());
        }
    }

    /**
     * Reads a directory as a checkpoint would, without making one.
     *
     * @param repository the repository of the project
     * @param objects where objects go that the repository does not hold; made when it is not there
     * @throws GitFailure when it cannot be read; the message says why
     */
    public CurrentTree current(ProjectRepository repository, Path objects) throws IOException {
        try (NewPack pack = repository.newPack(objects)) {
            CurrentTree current = current(repository, pack);
            pack.finish();
            return current;
        }
    }

    /**
     * The same with its new trees in memory, and the content of files nowhere.
     *
     * @param trees where the trees go
     */
    public CurrentTree current(ProjectRepository repository, TreesInMemory trees)
            throws IOException {
        return current(repository, (NewObjects) trees);
    }

    private CurrentTree current(ProjectRepository repository, NewObjects objects)
            throws IOException {
        Path directory = repository.location().directory();
        Lock lock = memory.lock(directory);
        lock.lock();
        try (Directory root = reader.open(directory)) {
            Snapshot before = snapshotBefore(repository, directory);
            Vigil vigil = guard.since(directory, before, System.nanoTime());
            var capture =
                    new Capture(
                            repository,
                            limits,
                            objects,
                            before,
                            readAt(repository),
                            vigil,
                            new StopSign());
            Capture.Captured captured = capture.run(root);
            return new CurrentTree(captured.tree(), captured.root());
        } finally {
            lock.unlock();
        }
    }

    /** Without its ref, what the snapshot knows to be in the repository may be gone. */
    private @Nullable Snapshot snapshotBefore(ProjectRepository repository, Path directory)
            throws IOException {
        Snapshot before = memory.find(directory);
        return before != null
                        && before.terms().equals(terms(repository))
                        && before.commit().equals(repository.checkpoints().find(before.ref()))
                ? before
                : null;
    }

    private Snapshot.Terms terms(ProjectRepository repository) {
        return new Snapshot.Terms(repository.fileMode(), limits.untrackedFileBytes());
    }

    private long readAt(ProjectRepository repository) {
        return FileClock.now(repository.location().directory(), clock);
    }

    /**
     * Deletes all checkpoints of a thread.
     *
     * @param directory the project's directory, absolute; when it is gone, the repository around
     *     its place is searched. Where there is none there is nothing to delete
     * @param threadId the thread
     * @throws IOException when a ref could not be deleted; it can be tried again
     */
    public void deleteAll(Path directory, ThreadId threadId) throws IOException {
        Lock lock = memory.lock(directory);
        lock.lock();
        try {
            delete(directory, refs -> refs.deleteAll(threadId));
            deleteFromOthers(CheckpointRefs.PREFIX + threadId, refs -> refs.deleteAll(threadId));
            absences.forget(threadId);
            if (Files.notExists(directory)) {
                memory.forget(directory);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Deletes some checkpoints; those that are not there are no failure. What they took in a
     * repository of Stele's own is given back, unless somebody wants to work on the directory
     * meanwhile; the user's own git does that in the user's repository.
     *
     * @param directory as with {@link #deleteAll}
     * @param names their refs
     * @param stop raised when nothing more is to be given back
     * @throws IOException when a ref could not be deleted; it can be tried again
     */
    public void delete(Path directory, Collection<String> names, StopSign stop) throws IOException {
        ReentrantLock lock = memory.lock(directory);
        lock.lock();
        try {
            delete(directory, refs -> refs.deleteAll(names));
            for (String name : names) {
                deleteFromOthers(name, refs -> refs.deleteAll(names));
                absences.forget(name);
            }
            consolidate(directory, stop, lock);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does what {@link #consolidate} does once captures have left many packs.
     *
     * @param directory the project's directory
     * @param stop raised when that is to be left for later
     * @throws IOException when it cannot be done; everything is as it was then
     */
    public void tidy(Path directory, StopSign stop) throws IOException {
        OwnRepository own = repositories.existing(directory);
        if (own != null && own.isScattered()) {
            consolidate(directory, stop);
        }
    }

    /**
     * Makes one pack of those that captures have left in a repository of Stele's own, and gives
     * back the room of what no checkpoint holds any more, unless somebody wants to work on the
     * directory meanwhile.
     *
     * @param directory the project's directory as it was known; it may be gone
     * @param stop raised when that is to be left for later
     * @throws IOException when it cannot be done; everything is as it was then
     */
    public void consolidate(Path directory, StopSign stop) throws IOException {
        ReentrantLock lock = memory.lock(directory);
        lock.lock();
        try {
            consolidate(directory, stop, lock);
        } finally {
            lock.unlock();
        }
    }

    private void consolidate(Path directory, StopSign stop, ReentrantLock lock) throws IOException {
        OwnRepository own = repositories.existing(directory);
        if (own != null) {
            repositories.letGo(own);
            own.consolidate(directory, () -> stop.isRaised() || lock.hasQueuedThreads());
        }
    }

    /** Deletes some of the refs in a repository. */
    private interface Deletion {
        void in(CheckpointRefs refs) throws IOException;
    }

    private void delete(Path directory, Deletion deletion) throws IOException {
        deleteFromUsers(standing(directory), deletion);
        OwnRepository own = repositories.existing(directory);
        if (own != null && !deleteFromOwn(own, directory, deletion)) {
            repositories.letGo(own);
            own.delete();
        }
    }

    /** The checkpoints of a worktree are looked for where its project is. */
    private void deleteFromOthers(String name, Deletion deletion) throws IOException {
        for (OwnRepository other : repositories.holding(name)) {
            if (!deleteFromOwn(other, other.gitDir(), deletion) && other.isLeft()) {
                repositories.letGo(other);
                other.delete();
            }
        }
    }

    private static void deleteFromUsers(Path directory, Deletion deletion) throws IOException {
        try (ProjectRepository repository = ProjectRepository.open(GitLocation.find(directory))) {
            deletion.in(repository.checkpoints());
        } catch (GitFailure e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
        }
    }

    /** Whether anything is left there. */
    private static boolean deleteFromOwn(OwnRepository own, Path directory, Deletion deletion)
            throws IOException {
        try (ProjectRepository repository = own.open(directory)) {
            deletion.in(repository.checkpoints());
            return repository.checkpoints().isAnyLeft();
        }
    }

    private static Path standing(Path directory) {
        Path standing = directory;
        while (!Files.isDirectory(standing) && standing.getParent() != null) {
            standing = standing.getParent();
        }
        return standing;
    }

    /**
     * Removes what a crash may have left, of Stele's own, in the repository of a project.
     *
     * @param directory the project's directory, absolute
     */
    public void heal(Path directory) throws IOException {
        OwnRepository own = repositories.existing(directory);
        if (own != null) {
            try (ProjectRepository repository = own.open(directory)) {
                repository.checkpoints().heal(clock.instant());
            }
        }
        GitLocation users = GitLocation.search(directory);
        if (users != null && !ProjectRepository.isForeign(users)) {
            try (ProjectRepository repository = ProjectRepository.open(users)) {
                repository.checkpoints().heal(clock.instant());
            }
        }
    }

    /** Keeps for the next process what is known of the directories. */
    @Override
    public void close() {
        guard.close();
        memory.close();
        repositories.close();
    }
}
