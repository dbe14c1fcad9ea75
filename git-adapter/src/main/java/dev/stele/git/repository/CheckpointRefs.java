package dev.stele.git.repository;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LockFailedException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * The hidden refs that hold checkpoints: {@code refs/stele/checkpoints/<thread>/<checkpoint>}. No
 * other ref is ever written. All working trees of a repository share them, which is why the
 * thread's id is in the name.
 */
public final class CheckpointRefs {

    /** Where all checkpoints are. */
    public static final String PREFIX = "refs/stele/checkpoints/";

    /** Who commits them: a name under a domain that never exists, so that nobody gets mail. */
    public static final String EMAIL = "checkpoints@stele.invalid";

    private static final int ATTEMPTS = 50;
    private static final Duration PAUSE = Duration.ofMillis(40);

    /** A lock or a pack this old belongs to nobody any more: both live for moments. */
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    private final GitLocation location;
    private final Repository repository;

    CheckpointRefs(GitLocation location, Repository repository) {
        this.location = location;
        this.repository = repository;
    }

    /** The name of a checkpoint's ref. */
    public static String name(ThreadId threadId, CheckpointId checkpointId) {
        return PREFIX + threadId + "/" + checkpointId;
    }

    /**
     * The thread whose checkpoint a ref holds.
     *
     * @param name as {@link #name} makes it
     */
    public static ThreadId thread(String name) {
        return new ThreadId(name.substring(PREFIX.length(), name.lastIndexOf('/')));
    }

    /**
     * The checkpoint that a ref holds.
     *
     * @param name as {@link #name} makes it
     */
    public static CheckpointId checkpoint(String name) {
        return new CheckpointId(name.substring(name.lastIndexOf('/') + 1));
    }

    /** What a ref holds, or null when there is no such ref. */
    public @Nullable ObjectId find(String name) throws IOException {
        Ref ref = repository.exactRef(name);
        return ref == null ? null : ref.getObjectId();
    }

    /**
     * Begins a ref. JGit would read the packs of the repository for it, all of them, which costs
     * more than all the rest.
     *
     * @param name of a ref that is not there
     * @param commit what it will hold
     * @throws IOException when there is one of that name, or it cannot be written
     */
    public NewRef begin(String name, ObjectId commit) throws IOException {
        if (find(name) != null) {
            throw new IOException("The ref " + name + " is there already.");
        }
        return NewRef.begin(file(name), commit);
    }

    /**
     * Makes a ref hold another commit; it does on the disk when this returns.
     *
     * @param name of a ref that is there
     * @param commit what it will hold, which is on the disk
     */
    public void move(String name, ObjectId commit) throws IOException {
        try (NewRef moved = NewRef.begin(file(name), commit)) {
            FileSync.force(moved.lock());
            moved.publish();
            FileSync.forceAll(moved.directories());
        }
    }

    private Path file(String name) {
        return location.commonDir().resolve(name);
    }

    /**
     * Deletes a ref; one that is not there is no failure.
     *
     * @param name its name, below {@link #PREFIX}
     */
    public void delete(String name) throws IOException {
        RefUpdate.Result result =
                unlocked(
                        name,
                        () -> {
                            RefUpdate update = repository.updateRef(name);
                            update.setForceUpdate(true);
                            try {
                                return update.delete();
                            } catch (LockFailedException e) {
                                // That of the packed refs, for which JGit has waited long enough.
                                if (!releasePackedRefs()) {
                                    throw e;
                                }
                                return RefUpdate.Result.LOCK_FAILURE;
                            }
                        });
        boolean gone =
                switch (result) {
                    case NEW, FORCED, NO_CHANGE, FAST_FORWARD -> true;
                    default -> false;
                };
        if (!gone) {
            throw new IOException("The ref " + name + " cannot be deleted: " + result + ".");
        }
    }

    /** Something that needs the lock of a ref. */
    private interface Attempt {
        RefUpdate.Result run() throws IOException;
    }

    /** Tries again while a ref is locked, and at last takes the lock away. */
    private RefUpdate.Result unlocked(String name, Attempt attempt) throws IOException {
        RefUpdate.Result result = attempt.run();
        for (int i = 1; i < ATTEMPTS && result == RefUpdate.Result.LOCK_FAILURE; i++) {
            LockSupport.parkNanos(PAUSE.toNanos());
            if (i == ATTEMPTS - 1) {
                // Nobody else writes this ref: a lock that stays was left by a killed process.
                Files.deleteIfExists(file(name + ".lock"));
            }
            result = attempt.run();
        }
        return result;
    }

