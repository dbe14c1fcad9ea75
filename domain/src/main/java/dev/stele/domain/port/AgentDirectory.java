package dev.stele.domain.port;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agents that threads can name. Thread-safe. */
public interface AgentDirectory {

    /**
     * {@return the agents that are configured, then those that are known, the one that suits best
     * first} Starts nothing.
     */
    List<Listing> known();

    /**
     * Starts an agent, opens a session with it, and ends it.
     *
     * @param name the agent: a name of the list, or a command line
     * @return how it answers
     * @throws InterruptedException when the waiting thread is interrupted; the agent is ended
     */
    Answer ask(String name) throws InterruptedException;

    /**
     * An agent.
     *
     * @param name the name that threads use
     * @param commandLine what is run
     * @param installed whether its program is there
     * @param install how it is installed, in words for people; null where that is not known
     */
    record Listing(String name, String commandLine, boolean installed, @Nullable String install) {}

    /** How an agent answers. */
    sealed interface Answer {

        /**
         * It can be prompted.
         *
         * @param version what it calls its version, or null when it does not tell
         */
        record Ready(@Nullable String version) implements Answer {}

        /**
         * It wants a login first.
         *
         * @param message a sentence for people
         */
        record LoginMissing(String message) implements Answer {}

        /**
         * It cannot be used.
         *
         * @param message a sentence for people
         */
        record Unusable(String message) implements Answer {}
    }
}
