package dev.stele.persistence.log;

import dev.stele.domain.port.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The form that the tables of a store have, which grows by one with every migration. */
public final class TableForm {

    private TableForm() {}

    /**
     * The form of the tables, from 1 to the one that this program works with.
     *
     * @param database the store's
     * @throws StoreException.Damaged when a newer Stele made them, or none at all
     */
    public static int of(LogDatabase database) throws SQLException {
        try (Connection connection = database.reading();
                PreparedStatement select = connection.prepareStatement(database.sql().format);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw database.damaged("it does not tell the form of its tables", null);
            }
            int form = row.getInt(1);
            if (form > LogFormat.TABLES) {
                throw new StoreException(
                        "The store "
                                + database
                                + " was written by a newer Stele (its tables have the form "
                                + form
                                + ", this one knows "
                                + LogFormat.TABLES
                                + "). Nothing is lost: use the newer one.",
                        null);
            }
            if (form < 1) {
                throw database.damaged("its tables have the form " + form, null);
            }
            return form;
        }
    }

    /**
     * Checks that the tables have the form that this program works with.
     *
     * @param database the store's
     */
    public static void requireNewest(LogDatabase database) throws SQLException {
        int form = of(database);
        if (form < LogFormat.TABLES) {
            throw new StoreException(
                    "The store "
                            + database
                            + " was written by an older Stele (its tables have the form "
                            + form
                            + "). Open it once to write, which brings it up to date.",
                    null);
        }
    }
}
