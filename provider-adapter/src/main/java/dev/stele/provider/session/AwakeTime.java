package dev.stele.provider.session;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time that this process has run without standing still, as it does after Ctrl-Z. Who waits for
 * an agent counts no other: the agent stood still, too, or its words wait unread. It is known from
 * looking at the clock again and again, so it has to be asked at least once in {@link #SLICE}. Not
 * thread-safe.
 */
public final class AwakeTime {
    /** The longest wait between two looks. */
    static final Duration SLICE = Duration.ofSeconds(1);

    private static final long STOOD_STILL = SLICE.plusSeconds(1).toNanos();

    private final LongSupplier clock;
    private long begun;
    private long looked;

    /** Begins now. */
    public AwakeTime() {
        this(System::nanoTime);
    }

    /**
     * Begins now.
     *
     * @param clock nanoseconds, as {@link System#nanoTime} tells them
     */
    AwakeTime(LongSupplier clock) {
        this.clock = clock;
        this.begun = clock.getAsLong();
        this.looked = begun;
    }

    /** {@return how long since the beginning, or since the process last went on} */
    public Duration passed() {
        long now = clock.getAsLong();
        if (now - looked > STOOD_STILL) {
            begun = now;
        }
        looked = now;
        return Duration.ofNanos(now - begun);
    }

    /**
     * How much of this time.
     *
     * @param elapsed by the clock, until now
     * @return no more than has {@link #passed}
     */
    public Duration of(Duration elapsed) {
        Duration passed = passed();
        return elapsed.compareTo(passed) < 0 ? elapsed : passed;
    }

    /**
     * How long to wait before the next look.
     *
     * @param left how long is still to be waited
     * @return in nanoseconds, for waits of {@link TimeUnit#NANOSECONDS}
     */
    public static long slice(Duration left) {
        return left.compareTo(SLICE) < 0 ? left.toNanos() : SLICE.toNanos();
    }
}
