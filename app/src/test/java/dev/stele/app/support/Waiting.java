package dev.stele.app.support;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions instead of times. */
public final class Waiting {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private Waiting() {}

    /**
     * Waits until something holds.
     *
     * @param what says it in words, for the failure
     * @param condition looked at again and again
     */
    public static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Not within " + LIMIT + ": " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
