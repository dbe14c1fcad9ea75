package dev.stele.persistence.sqlite;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between SQLite's library and the {@code fsync} of the system: counts the calls, and lets
 * them fail on demand. What SQLite says about its settings is a claim; a call that arrives here is
 * the deed. One at a time.
 */
final class Syncs implements AutoCloseable {

    private static final FunctionDescriptor FSYNC =
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final int FAILED = -1;

    private final SystemCalls calls = new SystemCalls();
    private final AtomicInteger count = new AtomicInteger();
    private final MethodHandle fsync = SystemCalls.original("fsync", FSYNC);
    private volatile boolean failing;

    /** Counts from now on. */
    Syncs() throws IOException, ReflectiveOperationException {
        MethodHandle counted =
                MethodHandles.lookup()
                        .bind(this, "sync", MethodType.methodType(int.class, int.class));
        calls.replace("fsync", counted, FSYNC);
    }

    /** How many there were. */
    int count() {
        return count.get();
    }

    /** From now on the disk refuses, or takes them again. */
    void fail(boolean now) {
        failing = now;
    }

    /** Called by SQLite. An exception here would end the process. */
    @SuppressWarnings({"unused", "UnusedMethod"}) // by its name
    private int sync(int file) throws Throwable {
        count.incrementAndGet();
        return failing ? FAILED : (int) fsync.invokeExact(file);
    }

    @Override
    public void close() {
        calls.close();
    }
}
