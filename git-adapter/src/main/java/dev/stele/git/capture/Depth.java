package dev.stele.git.capture;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes on in a new thread wherever directories lie so deep in each other that a thread would have
 * no room any more to remember them all. Paths of the system's usual length can have two thousand.
 */
final class Depth {

    /** So many directories within each other are walked by one thread. */
    private static final int MOST = 200;

    private Depth() {}

    /**
     * Walks a directory.
     *
     * @param prefix its raw path, with a slash at its end
     * @param walk does it
     */
    static @Nullable Node walk(String prefix, Supplier<@Nullable Node> walk) {
        if (!isDeep(prefix)) {
            return walk.get();
        }
        var task = new FutureTask<@Nullable Node>(walk::get);
        Thread.ofPlatform().daemon().name("stele-depth").start(task);
        return result(task);
    }

    /** A name has at least one sign and its slash, so that few paths have to be looked at. */
    private static boolean isDeep(String prefix) {
        if (prefix.length() < 2 * MOST) {
            return false;
        }
        int depth = 0;
        for (int i = prefix.indexOf('/'); i >= 0; i = prefix.indexOf('/', i + 1)) {
            depth++;
        }
        return depth % MOST == 0;
    }

    private static @Nullable Node result(FutureTask<@Nullable Node> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    // What is shared must not be closed before the walk has ended.
                    interrupted = true;
                } catch (ExecutionException e) {
                    switch (e.getCause()) {
                        case RuntimeException failure -> throw failure;
                        case Error failure -> throw failure;
                        case null, default ->
                                throw new IllegalStateException("A walk failed.", e.getCause());
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
