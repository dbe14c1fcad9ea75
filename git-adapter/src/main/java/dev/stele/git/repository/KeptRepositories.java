package dev.stele.git.repository;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The repositories that were worked in last, kept open for a while: JGit opens the index of every
 * pack anew when it opens a repository, which costs more than most of the work that is done in one.
 * Whether what is open is still what lies on the disk is looked at each time; what packs there are,
 * before objects are read. Thread-safe.
 */
final class KeptRepositories implements Views, AutoCloseable {

    /** Each keeps some files open, and indexes in memory as long as that has room. */
    static final int MOST = 4;

    /** Packs that are open take room on the disk even when they are deleted. */
    static final Duration IDLE = Duration.ofMinutes(1);

    /** Elsewhere, files that are open cannot be deleted, and git could not tidy up. */
    private static final boolean OPEN_FILES_CAN_GO = File.separatorChar == '/';

    private final Map<GitLocation, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final ScheduledThreadPoolExecutor closer =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("stele-repositories").factory());
    private boolean closed;

    /** Keeps nothing yet. */
    KeptRepositories() {
        closer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // Less would wake it again and again while something waits to be closed.
        closer.setKeepAliveTime(2 * IDLE.toMillis(), TimeUnit.MILLISECONDS);
        closer.allowCoreThreadTimeOut(true);
    }

    /** An open repository. */
    private static final class Kept {
        private final Repository repository;
        private final ObjectStores.Identity identity;
        private ObjectStores stores;
        private long usedAt = System.nanoTime();

        Kept(Repository repository, ObjectStores.Identity identity, ObjectStores stores) {
            this.repository = repository;
            this.identity = identity;
            this.stores = stores;
        }
    }

    @Override
    public Repository open(GitLocation location) throws IOException {
        ObjectStores.Identity now = ObjectStores.identity(location);
        Repository known = known(location, now);
        if (known != null) {
            return known;
        }
        ObjectStores stores = ObjectStores.of(location);
        Repository opened = ProjectRepository.opened(location);
        keep(location, new Kept(opened, now, stores));
        return opened;
    }

    private synchronized @Nullable Repository known(
            GitLocation location, ObjectStores.Identity now) {
        Kept known = kept.get(location);
        if (known == null) {
            return null;
        }
        if (!now.equals(known.identity)) {
            letGo(location);
            return null;
        }
        known.usedAt = System.nanoTime();
        known.repository.incrementOpen();
        return known.repository;
    }

    private synchronized void keep(GitLocation location, Kept opened) {
        if (closed || !OPEN_FILES_CAN_GO || kept.containsKey(location)) {
            return;
        }
        opened.repository.incrementOpen();
        kept.put(location, opened);
        if (kept.size() > MOST) {
            letGo(kept.keySet().iterator().next());
        }
        if (closer.getQueue().isEmpty()) {
            closeLater();
        }
    }

    @Override
    public synchronized void refresh(GitLocation location) throws IOException {
        Kept known = kept.get(location);
        if (known != null) {
            ObjectStores now = ObjectStores.of(location);
            if (!now.isContinuationOf(known.stores)) {
                // It opens again what is there, when it is asked for something.
                known.repository.getObjectDatabase().close();
            }
            known.stores = now;
        }
    }

    private void closeLater() {
        var _ =
                closer.schedule(
                        () -> closeIdle(System.nanoTime()), IDLE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Closes what was not used for a while.
     *
     * @param now by a steady clock, in nanoseconds
     */
    synchronized void closeIdle(long now) {
        List<GitLocation> idle = new ArrayList<>();
        kept.forEach((location, one) -> {
            if (now - one.usedAt >= IDLE.toNanos()) {
                idle.add(location);
            }
        });
        idle.forEach(this::letGo);
        if (!kept.isEmpty() && !closed) {
            closeLater();
        }
    }

    private void letGo(GitLocation location) {
        Kept one = kept.remove(location);
        if (one != null) {
            one.repository.close();
        }
    }

    /** Closes what is open of a repository, but for what others are at work on. */
    synchronized void close(Path gitDir) {
        List.copyOf(kept.keySet()).stream()
                .filter(location -> location.commonDir().equals(gitDir))
                .forEach(this::letGo);
    }

    /** Closes all; from now on nothing is kept any more. */
    @Override
    public synchronized void close() {
        closed = true;
        closer.shutdownNow();
        List.copyOf(kept.keySet()).forEach(this::letGo);
    }
}
