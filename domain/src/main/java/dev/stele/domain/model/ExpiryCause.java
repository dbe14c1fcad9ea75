package dev.stele.domain.model;

/** Why an approval expired without an answer. */
public enum ExpiryCause {
    /** The turn was interrupted. */
    INTERRUPTED,
    /** The turn ended. */
    TURN_ENDED,
    /** The agent that asked is gone: its process ended, or was ended. */
    AGENT_GONE,
    /** The agent took the question back. */
    WITHDRAWN,
    /** The thread was deleted. */
    DELETED
}
