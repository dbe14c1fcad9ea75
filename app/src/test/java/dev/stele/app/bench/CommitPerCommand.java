package dev.stele.app.bench;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** What one would write without an engine: each caller inserts its row and commits it. */
final class CommitPerCommand implements AutoCloseable {
    private final BareTable table;

    CommitPerCommand(Path file, Duration slower) throws SQLException {
        table = new BareTable(file, slower);
    }

    synchronized void append(byte[] payload) {
        table.commit(List.of(payload));
    }

    @Override
    public void close() throws SQLException {
        table.close();
    }
}
