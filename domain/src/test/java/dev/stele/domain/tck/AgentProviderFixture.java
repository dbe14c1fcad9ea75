package dev.stele.domain.tck;

/**
 * What {@link AgentProviderConformance} needs of an adapter beyond {@link ProviderFixture}: agents
 * that do what real agents do in ways of their own.
 */
public interface AgentProviderFixture extends ProviderFixture {

    /**
     * {@return what a thread has to name as its agent, to get one of this manner}
     *
     * @param manner what it does for every prompt
     */
    String agent(Manner manner);

    /** What an agent does in a turn. */
    enum Manner {
        /**
         * Calls two tools and asks for leave for both, without waiting for an answer in between. It
         * ends when both are answered, and a tool that may not run ends as rejected.
         */
        ASKS_TWICE_AT_ONCE,
        /** Calls a tool and ends without a word of the tool's end. */
        LEAVES_A_CALL_OPEN,
        /** Says something of a kind that no version of Stele knows, then "done", and ends. */
        SPEAKS_IN_TONGUES,
        /** Says "so far", then fails with the words "the model is overloaded". */
        FAILS,
        /** Thinks "hm", tells a plan of the steps "look" and "do", says "done", and ends. */
        THINKS_AND_PLANS,
        /** Says "one" in one message and "two" in another, and ends. */
        SPEAKS_IN_MESSAGES,
        /** Says "in time", ends, and says "too late" then. */
        SPEAKS_AFTER_THE_END
    }
}
