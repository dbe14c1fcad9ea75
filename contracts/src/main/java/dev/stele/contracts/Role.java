package dev.stele.contracts;

/** Who speaks in a message. */
public enum Role {
    /** The person, or the program, that prompts. */
    USER,
    /** The agent. */
    ASSISTANT
}
