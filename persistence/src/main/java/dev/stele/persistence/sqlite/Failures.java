package dev.stele.persistence.sqlite;

import dev.stele.domain.port.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite refuses, in sentences for people: the cause and the cure. */
final class Failures {

    private Failures() {}

    /**
     * The failure as the port tells it.
     *
     * @param database the file
     * @param cause what SQLite said
     */
    static StoreException of(Path database, SQLException cause) {
        return switch (primaryCode(cause)) {
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT ->
                    damaged(database, "SQLite says: " + words(cause), cause);
            case SQLITE_ERROR ->
                    damaged(
                            database,
                            "its tables are not those of a store. SQLite says: " + words(cause),
                            cause);
            case SQLITE_FULL ->
                    failure(database, "the disk is full; free some space and try again", cause);
            case SQLITE_IOERR ->
                    failure(database, "the disk fails; look after it and try again", cause);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                    failure(database, "another program holds it; end that and try again", cause);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH ->
                    failure(database, "this user may not; give it the right to the folder", cause);
            case SQLITE_CONSTRAINT ->
                    failure(
                            database,
                            "what was to be added contradicts what is there, for example a command"
                                    + " id that was answered before; nothing was stored",
                            cause);
            default -> failure(database, "an unexpected failure; open the store again", cause);
        };
    }

    /**
     * A store that cannot be trusted.
     *
     * @param database the file
     * @param why what is wrong, as a clause
     * @param cause what was thrown below, if anything
     */
    static StoreException.Damaged damaged(Path database, String why, @Nullable Throwable cause) {
        return new StoreException.Damaged(
                "The store "
                        + database
                        + " is damaged: "
                        + why
                        + ". Nothing was changed. Move it away together with its -wal and -shm"
                        + " files, keep them, and put a backup in its place.",
                cause);
    }

    /** Whether what SQLite says means that the file itself is not as it was written. */
    static boolean isDamage(SQLException cause) {
        return switch (primaryCode(cause)) {
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT -> true;
            default -> false;
        };
    }

    private static StoreException failure(Path database, String why, SQLException cause) {
        return new StoreException(
                "The store " + database + " failed: " + why + ". SQLite says: " + words(cause),
                cause);
    }

    /**
     * What SQLite said, without the driver's words around it, which say the same once more: its
     * message is the code, a sentence for that, and SQLite's own in parentheses.
     */
    static String words(SQLException cause) {
        SQLiteException sqlite = sqlite(cause);
        if (sqlite == null) {
            return String.valueOf(cause.getMessage());
        }
        String all = String.valueOf(sqlite.getMessage());
        String around = sqlite.getResultCode() + " (";
        return !all.startsWith(around) || !all.endsWith(")")
                ? all
                : all.substring(around.length(), all.length() - 1)
                        + " ("
                        + sqlite.getResultCode().name()
                        + ")";
    }

    /** The code without its details. */
    private static SQLiteErrorCode primaryCode(SQLException failure) {
        SQLiteException sqlite = sqlite(failure);
        return sqlite == null
                ? SQLiteErrorCode.UNKNOWN_ERROR
                : SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xFF);
    }

    /** Batches hide it below an exception of their own. */
    private static @Nullable SQLiteException sqlite(SQLException failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLiteException found) {
                return found;
            }
        }
        return null;
    }
}
