package dev.stele.app.engine;

import java.time.Duration;
import java.util.Objects;

/**
 * What of a log is compacted.
 *
 * @param olderThan only facts that were stored longer ago than this, not negative
 * @param keep so many of the newest facts stay as they are, from 0
 * @param keepDeleted what was said in a thread is dropped when the thread was deleted longer ago
 *     than this, not negative
 * @param giveBack whether room that becomes empty is given back to the file system at the end; the
 *     writer waits while what is left of the log is written once more. Else the log fills the room
 *     again as it grows
 */
public record CompactionOptions(
        Duration olderThan, long keep, Duration keepDeleted, boolean giveBack) {

    /** Everything that is over; what was said in threads is dropped 30 days after their end. */
    public static final CompactionOptions USUAL =
            new CompactionOptions(Duration.ZERO, 0, Duration.ofDays(30), true);

    /** Checks them: {@link IllegalArgumentException} for one that is negative. */
    public CompactionOptions {
        Objects.requireNonNull(olderThan);
        if (olderThan.isNegative() || keepDeleted.isNegative() || keep < 0) {
            throw new IllegalArgumentException("ages and numbers of facts are not negative");
        }
    }
}
