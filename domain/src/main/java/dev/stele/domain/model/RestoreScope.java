package dev.stele.domain.model;

/** What a restore brings back. */
public enum RestoreScope {
    /** The files of the working tree. */
    FILES,
    /** The conversation: later turns are marked as rolled back. */
    CONVERSATION,
    /** Files and conversation. */
    BOTH;

    /** {@return whether files are brought back} */
    public boolean includesFiles() {
        return this != CONVERSATION;
    }

    /** {@return whether the conversation is brought back} */
    public boolean includesConversation() {
        return this != FILES;
    }
}
