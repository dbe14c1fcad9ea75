package dev.stele.provider.session;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The session that is wanted of an agent.
 *
 * @param directory its working directory, absolute
 * @param earlier the agent's id of the session to go on with, or null for a new one. Where the
 *     agent cannot go on with it, a new one is opened
 * @param login the id of the way to log in, among those that the agent offers, or null to use the
 *     login that it has
 */
public record Opening(Path directory, @Nullable String earlier, @Nullable String login) {}
