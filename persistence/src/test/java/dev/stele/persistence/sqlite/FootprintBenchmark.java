package dev.stele.persistence.sqlite;

import dev.stele.domain.port.EventStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * The bytes on disk of one piece of an agent's text of twelve characters, while it streams: the
 * database file after its log was written back, by the number of pieces in one transaction.
 *
 * <p>The goal is at most 100 bytes.
 */
final class FootprintBenchmark {
    private static final int TRANSACTIONS = 5_000;

    private FootprintBenchmark() {}

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws IOException, SQLException {
        for (int drain : List.of(1, 16)) {
            try (var folder = BenchFolder.make()) {
                stream(folder.path().resolve("stele.db"), drain);
            }
        }
    }

    private static void stream(Path database, int drain) throws IOException, SQLException {
        try (EventStore store = Stores.open(database)) {
            long head = SizedDeltas.append(store, 0, drain);
            long before = size(database);
            long first = head;
            for (int i = 0; i < TRANSACTIONS; i++) {
                head = SizedDeltas.append(store, head, drain);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%3d pieces in a transaction: %.1f bytes each%n",
                    drain,
                    (double) (size(database) - before) / (head - first));
        }
    }

    /** After everything that waits beside the database was written into it. */
    private static long size(Path database) throws IOException, SQLException {
        try (Connection connection = Connections.appending(database)) {
            Connections.pragma(connection, "wal_checkpoint(truncate)");
        }
        return Files.size(database);
    }
}
