package dev.stele.provider.client;

import java.io.IOException;

/** Starts the commands of terminals, so that they belong to the agent that wants them. */
@FunctionalInterface
public interface Commands {

    /**
     * Starts a command.
     *
     * @param command what is run
     * @return its process
     * @throws IOException when it cannot be started
     */
    Process start(ProcessBuilder command) throws IOException;
}
