package dev.stele.app.server;

import dev.stele.app.Stele;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client's events: what the log holds after a place, then what comes, without a gap. A client
 * that does not keep up is told to load the state anew, and its stream ends. For one thread.
 */
final class EventStream {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int PAGE = 1_000;

    private final Stele stele;
    private final EventHub hub;
    private final Metrics metrics;
    private final @Nullable ThreadId thread;
    private long sent;

    /** Where the bytes of a stream go. It may take its time, and fails when the client is gone. */
    @FunctionalInterface
    interface Wire {
        void send(byte[] bytes) throws IOException;
    }

    /**
     * A stream.
     *
     * @param after the place of the last fact that the client knows; beyond the log's end when it
     *     has seen another log
     * @param thread the thread that it follows; null for everything
     */
    EventStream(Stele stele, EventHub hub, Metrics metrics, long after, @Nullable ThreadId thread) {
        this.stele = stele;
        this.hub = hub;
        this.metrics = metrics;
        this.sent = after;
        this.thread = thread;
    }

    /** Sends until the client is gone, too slow, or the server stops. */
    void run(Wire wire) throws IOException, InterruptedException {
        wire.send(bytes(": stele\nretry: 1000\n\n"));
        if (sent > stele.model().sequence()) {
            wire.send(resync()); // the log is another one than the client has seen
            return;
        }
        var reading = new Reading();
        catchUp(reading, wire); // a long way is gone before the queue fills beside it
        Outbox outbox = hub.join(thread);
        try {
            catchUp(reading, wire);
            follow(outbox, wire);
        } finally {
            hub.leave(outbox);
        }
    }

    private void catchUp(Reading reading, Wire wire) throws IOException {
        OrchestrationReadModel model = stele.model();
        while (sent < model.sequence()) {
            List<StoredEvent> page = stele.page(sent, PAGE);
            var some = new ByteArrayOutputStream();
            for (StoredEvent fact : page) {
                if (reading.concerns(thread, fact.event(), model)) {
                    Frame.of(fact, stele.codec()).write(some);
                }
            }
            wire.send(some.toByteArray());
            sent = page.getLast().sequence();
            model = stele.model();
        }
    }

    private void follow(Outbox outbox, Wire wire) throws IOException, InterruptedException {
        while (!outbox.isOver()) {
            Part part = outbox.take(HEARTBEAT);
            if (outbox.isOverflown()) {
                wire.send(resync());
                metrics.resynced();
                return;
            }
            if (part == null) {
                wire.send(bytes(": \n\n"));
            } else if (part.last() > sent) {
                wire.send(part.bytesAfter(sent));
                sent = part.last();
            }
        }
    }

    private byte[] resync() {
        long head = stele.model().sequence();
        return bytes("retry: 5000\nevent: resync\ndata: {\"sequence\":" + head + "}\n\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
