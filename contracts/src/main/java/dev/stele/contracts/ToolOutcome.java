package dev.stele.contracts;

/** How a tool call ended. */
public enum ToolOutcome {
    /** The agent says that it went well. */
    SUCCEEDED,
    /** The agent says that it failed. */
    FAILED,
    /** Its approval was rejected. */
    REJECTED,
    /** The turn was cancelled under it. */
    CANCELLED,
    /** The turn ended and the agent never said. */
    UNKNOWN
}
