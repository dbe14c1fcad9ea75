package dev.stele.persistence.sqlite;

import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogRewriting.Stretch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * The bytes on disk of one piece of an agent's text of twelve characters: while it streams, by the
 * number of pieces in one transaction, and after the log was compacted and its room given back. It
 * is the database file after its log was written back; the words differ, as they do in life.
 *
 * <p>The goals are at most 100 bytes, and at most 30.
 */
final class FootprintBenchmark {
    private static final int TRANSACTIONS = 5_000;
    private static final int PIECES = 100_000;

    private FootprintBenchmark() {}

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws IOException, SQLException {
        for (int drain : List.of(1, 16, 256)) {
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
            for (int i = 0; i < Math.min(TRANSACTIONS, PIECES / drain); i++) {
                head = SizedDeltas.append(store, head, drain);
            }
            double streamed = (double) (size(database) - before) / (head - first);
            compact(store, head);
            System.out.printf(
                    Locale.ROOT,
                    "%3d pieces in a transaction: %.1f bytes each, %.1f after compaction%n",
                    drain,
                    streamed,
                    (double) (size(database) - before) / (head - first));
        }
    }

    private static void compact(EventStore store, long head) {
        for (long place = 1; place <= head; ) {
            Stretch stretch = store.rewriting().from(place);
            long last = Math.min(head, stretch.last());
            Compacting.compact(store, place, last);
            place = last + 1;
        }
        store.rewriting().giveBack(LogProgress.SILENT);
    }

    /** After everything that waits beside the database was written into it. */
    private static long size(Path database) throws IOException, SQLException {
        try (Connection connection = Connections.appending(database)) {
            Connections.pragma(connection, "wal_checkpoint(truncate)");
        }
        return Files.size(database);
    }
}
