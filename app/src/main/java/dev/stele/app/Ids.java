package dev.stele.app;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.CommandId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import java.security.SecureRandom;

/**
 * New ids for the doors: 20 lower-case letters and digits, the time first, so that ids sort by
 * their age. Those of one millisecond differ in 55 random bits. Thread-safe.
 */
public final class Ids {
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int BITS = 5;
    private static final int TIME_DIGITS = 9;
    private static final int RANDOM_DIGITS = 11;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** {@return an id for a project} */
    public static ProjectId project() {
        return new ProjectId(next());
    }

    /** {@return an id for a thread} */
    public static ThreadId thread() {
        return new ThreadId(next());
    }

    /** {@return an id for a turn} */
    public static TurnId turn() {
        return new TurnId(next());
    }

    /** {@return an id for a checkpoint} */
    public static CheckpointId checkpoint() {
        return new CheckpointId(next());
    }

    /** {@return an id for a restore, commit, branch or push} */
    public static OperationId operation() {
        return new OperationId(next());
    }

    /** {@return an id for one sending of a command} */
    public static CommandId command() {
        return new CommandId(next());
    }

    private static String next() {
        return text(System.currentTimeMillis(), RANDOM.nextLong());
    }

    /**
     * An id's text.
     *
     * @param millis the time since the epoch, up to the year 3084
     * @param random where the low 55 bits come from
     */
    static String text(long millis, long random) {
        return digits(millis, TIME_DIGITS) + digits(random, RANDOM_DIGITS);
    }

    private static String digits(long value, int count) {
        var digits = new char[count];
        for (int i = 0; i < count; i++) {
            int shift = BITS * (count - 1 - i);
            digits[i] = DIGITS.charAt((int) (value >>> shift) & (DIGITS.length() - 1));
        }
        return new String(digits);
    }
}
