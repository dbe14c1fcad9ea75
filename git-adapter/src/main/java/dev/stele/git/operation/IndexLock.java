package dev.stele.git.operation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.stele.contracts.OperationId;
import dev.stele.git.capture.StopSign;
import dev.stele.git.repository.GitFailure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lock of the user's index by git's own rules: who makes {@code index.lock} may replace the
 * index, and everyone else waits. The file names the commit that holds it, so that a lock that a
 * crash left is known as our own.
 */
public final class IndexLock implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final Pattern MARKER = Pattern.compile("stele ([A-Za-z0-9_-]{1,100})\n");

    private final Path index;
    private final Path lock;
    private final Path copy;
    private final Path part;

    private IndexLock(Path gitDir, OperationId commitId) {
        this.index = gitDir.resolve("index");
        this.lock = gitDir.resolve("index.lock");
        this.copy = gitDir.resolve("stele-index-" + commitId);
        this.part = gitDir.resolve("stele-index-" + commitId + "-part");
    }

    private static String marker(OperationId commitId) {
        return "stele " + commitId + "\n";
    }

    /**
     * Takes the lock, waiting for it for a while, and copies the index.
     *
     * @param gitDir the git directory of the working tree
     * @param commitId the commit that needs it
     * @param patience how long to wait
     * @throws GitFailure when somebody else holds it for too long
     */
    public static IndexLock take(
            Path gitDir, OperationId commitId, Duration patience, StopSign stop)
            throws IOException {
        var lock = new IndexLock(gitDir, commitId);
        if (isHeldFor(gitDir, commitId)) {
            lock.close();
        }
        long deadline = System.nanoTime() + patience.toNanos();
        while (!lock.tryToMake(marker(commitId))) {
            stop.check();
            if (System.nanoTime() > deadline) {
                throw new GitFailure(
                        "Another git process holds "
                                + lock.lock
                                + "; wait for its end, or delete that file if none is running.");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        lock.copyIndex();
        return lock;
    }

    /**
     * The lock that a dead process left behind, if it did.
     *
     * @return whether it was taken for this very commit
     */
    static boolean isHeldFor(Path gitDir, OperationId commitId) throws IOException {
        return commitId.equals(holder(gitDir.resolve("index.lock")));
    }

    /**
     * What a lock was taken for.
     *
     * @param lock the file
     * @return null when it is not there, or not Stele's
     */
    public static @Nullable OperationId holder(Path lock) throws IOException {
        try {
            Matcher marker =
                    MARKER.matcher(
                            Files.size(lock) < 1_000 ? Files.readString(lock, ISO_8859_1) : "");
            return marker.matches() ? new OperationId(marker.group(1)) : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Goes on with a lock that {@link #isHeldFor} a commit. */
    static IndexLock takeOver(Path gitDir, OperationId commitId) {
        return new IndexLock(gitDir, commitId);
    }

    private boolean tryToMake(String marker) throws IOException {
        try {
            Files.writeString(lock, marker, StandardOpenOption.CREATE_NEW);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /**
     * The copy must be as old as the index: by its time git tells which entries may have been
     * changed within the second in which they were written.
     */
    private void copyIndex() throws IOException {
        if (Files.exists(index)) {
            Files.copy(index, copy, REPLACE_EXISTING, COPY_ATTRIBUTES);
        } else {
            Files.deleteIfExists(copy);
        }
    }

    /** The copy of the index, to be changed. */
    public Path copy() {
        return copy;
    }

    /** A copy of the changed copy, for a commit that does not hold all that is in it. */
    Path copyForPart() throws IOException {
        Files.copy(copy, part, REPLACE_EXISTING, COPY_ATTRIBUTES);
        return part;
    }

    /** Makes the changed copy the user's index. */
    public void install() throws IOException {
        if (Files.exists(copy)) {
            Files.move(copy, lock, ATOMIC_MOVE);
            Files.move(lock, index, ATOMIC_MOVE);
        }
    }

    /** Gives the lock back; without {@link #install} the index is as it was. */
    @Override
    public void close() throws IOException {
        for (Path own : List.of(copy, part)) {
            Files.deleteIfExists(own);
            // A git that was killed leaves its lock behind.
            Files.deleteIfExists(own.resolveSibling(own.getFileName() + ".lock"));
        }
        Files.deleteIfExists(lock);
    }
}
