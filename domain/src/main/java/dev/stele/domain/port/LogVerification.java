package dev.stele.domain.port;

import java.util.List;

/** What following a log's chain of hashes has shown. */
public sealed interface LogVerification {

    /**
     * Every fact is as it was written, and the log is the expected one.
     *
     * @param head where it ends
     */
    record Sound(LogHead head) implements LogVerification {}

    /**
     * Facts are not as they were written, and the loss of each of them is accepted. All others are.
     *
     * @param head where the log ends
     * @param losses what is lost, in order
     */
    record Lossy(LogHead head, List<Fault> losses) implements LogVerification {
        /** Makes the list immutable. */
        public Lossy {
            losses = List.copyOf(losses);
        }
    }

    /**
     * A fact was changed, taken out, added or moved behind the store's back.
     *
     * @param sequence the first place whose fact is not the one that was written there, and whose
     *     loss is not accepted
     * @param why a clause for people
     * @param faults all such places, those with accepted losses too, in order
     */
    record Broken(long sequence, String why, List<Fault> faults) implements LogVerification {
        /** Makes the list immutable. */
        public Broken {
            faults = List.copyOf(faults);
        }

        /**
         * A log with one such place.
         *
         * @param sequence the place
         * @param why a clause for people
         */
        public Broken(long sequence, String why) {
            this(sequence, why, List.of(new Fault(sequence, why, false)));
        }
    }

    /**
     * A place whose fact is not the one that was written there, or a stretch of such places whose
     * facts are lost together.
     *
     * @param sequence the place, or the first one
     * @param last the last place; the same for a single one
     * @param why a clause for people
     * @param accepted whether a person has accepted the loss
     */
    record Fault(long sequence, long last, String why, boolean accepted) {

        /**
         * A single place.
         *
         * @param sequence the place
         * @param why a clause for people
         * @param accepted whether a person has accepted the loss
         */
        public Fault(long sequence, String why, boolean accepted) {
            this(sequence, sequence, why, accepted);
        }

        /** {@return how many places they are} */
        public long places() {
            return last - sequence + 1;
        }
    }

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
