package dev.stele.persistence.sqlite;

import dev.stele.domain.port.StoreException;
import dev.stele.persistence.log.LogDatabase;
import dev.stele.persistence.log.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;

/**
 * A database in one file.
 *
 * @param file where it is
 */
record SqliteDatabase(Path file) implements LogDatabase {

    /** The write lock at once: a transaction that begins to read and then writes may fail. */
    static final Sql SQL = new Sql(SQLDialect.SQLITE, "begin immediate");

    @Override
    public Sql sql() {
        return SQL;
    }

    @Override
    public Connection reading() throws SQLException {
        return Connections.reading(file);
    }

    @Override
    public Connection looking() throws SQLException {
        return Connections.looking(file);
    }

    @Override
    public Connection appending() throws SQLException {
        return Connections.appending(file);
    }

    @Override
    public StoreException failure(SQLException cause) {
        return Failures.of(file, cause);
    }

    @Override
    public StoreException.Damaged damaged(String why, @Nullable Throwable cause) {
        return Failures.damaged(file, why, cause);
    }

    @Override
    public String words(SQLException cause) {
        return Failures.words(cause);
    }

    @Override
    public boolean isDamage(SQLException cause) {
        return Failures.isDamage(cause);
    }

    /** There is no server that could go away. */
    @Override
    public boolean isDisconnected(SQLException cause) {
        return false;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
