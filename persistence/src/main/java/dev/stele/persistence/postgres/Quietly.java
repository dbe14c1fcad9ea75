package dev.stele.persistence.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Ends connections of which nothing more is wanted: what they say to it is no news. */
final class Quietly {

    private Quietly() {}

    /** Ends it in order. */
    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException _) {
            // it is gone in any case
        }
    }

    /** Ends it at once, also while another thread waits for its answer. */
    static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException _) {
            // it is gone in any case
        }
    }
}
