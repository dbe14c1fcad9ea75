package dev.stele.contracts;

/** How far a tool call is that has not ended. Its end is a {@link MessageContent.ToolResult}. */
public enum ToolCallStatus {
    /** Announced, or waiting for an approval. */
    PENDING,
    /** At work. */
    IN_PROGRESS
}
