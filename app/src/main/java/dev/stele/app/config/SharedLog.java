package dev.stele.app.config;

import dev.stele.app.error.SteleException.InvalidConfiguration;
import dev.stele.persistence.PostgresConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * A log in a PostgreSQL database, which several nodes may share, instead of a file in the home.
 * Printed, it tells no password.
 *
 * @param address the database
 * @param node this node's name among those that share the log; the same at every start, since
 *     projects remember it
 */
public record SharedLog(PostgresConfig.Address address, String node) {

    /** The environment variable that names the database, as {@code postgresql://…}. */
    public static final String VARIABLE = "STELE_STORE";

    /** The environment variable that names this node; else it is called as its machine. */
    public static final String NODE_VARIABLE = "STELE_NODE";

    /**
     * {@return the log that an address names}
     *
     * @param address as {@code postgresql://user:password@host:5432/database}
     * @param node this node's name; null for that of {@value #NODE_VARIABLE} or of the machine
     * @throws InvalidConfiguration when it is no address; the message repeats nothing of it, since
     *     it may hold a password
     */
    public static SharedLog at(String address, @Nullable String node) {
        try {
            return new SharedLog(
                    PostgresConfig.Address.parse(address), node == null ? usualNode() : node);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration(String.valueOf(e.getMessage()), null);
        }
    }

    /**
     * {@return the log that the environment names, or null when it names none}
     *
     * @param node this node's name; null for that of the environment or of the machine
     * @throws InvalidConfiguration when what it names is no address
     */
    public static @Nullable SharedLog ofEnvironment(@Nullable String node) {
        String address = System.getenv(VARIABLE);
        return address == null || address.isBlank() ? null : at(address, node);
    }

    private static String usualNode() {
        String named = System.getenv(NODE_VARIABLE);
        if (named != null && !named.isBlank()) {
            return named.strip();
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new InvalidConfiguration(
                    "This machine has no name of its own, and nodes that share a log need one: set "
                            + NODE_VARIABLE
                            + ".",
                    e);
        }
    }
}
