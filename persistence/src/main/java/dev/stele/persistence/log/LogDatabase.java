package dev.stele.persistence.log;

import dev.stele.domain.port.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A database that holds a log: how it is reached, and what its failures mean. Thread-safe; its
 * {@code toString} names it in sentences for people.
 */
public interface LogDatabase {

    /** The statements in its dialect. */
    Sql sql();

    /** A connection that can only read. */
    Connection reading() throws SQLException;

    /** A connection that reads, and sees one state of the log for as long as it is open. */
    Connection looking() throws SQLException;

    /**
     * A connection that appends, with every commit synced to the disk, and begins and ends its
     * transactions by statements.
     *
     * @throws StoreException when it cannot be so
     */
    Connection appending() throws SQLException;

    /**
     * A failure as the port tells it.
     *
     * @param cause what the database said
     */
    StoreException failure(SQLException cause);

    /**
     * A log that cannot be trusted.
     *
     * @param why what is wrong, as a clause
     * @param cause what was thrown below, if anything
     */
    StoreException.Damaged damaged(String why, @Nullable Throwable cause);

    /**
     * What the database said, as a clause for people.
     *
     * @param cause what was thrown
     */
    default String words(SQLException cause) {
        return String.valueOf(cause.getMessage());
    }

    /** Whether what the database says means that it is not as it was written. */
    boolean isDamage(SQLException cause);

    /** Whether it means that the connection is gone, so that a new one may do better. */
    boolean isDisconnected(SQLException cause);
}
