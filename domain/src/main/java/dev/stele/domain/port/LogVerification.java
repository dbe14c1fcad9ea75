package dev.stele.domain.port;

/** What following a log's chain of hashes has shown. */
public sealed interface LogVerification {

    /**
     * Every fact is as it was written, and the log is the expected one.
     *
     * @param head where it ends
     */
    record Sound(LogHead head) implements LogVerification {}

    /**
     * A fact was changed, taken out, added or moved behind the store's back.
     *
     * @param sequence the first place whose fact is not the one that was written there
     * @param why a clause for people
     */
    record Broken(long sequence, String why) implements LogVerification {}

    /**
     * The chain holds, but the log ends before the place that was written down: its end is missing.
     *
     * @param expected what was written down
     * @param actual where it ends
     */
    record Cut(LogHead expected, LogHead actual) implements LogVerification {}

    /**
     * The chain holds, but at the place that was written down it has another hash: facts up to
     * there were replaced, and all hashes with them.
     *
     * @param expected what was written down
     * @param actual what the log has there
     */
    record Rewritten(LogHead expected, LogHead actual) implements LogVerification {}

    /**
     * The chain holds, but the place that was written down lies within a stretch that was replaced
     * since: its hash is not known any more, so that nothing can be told of it.
     *
     * @param expected what was written down
     * @param first the place of the stretch's first fact
     * @param last the place of the stretch's last fact; at that place, and at any behind it that is
     *     not within another such stretch, a head can be compared
     */
    record Compacted(LogHead expected, long first, long last) implements LogVerification {}
}
