package dev.stele.app.server;

import dev.stele.contracts.ThreadId;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Codec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A fact as it goes over the wire in a stream of events.
 *
 * @param sequence its place in the log
 * @param thread the thread that it is about, or null
 * @param bytes the event, which nobody changes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Frame(long sequence, @Nullable ThreadId thread, byte[] bytes) {

    static Frame of(StoredEvent fact, @Nullable ThreadId thread, Codec codec) {
        String head =
                "id: %d\nevent: %s\ndata: "
                        .formatted(fact.sequence(), fact.event().getClass().getSimpleName());
        var bytes = new ByteArrayOutputStream(256);
        bytes.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(codec.encode(fact));
        bytes.writeBytes(new byte[] {'\n', '\n'});
        return new Frame(fact.sequence(), thread, bytes.toByteArray());
    }
}
