package dev.stele.app.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The bare table with group commit and nothing else: one thread commits what all callers have
 * brought. No rules, no model, no receipts, no hashes.
 */
final class CommitPerDrain implements AutoCloseable {
    private final Rows table;
    private final BlockingQueue<Letter> letters = new LinkedBlockingQueue<>();
    private final Thread writer = new Thread(this::write);
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Letter(byte[] payload, CompletableFuture<Boolean> answer) {}

    /** A bare table in some database. For one thread. */
    interface Rows extends AutoCloseable {
        /** Adds a row for each, in one transaction. */
        void commit(List<byte[]> payloads);

        @Override
        void close() throws SQLException;
    }

    CommitPerDrain(Rows table) {
        this.table = table;
        writer.start();
    }

    void append(byte[] payload) {
        var letter = new Letter(payload, new CompletableFuture<>());
        letters.add(letter);
        letter.answer().join();
    }

    private void write() {
        List<Letter> drained = new ArrayList<>();
        try {
            while (true) {
                drained.add(letters.take());
                letters.drainTo(drained);
                table.commit(drained.stream().map(Letter::payload).toList());
                drained.forEach(letter -> letter.answer().complete(true));
                drained.clear();
            }
        } catch (InterruptedException _) {
            ended.complete(true);
        }
    }

    @Override
    public void close() throws SQLException {
        writer.interrupt();
        ended.join();
        table.close();
    }
}
