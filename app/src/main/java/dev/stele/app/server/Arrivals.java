package dev.stele.app.server;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Ends connections on which no request comes about in time. Whoever sends a header a byte at a time
 * is never idle, and would hold his place for ever. Where too many wait, the one that has waited
 * longest makes room for the newest. Thread-safe.
 */
final class Arrivals extends AbstractLifeCycle implements Connection.Listener {
    private static final long LOOK = 15_000;

    private final Scheduler scheduler;
    private final long patience;
    private final int most;

    /** Since when there is no request, by the connections on which there is none. */
    private final Map<Connection, Long> waiting = new ConcurrentHashMap<>();

    /**
     * Ends nothing before it is started.
     *
     * @param patience how long a connection may be without a request
     * @param most so many may be at once
     */
    Arrivals(Scheduler scheduler, Duration patience, int most) {
        this.scheduler = scheduler;
        this.most = most;
        this.patience = patience.toNanos();
    }

    @Override
    protected void doStart() {
        later();
    }

    private void later() {
        long millis = Math.clamp(TimeUnit.NANOSECONDS.toMillis(patience) / 4, 1, LOOK);
        scheduler.schedule(this::endLate, millis, TimeUnit.MILLISECONDS);
    }

    private void endLate() {
        long now = System.nanoTime();
        waiting.forEach((connection, since) -> {
            if (now - since > patience) {
                waiting.remove(connection);
                connection.getEndPoint().close();
            }
        });
        if (isRunning()) {
            later();
        }
    }

    private void end(Connection connection) {
        waiting.remove(connection);
        connection.getEndPoint().close();
    }

    /** Connections that carry TLS for another one have no requests of their own. */
    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof ConnectionMetaData) {
            waiting.put(connection, System.nanoTime());
            while (waiting.size()
                    > most) { // several may come at once, and mean the same oldest one
                waiting.entrySet().stream()
                        .min(Comparator.comparingLong(Map.Entry::getValue))
                        .ifPresent(oldest -> end(oldest.getKey()));
            }
        }
    }

    @Override
    public void onClosed(Connection connection) {
        waiting.remove(connection);
    }

    /** A request has arrived; until it is answered its connection may take its time. */
    void arrived(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        waiting.remove(connection);
        Request.addCompletionListener(
                request,
                _ -> {
                    if (connection.getEndPoint().isOpen()) {
                        waiting.put(connection, System.nanoTime());
                    }
                });
    }
}
