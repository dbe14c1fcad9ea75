package dev.stele.app.server;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.stele.contracts.ThreadId;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Facts that are handed out together: encoded once, for all streams, and for those of a thread.
 * Immutable.
 */
final class Round {
    private static final byte[] NOTHING = {};

    private final List<Frame> frames;
    private final byte[] all;
    private volatile @Nullable Map<ThreadId, byte[]> byThread;

    /**
     * A round.
     *
     * @param frames at least one, in order
     */
    Round(List<Frame> frames) {
        this.frames = List.copyOf(frames);
        this.all = joined(this.frames);
    }

    private static byte[] joined(List<Frame> frames) {
        var bytes = new ByteArrayOutputStream(256 * frames.size());
        frames.forEach(frame -> bytes.writeBytes(frame.bytes()));
        return bytes.toByteArray();
    }

    /** Made when somebody follows a thread; made twice it is the same. */
    private Map<ThreadId, byte[]> byThread() {
        Map<ThreadId, byte[]> made = byThread;
        if (made == null) {
            made =
                    frames.stream()
                            .filter(frame -> frame.thread() != null)
                            .collect(
                                    groupingBy(
                                            frame -> Objects.requireNonNull(frame.thread()),
                                            collectingAndThen(toList(), Round::joined)));
            byThread = made;
        }
        return made;
    }

    /** How many facts there are. */
    int size() {
        return frames.size();
    }

    /** The place of the last fact. */
    long last() {
        return frames.getLast().sequence();
    }

    /**
     * What a stream sends of it; empty when there is nothing for it.
     *
     * @param thread the thread that it follows; null for everything
     */
    byte[] bytes(@Nullable ThreadId thread) {
        return thread == null ? all : byThread().getOrDefault(thread, NOTHING);
    }

    /**
     * What a stream sends of it that has sent a part already.
     *
     * @param thread the thread that it follows; null for everything
     * @param after the place of the last fact that it has sent
     */
    byte[] bytesAfter(long after, @Nullable ThreadId thread) {
        return frames.getFirst().sequence() > after
                ? bytes(thread)
                : joined(
                        frames.stream()
                                .filter(frame -> frame.sequence() > after)
                                .filter(frame -> thread == null || thread.equals(frame.thread()))
                                .toList());
    }
}
