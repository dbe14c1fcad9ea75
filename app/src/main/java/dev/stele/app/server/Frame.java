package dev.stele.app.server;

import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Codec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A fact as it goes over the wire in a stream of events.
 *
 * @param sequence its place in the log
 * @param head what stands before it
 * @param data the fact
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and changed by nobody
record Frame(long sequence, byte[] head, byte[] data) {
    private static final byte[] END = {'\n', '\n'};

    static Frame of(StoredEvent fact, Codec codec) {
        String type = fact.event().getClass().getSimpleName();
        String head = "id: " + fact.sequence() + "\nevent: " + type + "\ndata: ";
        return new Frame(
                fact.sequence(), head.getBytes(StandardCharsets.US_ASCII), codec.encode(fact));
    }

    void write(ByteArrayOutputStream out) {
        out.writeBytes(head);
        out.writeBytes(data);
        out.writeBytes(END);
    }
}
