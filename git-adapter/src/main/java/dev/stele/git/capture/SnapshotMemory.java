package dev.stele.git.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot of each directory, as far as memory allows: what was not used for long is
 * forgotten, and found again in its file, or by reading the tree. Thread-safe.
 */
final class SnapshotMemory implements AutoCloseable {

    /** About 60 MB. */
    private static final long MOST_FILES = 500_000;

    /** How long a file may lag behind: writing it costs as much as a capture. */
    private static final Duration LAG = Duration.ofSeconds(30);

    private final SnapshotFiles files;
    private final ScheduledThreadPoolExecutor saver =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("stele-snapshots").factory());
    private final Map<Path, Snapshot> unsaved = new LinkedHashMap<>();
    private final Set<Path> saved = new HashSet<>();
    private boolean closed;

    private final Map<Path, Snapshot> snapshots = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Path, ReentrantLock> locks = new LinkedHashMap<>();

    /** The lock that who captures a directory holds. */
    synchronized ReentrantLock lock(Path directory) {
        return locks.computeIfAbsent(directory, _ -> new ReentrantLock());
    }

    /**
     * @param files keep them beyond this process
     */
    SnapshotMemory(SnapshotFiles files) {
        this.files = files;
        saver.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** The newest snapshot of a directory, also from before this process; or null. */
    @Nullable Snapshot find(Path directory) {
        Snapshot known = known(directory);
        if (known != null) {
            return known;
        }
        Snapshot kept = files.load(directory);
        if (kept != null) {
            remember(directory, kept);
        }
        return kept;
    }

    private synchronized @Nullable Snapshot known(Path directory) {
        return snapshots.get(directory);
    }

    /** Forgets a directory for good. */
    void forget(Path directory) throws IOException {
        synchronized (this) {
            snapshots.remove(directory);
            unsaved.remove(directory);
        }
        files.forget(directory);
    }

    /** Keeps a snapshot; the newest one stays whatever its size. */
    synchronized void keep(Path directory, Snapshot snapshot) {
        remember(directory, snapshot);
        if (closed) {
            return;
        }
        if (unsaved.put(directory, snapshot) == null) {
            boolean first = saved.add(directory);
            var _ =
                    saver.schedule(
                            () -> save(directory),
                            first ? 0 : LAG.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    private void save(Path directory) {
        Snapshot snapshot;
        synchronized (this) {
            snapshot = unsaved.remove(directory);
        }
        if (snapshot != null) {
            files.save(directory, snapshot);
        }
    }

    /** Saves what is not saved; waits for that. Nothing is saved any more after that. */
    @Override
    public void close() {
        List<Path> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(unsaved.keySet());
        }
        left.forEach(this::save);
        saver.close();
    }

    private synchronized void remember(Path directory, Snapshot snapshot) {
        snapshots.put(directory, snapshot);
        long files = snapshots.values().stream().mapToLong(kept -> kept.root().files()).sum();
        var oldest = snapshots.values().iterator();
        while (files > MOST_FILES && snapshots.size() > 1) {
            files -= oldest.next().root().files();
            oldest.remove();
        }
    }
}
