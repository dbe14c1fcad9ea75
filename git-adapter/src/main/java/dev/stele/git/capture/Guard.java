package dev.stele.git.capture;

import dev.stele.git.disk.TreeWatch;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The watchmen of the directories that were captured last. Thread-safe; a directory's own watchman
 * is for whoever holds its lock.
 */
final class Guard implements AutoCloseable {

    /** Each holds a queue, and a user has few of them. */
    private static final int MOST = 8;

    private final Map<Path, Watchman> watchmen = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<Path> tooLarge = new HashSet<>();
    private boolean open;

    /**
     * @param wanted whether anything is watched
     */
    Guard(boolean wanted) {
        this.open = wanted;
    }

    /**
     * What is known of a directory since a snapshot.
     *
     * @param before the snapshot that a capture goes by; null when it has to look at everything
     * @param now a steady clock in nanoseconds
     */
    Vigil since(Path directory, @Nullable Snapshot before, long now) {
        Watchman known = of(directory);
        Vigil vigil = known == null ? Vigil.NONE : known.since(before, now);
        if (vigil == null) {
            dismiss(directory);
            Watchman another = of(directory);
            vigil = another == null ? null : another.since(before, now);
        }
        return vigil == null ? Vigil.NONE : vigil;
    }

    private synchronized @Nullable Watchman of(Path directory) {
        Watchman known = watchmen.get(directory);
        if (known != null || !open || tooLarge.contains(directory)) {
            return known;
        }
        int others = watchmen.values().stream().mapToInt(Watchman::watched).sum();
        TreeWatch watch = TreeWatch.open(directory, others);
        if (watch == null) {
            return null;
        }
        var watchman = new Watchman(watch);
        watchmen.put(directory, watchman);
        if (watchmen.size() > MOST) {
            var all = watchmen.values().iterator();
            all.next().close();
            all.remove();
            tooLarge.clear();
        }
        return watchman;
    }

    private synchronized void dismiss(Path directory) {
        Watchman watchman = watchmen.remove(directory);
        if (watchman != null) {
            if (watchman.isExhausted()) {
                tooLarge.add(directory);
            }
            watchman.close();
        }
    }

    /** A capture that went by a vigil has become the newest snapshot. */
    void settle(Path directory, Vigil vigil, Snapshot snapshot) {
        Watchman watchman = of(directory);
        if (watchman != null) {
            watchman.settle(vigil, snapshot);
        }
    }

    @Override
    public synchronized void close() {
        open = false;
        watchmen.values().forEach(Watchman::close);
        watchmen.clear();
    }
}
