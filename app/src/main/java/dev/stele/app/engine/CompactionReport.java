package dev.stele.app.engine;

/**
 * What compacting a log came to.
 *
 * @param stretches how many stretches were replaced by less
 * @param facts how many facts they held
 * @param absorbed how many of those have no place of their own any more
 * @param bytesBefore the room that the log took
 * @param bytesAfter the room that it takes
 * @param stopped why it ended early, as a sentence for people; empty when it did not. What was
 *     replaced before stays so, and all else is as it was
 */
public record CompactionReport(
        int stretches,
        long facts,
        long absorbed,
        long bytesBefore,
        long bytesAfter,
        String stopped) {}
