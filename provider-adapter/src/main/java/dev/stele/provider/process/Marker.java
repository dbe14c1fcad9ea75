package dev.stele.provider.process;

import org.jspecify.annotations.Nullable;

/**
 * What an agent and all that it starts carry in their environment, so that they can be found when
 * nobody is their parent any more.
 *
 * @param home which Stele they belong to
 * @param owner the process that started the agent
 * @param serial the agent's number in that process
 */
record Marker(String home, ProcessIdentity owner, long serial) {

    /** The name of the environment variable. */
    static final String VARIABLE = "STELE_AGENT_OWNER";

    /** The variable's value. */
    String text() {
        return "%s:%d:%d:%d".formatted(home, owner.pid(), owner.startedAt(), serial);
    }

    /** The marker that a value stands for, or null when it is none. */
    static @Nullable Marker parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 4) {
            return null;
        }
        try {
            var owner = new ProcessIdentity(Long.parseLong(parts[1]), Long.parseLong(parts[2]));
            return new Marker(parts[0], owner, Long.parseLong(parts[3]));
        } catch (NumberFormatException _) {
            return null;
        }
    }
}