    /**
     * Takes away the lock on the packed refs that a killed process left. Others write them too, but
     * none of them for so long. Tells whether there was such a lock.
     */
    private boolean releasePackedRefs() throws IOException {
        Path lock = file("packed-refs.lock");
        return Files.exists(lock)
                && isOlder(lock, Instant.now().minus(ABANDONED))
                && Files.deleteIfExists(lock);
    }

    /** Deletes all checkpoints of a thread. */
    public void deleteAll(ThreadId threadId) throws IOException {
        for (Ref ref : repository.getRefDatabase().getRefsByPrefix(PREFIX + threadId + "/")) {
            delete(ref.getName());
        }
    }

    /** Deletes refs; those that are not there are no failure. */
    public void deleteAll(Collection<String> names) throws IOException {
        for (String name : names) {
            if (find(name) != null) {
                delete(name);
            }
        }
    }

    /** Whether there is any checkpoint, of whatever thread. */
    public boolean isAnyLeft() throws IOException {
        return !repository.getRefDatabase().getRefsByPrefix(PREFIX).isEmpty();
    }

    /**
     * Removes what a crash may have left of Stele's own: empty refs, at which every other git
     * command would fail, old locks of refs, and unfinished packs.
     *
     * @param now the time
     */
    public void heal(Instant now) throws IOException {
        releasePackedRefs();
        for (Leftover leftover : leftovers(now)) {
            leftover.remove();
        }
    }

    /**
     * Something of Stele's own that a crash has left.
     *
     * @param what what it is
     * @param file where it is
     */
    public record Leftover(What what, Path file) {

        /** What a crash may leave. */
        public enum What {
            /** A ref without content. */
            EMPTY_REF,
            /** The lock of a ref. */
            LOCK,
            /** A pack that was never finished. */
            PACK
        }

        /** Its name, for people. */
        public String name() {
            return file.toString();
        }

        /** Removes it; when it is gone already that is no failure. */
        public void remove() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    /**
     * What {@link #heal} removes.
     *
     * @param now the time
     */
    public List<Leftover> leftovers(Instant now) throws IOException {
        Instant old = now.minus(ABANDONED);
        List<Leftover> leftovers = new ArrayList<>();
        for (Path thread : children(location.commonDir().resolve(PREFIX))) {
            for (Path ref : children(thread)) {
                boolean lock = ref.getFileName().toString().endsWith(".lock");
                if (lock ? isOlder(ref, old) : isEmpty(ref)) {
                    leftovers.add(
                            new Leftover(lock ? Leftover.What.LOCK : Leftover.What.EMPTY_REF, ref));
                }
            }
        }
        for (Path pack : children(location.commonDir().resolve("objects/pack"))) {
            boolean own = pack.getFileName().toString().startsWith(NewPack.UNFINISHED);
            if (own && isOlder(pack, old)) {
                leftovers.add(new Leftover(Leftover.What.PACK, pack));
            }
        }
        return leftovers;
    }

    /** The names of all refs of checkpoints, of whatever thread. */
    public List<String> names() throws IOException {
        return repository.getRefDatabase().getRefsByPrefix(PREFIX).stream()
                .map(Ref::getName)
                .toList();
    }

    /** Whether a ref holds a commit that is there with its tree. */
    public boolean isWhole(String name) throws IOException {
        ObjectId id = find(name);
        try (RevWalk walk = new RevWalk(repository)) {
            if (id != null) {
                walk.parseTree(walk.parseCommit(id).getTree());
            }
            return id != null;
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return false;
        }
    }

    private static boolean isEmpty(Path ref) throws IOException {
        return Files.isRegularFile(ref) && Files.size(ref) == 0;
    }

    private static boolean isOlder(Path path, Instant than) throws IOException {
        return Files.getLastModifiedTime(path).toInstant().isBefore(than);
    }

    private static List<Path> children(Path directory) throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            var children = new ArrayDeque<Path>();
            stream.forEach(children::add);
            return List.copyOf(children);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }
}
