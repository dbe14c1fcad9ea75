package dev.stele.provider.reactor;

import dev.stele.provider.process.AgentCommand;
import org.jspecify.annotations.Nullable;

/**
 * What is run for a thread, and how it is spoken to.
 *
 * @param command what is run
 * @param dialect what it speaks
 * @param login the id of the way to log in, or null to use the login that it has
 */
record ChosenAgent(AgentCommand command, Dialect dialect, @Nullable String login) {}
