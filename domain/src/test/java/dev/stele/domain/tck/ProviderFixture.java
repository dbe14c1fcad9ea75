package dev.stele.domain.tck;

/**
 * What {@link ProviderConformance} needs of an adapter: agents that conduct themselves as asked.
 */
public interface ProviderFixture extends ReactorFixture {

    /**
     * {@return what a thread has to name as its agent, to get one that does this for every prompt}
     *
     * @param conduct what it does
     */
    String agent(Conduct conduct);

    /** What an agent does in a turn. */
    enum Conduct {
        /** Says "one ", "two " and "three", and ends. */
        SPEAKS,
        /** Calls a tool, tells its result, and ends. */
        USES_A_TOOL,
        /**
         * Asks for leave, with an option to allow and one to reject; says "allowed" or "rejected"
         * by the answer, and ends. A turn that is cancelled before the answer ends as cancelled.
         */
        ASKS,
        /** Says "waiting" and ends only when the turn is cancelled, and then as cancelled. */
        WAITS,
        /** Says "so far" and is gone without an end, as a process that was killed. */
        CRASHES,
        /** Cannot even be started. */
        CANNOT_START
    }
}
