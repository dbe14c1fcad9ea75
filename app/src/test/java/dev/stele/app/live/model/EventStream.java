package dev.stele.app.live.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Server-sent events, each on its way at once. */
final class EventStream {
    private static final JsonMapper JSON = new JsonMapper();

    private final OutputStream out;

    EventStream(OutputStream out) {
        this.out = out;
    }

    /**
     * Sends one.
     *
     * @param name what it is called, or null when it has no name
     * @param data becomes JSON
     */
    void send(@Nullable String name, Object data) throws IOException {
        String head = name == null ? "" : "event: " + name + "\n";
        write(head + "data: " + JSON.writeValueAsString(data) + "\n\n");
    }

    /** Sends one whose data is no JSON. */
    void sendPlain(String data) throws IOException {
        write("data: " + data + "\n\n");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    /** Lets time pass between two pieces. */
    void pause(Duration pace) {
        LockSupport.parkNanos(pace.toNanos());
    }
}
