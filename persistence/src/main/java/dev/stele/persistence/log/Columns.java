package dev.stele.persistence.log;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Values of rows. In a damaged database one may be missing wherever the tables forbid it; it is
 * read as an empty one, which whoever uses it refuses, since no payload, hash or name is empty.
 */
public final class Columns {

    private static final byte[] NO_BYTES = {};

    private Columns() {}

    /** The bytes of a column. */
    public static byte[] bytes(ResultSet row, int column) throws SQLException {
        byte[] value = row.getBytes(column);
        return value == null ? NO_BYTES : value;
    }

    /** The text of a column. */
    public static String text(ResultSet row, int column) throws SQLException {
        String value = row.getString(column);
        return value == null ? "" : value;
    }
}
