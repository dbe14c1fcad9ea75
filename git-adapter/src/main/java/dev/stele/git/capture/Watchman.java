package dev.stele.git.capture;

import dev.stele.git.disk.TreeWatch;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches the directory of one project, and knows what was touched since a snapshot. What it knows
 * holds for that one snapshot only, and never longer than some minutes, since two kinds of writes
 * go unseen: those through a mapping, until it ends, and those by another name that a file has got
 * outside of the directory in the meantime. For one thread at a time, but for the vigils that it
 * gives.
 */
final class Watchman implements AutoCloseable {

    /** How long a walk over everything is good for, in nanoseconds. */
    private static final long GOOD_FOR = 600_000_000_000L;

    private final TreeWatch watch;
    private final Set<String> touched = new HashSet<>();
    private final Set<String> made = new HashSet<>();
    private @Nullable Snapshot since;
    private long fullAt;

    Watchman(TreeWatch watch) {
        this.watch = watch;
    }

    /**
     * What is known since a snapshot.
     *
     * @param before the snapshot that a capture goes by; null when it has to look at everything
     * @param now a steady clock in nanoseconds
     * @return null when this one is of no use any more
     */
    @Nullable Vigil since(@Nullable Snapshot before, long now) {
        if (!drain()) {
            return null;
        }
        boolean known = isSince(before) && now - fullAt < GOOD_FOR;
        return new Known(watch, now, known ? new HashSet<>(touched) : null, new HashSet<>(made));
    }

    /** A snapshot that is equal may have been taken later. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isSince(@Nullable Snapshot before) {
        return since != null && since == before;
    }

    private boolean drain() {
        return watch.drain(
                new TreeWatch.Listener() {
                    @Override
                    public void touched(String directory) {
                        touched.add(directory);
                    }

                    @Override
                    public void made(String directory) {
                        made.add(directory);
                    }
                });
    }

    /** A capture that went by a vigil has become the newest snapshot. */
    void settle(Vigil vigil, Snapshot snapshot) {
        if (vigil instanceof Known known && known.watch == watch) {
            if (known.touched == null) {
                fullAt = known.begunAt;
                touched.clear();
            } else {
                touched.removeAll(known.touched);
            }
            made.removeAll(known.made);
            since = snapshot;
        }
    }

    /** How many directories are watched. */
    int watched() {
        return watch.size();
    }

    /** Whether the system has not enough watches for the tree. */
    boolean isExhausted() {
        return watch.isExhausted();
    }

    @Override
    public void close() {
        watch.close();
    }

    /** What was touched until a capture began; null stands for everything. */
    private static final class Known implements Vigil {
        private final TreeWatch watch;
        private final long begunAt;
        private final @Nullable Set<String> touched;
        private final Set<String> made;
        private final Set<String> above = new HashSet<>();

        Known(TreeWatch watch, long begunAt, @Nullable Set<String> touched, Set<String> made) {
            this.watch = watch;
            this.begunAt = begunAt;
            this.touched = touched;
            this.made = made;
            if (touched != null) {
                touched.forEach(this::noteAbove);
                made.forEach(this::noteAbove);
            }
        }

        private void noteAbove(String path) {
            above.add("");
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                above.add(path.substring(0, slash));
            }
        }

        @Override
        public boolean isUntouched(String path) {
            return touched != null && !touched.contains(path) && !isMade(path);
        }

        @Override
        public boolean isUntouchedBelow(String path) {
            return isUntouched(path) && !above.contains(path);
        }

        private boolean isMade(String path) {
            if (made.isEmpty()) {
                return false;
            }
            for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
                if (made.contains(path.substring(0, end))) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void enter(String path) {
            watch.add(path);
        }
    }
}
