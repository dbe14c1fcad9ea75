package dev.stele.app.server;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Facts of a round for all streams that follow the same; they share the bytes. Immutable.
 *
 * @param marks where each of them is, in order; at least one
 * @param bytes their events, which nobody changes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Part(List<Mark> marks, byte[] bytes) {

    /**
     * Where a fact is.
     *
     * @param place in the log
     * @param start the first of its bytes
     */
    record Mark(long place, int start) {}

    /** One that grows. For one thread. */
    static final class Draft {
        private final List<Mark> marks = new ArrayList<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
        private @Nullable Part part;

        /** Puts the next fact in, before the part is asked for. */
        void add(Frame frame) {
            marks.add(new Mark(frame.sequence(), bytes.size()));
            frame.write(bytes);
        }

        /** What has been put in. */
        Part part() {
            Part made = part == null ? new Part(List.copyOf(marks), bytes.toByteArray()) : part;
            part = made;
            return made;
        }
    }

    /** The place of the last fact. */
    long last() {
        return marks.getLast().place();
    }

    /**
     * What a stream sends that has sent some of it already.
     *
     * @param place of the last fact that it has sent, before the last one here
     */
    byte[] bytesAfter(long place) {
        int sent = 0;
        while (marks.get(sent).place() <= place) {
            sent++;
        }
        return sent == 0 ? bytes : Arrays.copyOfRange(bytes, marks.get(sent).start(), bytes.length);
    }
}
