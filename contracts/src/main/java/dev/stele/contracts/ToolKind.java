package dev.stele.contracts;

/** What sort of work a tool does, as the Agent Client Protocol sorts it. */
public enum ToolKind {
    /** Reads. */
    READ,
    /** Changes files. */
    EDIT,
    /** Deletes. */
    DELETE,
    /** Moves or renames. */
    MOVE,
    /** Searches. */
    SEARCH,
    /** Runs a command. */
    EXECUTE,
    /** Reasons. */
    THINK,
    /** Gets something from outside. */
    FETCH,
    /** Changes the agent's mode. */
    SWITCH_MODE,
    /** Anything else, also kinds that Stele does not know. */
    OTHER
}
