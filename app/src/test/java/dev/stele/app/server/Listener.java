package dev.stele.app.server;

import dev.stele.app.support.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client of a stream that reads to its end on a thread of its own. */
final class Listener implements AutoCloseable {
    final List<Long> ids = new CopyOnWriteArrayList<>();
    final List<String> events = new CopyOnWriteArrayList<>();
    private final InputStream body;
    private final Thread reading;

    /**
     * Begins to listen.
     *
     * @param query narrows the stream
     * @param headers names and values by turns
     */
    Listener(ServerRig rig, String query, String... headers) {
        HttpRequest.Builder request =
                rig.request("/api/events" + query).header("Accept", "text/event-stream");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        body = rig.stream(request.build()).body();
        reading = Thread.startVirtualThread(this::read);
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    ids.add(Long.parseLong(line.substring(4)));
                } else if (line.startsWith("event: ")) {
                    events.add(line.substring(7));
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    boolean isOver() {
        return !reading.isAlive();
    }

    void awaitId(long id) {
        Waiting.until("the fact " + id, () -> !ids.isEmpty() && ids.getLast() >= id);
    }

    @Override
    public void close() {
        try {
            body.close(); // the reader would wait for its line
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
