package dev.stele.app.bench;

import dev.stele.persistence.server.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The least that PostgreSQL can do, with a pool of connections that is as large as many programs
 * have it: bare tables, and a commit that is synced.
 */
final class PostgresTables implements AutoCloseable {
    private static final int CONNECTIONS = 16;

    /** Numbered by a sequence, which leaves gaps. */
    private static final String WITH_GAPS = "insert into gaps (payload) values (?)";

    /** Numbered by a row that counts. */
    private static final String COUNTED =
            "with h as (update head set seq = seq + 1 returning seq)"
                    + " insert into counted select seq, ? from h";

    private static final String MANY = "insert into gaps (payload) select unnest(?)";

    private final PostgresServer server;
    private final BlockingQueue<Connection> pool = new ArrayBlockingQueue<>(CONNECTIONS);

    PostgresTables(PostgresServer server) throws SQLException {
        this.server = server;
        server.execute(
                "create table gaps (id bigserial primary key, payload bytea);"
                        + "create table counted (id bigint primary key, payload bytea);"
                        + "create table head (seq bigint); insert into head values (0)");
        for (int i = 0; i < CONNECTIONS; i++) {
            pool.add(server.connect());
        }
    }

    /** A row in a transaction of its own, which may leave a gap. */
    void insert(byte[] payload) {
        insert(WITH_GAPS, payload);
    }

    /** A row in a transaction of its own, under the next number of all. */
    void insertCounted(byte[] payload) {
        insert(COUNTED, payload);
    }

    private void insert(String sql, byte[] payload) {
        try {
            Connection connection = pool.take();
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setBytes(1, payload);
                insert.executeUpdate();
            } finally {
                pool.add(connection);
            }
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A connection that adds many rows in one transaction. */
    CommitPerDrain.Rows many() throws SQLException {
        return new Many(server.connect());
    }

    private record Many(Connection connection) implements CommitPerDrain.Rows {
        @Override
        public void commit(List<byte[]> payloads) {
            try (PreparedStatement insert = connection.prepareStatement(MANY)) {
                insert.setArray(
                        1, connection.createArrayOf("bytea", payloads.toArray(new byte[0][])));
                insert.executeUpdate();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : pool) {
            connection.close();
        }
    }
}
