package dev.stele.contracts;

/** Why the agent stopped, as the Agent Client Protocol tells it. */
public enum StopReason {
    /** It is done. */
    END_TURN,
    /** The model reached its limit of words. */
    MAX_TOKENS,
    /** The agent reached its limit of model calls in one turn. */
    MAX_TURN_REQUESTS,
    /** The model refused. */
    REFUSAL,
    /** It was cancelled. */
    CANCELLED,
    /** Something that Stele does not know; the raw word is kept beside it. */
    UNKNOWN
}
