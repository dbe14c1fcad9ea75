package dev.stele.git.capture;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot of each directory, as far as memory allows: what was not used for long is
 * forgotten, and found again by reading the tree. Thread-safe.
 */
final class SnapshotMemory {

    /** About 60 MB. */
    private static final long MOST_FILES = 400_000;

    private final Map<Path, Snapshot> snapshots = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Path, ReentrantLock> locks = new LinkedHashMap<>();

    /** The lock that who captures a directory holds. */
    synchronized ReentrantLock lock(Path directory) {
        return locks.computeIfAbsent(directory, _ -> new ReentrantLock());
    }

    synchronized @Nullable Snapshot find(Path directory) {
        return snapshots.get(directory);
    }

    synchronized void forget(Path directory) {
        snapshots.remove(directory);
    }

    /** Keeps a snapshot; the newest one stays whatever its size. */
    synchronized void keep(Path directory, Snapshot snapshot) {
        snapshots.put(directory, snapshot);
        long files = snapshots.values().stream().mapToLong(kept -> kept.root().files()).sum();
        var oldest = snapshots.values().iterator();
        while (files > MOST_FILES && snapshots.size() > 1) {
            files -= oldest.next().root().files();
            oldest.remove();
        }
    }
}
