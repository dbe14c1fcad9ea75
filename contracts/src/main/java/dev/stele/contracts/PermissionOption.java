package dev.stele.contracts;

/**
 * One of the answers that an agent offers when it asks for an approval.
 *
 * @param id the agent's key of the answer: two options may share a kind, so this tells them apart
 * @param label the words for people
 * @param kind what the answer means
 */
public record PermissionOption(String id, String label, Kind kind) {

    /** Makes texts well-formed. */
    public PermissionOption {
        id = Characters.wellFormed(id);
        label = Characters.wellFormed(label);
    }

    /** What an answer means. */
    public enum Kind {
        /** Allows this one action. */
        ALLOW_ONCE,
        /** Allows this action and those like it; how far is the agent's business. */
        ALLOW_ALWAYS,
        /** Rejects this one action. */
        REJECT_ONCE,
        /** Rejects this action and those like it. */
        REJECT_ALWAYS,
        /** A kind that Stele does not know: neither allows nor rejects. */
        OTHER;

        /** {@return whether the answer lets the action happen} */
        public boolean allows() {
            return this == ALLOW_ONCE || this == ALLOW_ALWAYS;
        }

        /** {@return whether the answer forbids the action} */
        public boolean rejects() {
            return this == REJECT_ONCE || this == REJECT_ALWAYS;
        }
    }
}
