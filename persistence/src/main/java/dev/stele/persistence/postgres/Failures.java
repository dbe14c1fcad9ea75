package dev.stele.persistence.postgres;

import dev.stele.domain.port.StoreException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL and its driver refuse, in sentences for people: the cause and the cure. */
final class Failures {

    private Failures() {}

    /**
     * The failure as the port tells it. It holds the password nowhere, whatever the driver said.
     *
     * @param login how the database is reached
     * @param failure what was said
     */
    static StoreException of(Login login, SQLException failure) {
        SQLException first = first(failure);
        String state = String.valueOf(first.getSQLState());
        if (isDamage(first)) {
            return damaged(login, "PostgreSQL says: " + said(login, first), cause(login, failure));
        }
        if (state.equals("42P01") || state.equals("42703")) {
            return damaged(
                    login,
                    "its tables are not those of a store. PostgreSQL says: " + said(login, first),
                    cause(login, failure));
        }
        return new StoreException(
                "The store "
                        + login
                        + " failed: "
                        + why(login, state)
                        + ". PostgreSQL says: "
                        + said(login, first),
                cause(login, failure));
    }

    private static String why(Login login, String state) {
        return switch (state) {
            case "28P01", "28000" ->
                    "the server does not let this user in; correct user and password, or what the"
                            + " server's pg_hba.conf says of them";
            case "3D000" ->
                    "the server has no database "
                            + login.database()
                            + "; create it, or name another one";
            case "42501", "25006" ->
                    "this user may not write there; give it the right to the schema and its tables,"
                            + " and use a server that can be written to";
            case "53300" ->
                    "the server takes no more connections; raise its max_connections or end others";
            case "53100" -> "the server's disk is full; free some space and try again";
            case "57P03" -> "the server is starting or stopping; try again";
            case "23505", "23502", "23514" ->
                    "what was to be added contradicts what is there, for example a command id that"
                            + " was answered before; nothing was stored";
            case "57014", "25P04", "25P03" ->
                    "the server took too long and gave up; nothing was stored";
            default ->
                    isLost(state)
                            ? "the server cannot be reached, or went away; whatever was under way"
                                    + " may or may not have happened. Look after server and network"
                                    + " and try again"
                            : "an unexpected failure; open the store again";
        };
    }

    /** The one that says most; batches hide it below one of their own. */
    private static SQLException first(SQLException failure) {
        SQLException found = failure;
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && sql.getSQLState() != null) {
                found = sql;
            }
        }
        return found;
    }

    private static String said(Login login, SQLException failure) {
        return withoutSecret(login, String.valueOf(failure.getMessage()));
    }

    private static String withoutSecret(Login login, String text) {
        String secret = login.secret();
        return secret == null || secret.isEmpty() ? text : text.replace(secret, "***");
    }

    /**
     * A failure that tells the password nowhere.
     *
     * @param login how the database is reached
     * @param message a sentence for people
     * @param cause what was thrown below
     */
    static StoreException hidden(Login login, String message, Exception cause) {
        return new StoreException(withoutSecret(login, message), cause(login, cause));
    }

    /** What was thrown, unless it tells the password: it is printed with all that lies below it. */
    private static @Nullable Throwable cause(Login login, Exception failure) {
        String secret = login.secret();
        if (secret != null && !secret.isEmpty()) {
            for (Throwable t = failure; t != null; t = t.getCause()) {
                if (t.toString().contains(secret)) {
                    return null;
                }
            }
        }
        return failure;
    }

    /**
     * A store that cannot be trusted.
     *
     * @param login how the database is reached
     * @param why what is wrong, as a clause
     * @param cause what was thrown below, if anything
     */
    static StoreException.Damaged damaged(Login login, String why, @Nullable Throwable cause) {
        return new StoreException.Damaged(
                "The store "
                        + login
                        + " is damaged: "
                        + why
                        + ". Nothing was changed. Keep the database as it is, and put a backup into"
                        + " another one.",
                cause);
    }

    /** Whether the server found its own files damaged. */
    static boolean isDamage(SQLException cause) {
        String state = first(cause).getSQLState();
        return "XX001".equals(state) || "XX002".equals(state);
    }

    /** Whether the connection is gone, so that a new one may do better. */
    static boolean isDisconnected(SQLException cause) {
        return isLost(String.valueOf(first(cause).getSQLState()));
    }

    /** Whether nothing was heard of the server for too long: it may be there all the same. */
    static boolean isTimeout(SQLException cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLost(String state) {
        return state.startsWith("08") || state.startsWith("57P");
    }
}
