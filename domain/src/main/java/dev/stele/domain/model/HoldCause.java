package dev.stele.domain.model;

/** Why a queue of prompts does not go on by itself. As text it is a clause for people. */
public enum HoldCause {
    /** The turn before failed. What failed once would most likely fail for each of them. */
    TURN_FAILED("the turn before failed"),
    /** The turn before was interrupted, or cancelled by its agent. */
    TURN_INTERRUPTED("the turn before was interrupted"),
    /** A restore brought files or the conversation back to an earlier state. */
    RESTORED("a checkpoint was restored");

    private final String clause;

    HoldCause(String clause) {
        this.clause = clause;
    }

    @Override
    public String toString() {
        return clause;
    }
}
