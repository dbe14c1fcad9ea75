package dev.stele.persistence;

import dev.stele.persistence.PersistenceConfig.Access;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a log in PostgreSQL is, and how this node works with it. The database has to exist; the
 * tables are made when they are missing and the access allows it. Nothing of this tells the
 * password when it is printed.
 *
 * @param address the database
 * @param access what the program may do
 * @param maxEventBytes the largest event in bytes of its JSON, from 1 to {@link #LARGEST_EVENT};
 *     what is larger is refused by itself
 * @param node this program's name among those that share the log, not blank
 * @param lease how long this node may write without renewing its right, from 100 milliseconds to an
 *     hour; so long the others wait when it dies
 * @param snapshots the folder of this machine where the newest model is kept, so that opening need
 *     not read the whole log; null for none. What is in it may be deleted at any time
 */
public record PostgresConfig(
        Address address,
        Access access,
        int maxEventBytes,
        String node,
        Duration lease,
        @Nullable Path snapshots) {

    /** The usual limit of an event: 64 MiB. */
    public static final int DEFAULT_MAX_EVENT_BYTES = 64 << 20;

    /** The highest limit of an event: a quarter of what PostgreSQL takes in one message. */
    public static final int LARGEST_EVENT = 256 << 20;

    /** The usual length of a lease: 5 seconds. */
    public static final Duration DEFAULT_LEASE = Duration.ofSeconds(5);

    /** Checks the bounds: {@link IllegalArgumentException} when something is beyond them. */
    public PostgresConfig {
        if (maxEventBytes < 1 || maxEventBytes > LARGEST_EVENT) {
            throw new IllegalArgumentException(
                    "the largest event has 1 to "
                            + LARGEST_EVENT
                            + " bytes, which "
                            + maxEventBytes
                            + " is not");
        }
        if (node.isBlank()) {
            throw new IllegalArgumentException("a node has a name, and this one is blank");
        }
        if (lease.toMillis() < 100 || lease.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "a lease lasts from 100 milliseconds to an hour, not " + lease);
        }
    }

    /**
     * {@return a log to write to whenever this node has the lease, with the usual limits}
     *
     * @param address the database
     * @param node this program's name among those that share the log
     * @param snapshots the folder where the newest model is kept; null for none
     */
    public static PostgresConfig writing(Address address, String node, @Nullable Path snapshots) {
        return new PostgresConfig(
                address,
                Access.READ_WRITE,
                DEFAULT_MAX_EVENT_BYTES,
                node,
                DEFAULT_LEASE,
                snapshots);
    }

    /**
     * {@return the same with another length of the lease}
     *
     * @param newLease how long this node may write without renewing its right
     */
    public PostgresConfig withLease(Duration newLease) {
        return new PostgresConfig(address, access, maxEventBytes, node, newLease, snapshots);
    }

    /**
     * {@return a log to look into while others may write to it}
     *
     * @param address the database
     * @param snapshots the folder where the newest model is kept; null for none
     */
    public static PostgresConfig reading(Address address, @Nullable Path snapshots) {
        return new PostgresConfig(
                address,
                Access.READ_ONLY,
                DEFAULT_MAX_EVENT_BYTES,
                "reader",
                DEFAULT_LEASE,
                snapshots);
    }

    /**
     * A database, in the form {@code postgresql://user:password@host:5432/database?setting=value}.
     * User, password, port and settings may be missing; of several hosts, separated by commas, the
     * one is used that can be written to. What stands for itself in none of the parts is written as
     * in any URL, {@code %40} for {@code @}. Without a password in it, that of the variable {@code
     * PGPASSWORD} is used, or of the user's file {@code .pgpass}.
     *
     * @param hosts with their ports, as the driver takes them
     * @param database its name
     * @param user who connects; null for the user of this process
     * @param password of the user; null when none is given here
     * @param settings of the driver, by its names of them
     */
    public record Address(
            String hosts,
            String database,
            @Nullable String user,
            @Nullable String password,
            Map<String, String> settings) {

        private static final Pattern SCHEME = Pattern.compile("postgres(ql)?://.*", Pattern.DOTALL);
        private static final String HOST = "([\\p{Alnum}._-]+|\\[[\\p{XDigit}:.]+])(:\\d{1,5})?";
        private static final Pattern HOSTS = Pattern.compile("HOST(,HOST)*".replace("HOST", HOST));

        /** Makes the map immutable. */
        public Address {
            settings = Map.copyOf(settings);
        }

        /**
         * {@return whether a text is meant to be such an address, right or wrong}
         *
         * @param text anything
         */
        public static boolean isMeantBy(String text) {
            return SCHEME.matcher(text).matches();
        }

        /**
         * {@return the address that a URL names}
         *
         * @param url as above
         * @throws IllegalArgumentException when it is none; the message says what is wrong and
         *     repeats nothing of it, since all of it may be a password
         */
        public static Address parse(String url) {
            if (!isMeantBy(url)) {
                throw wrong("it does not begin with postgresql://");
            }
            String rest = url.substring(url.indexOf("://") + 3);
            int question = rest.indexOf('?');
            String place = question < 0 ? rest : rest.substring(0, question);
            String query = question < 0 ? "" : rest.substring(question + 1);
            int slash = place.indexOf('/');
            String authority = slash < 0 ? place : place.substring(0, slash);
            String database = slash < 0 ? "" : place.substring(slash + 1);
            if (database.isEmpty() || database.matches(".*[/@:].*")) {
                throw wrong("it names no database after the host");
            }
            return of(authority, database, settings(query));
        }

        private static Address of(String authority, String database, Map<String, String> settings) {
            int at = authority.lastIndexOf('@');
            String hosts = authority.substring(at + 1);
            if (!HOSTS.matcher(hosts).matches()) {
                throw wrong("its host or port cannot be read");
            }
            String[] credentials =
                    at < 0 ? new String[0] : authority.substring(0, at).split(":", 2);
            String user = settings.remove("user");
            String password = settings.remove("password");
            if (credentials.length > 0) {
                user = decoded(credentials[0]);
            }
            if (credentials.length > 1) {
                password = decoded(credentials[1]);
            }
            return new Address(hosts, decoded(database), user, password, settings);
        }

        private static Map<String, String> settings(String query) {
            var settings = new HashMap<String, String>();
            for (String setting : query.isEmpty() ? new String[0] : query.split("&", -1)) {
                String[] parts = setting.split("=", 2);
                if (parts.length != 2 || parts[0].isEmpty()) {
                    throw wrong("its settings are not name=value, separated by &");
                }
                settings.put(decoded(parts[0]), decoded(parts[1]));
            }
            return settings;
        }

        private static String decoded(String text) {
            try {
                return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException _) {
                throw wrong("a percent sign in it is not followed by two hexadecimal digits");
            }
        }

        private static IllegalArgumentException wrong(String why) {
            return new IllegalArgumentException(
                    "The address of the PostgreSQL database is wrong: "
                            + why
                            + ". It has the form postgresql://user:password@host:5432/database;"
                            + " special characters in user and password are written as %XX.");
        }

        /** {@return host and database, and nobody's secrets} */
        @Override
        public String toString() {
            return "postgresql://" + hosts + "/" + database;
        }
    }
}
