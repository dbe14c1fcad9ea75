package dev.stele.app.server;

import dev.stele.contracts.ThreadId;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Codec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Facts that are handed out together, gathered for each thread that somebody follows, and for those
 * who follow everything. One that nobody wants is not encoded. For one thread.
 */
final class Round {
    private final Codec codec;
    private final Map<ThreadId, Part.Draft> byThread = new HashMap<>();
    private Part.@Nullable Draft everything;
    private int size;

    /** One without facts. */
    Round(Codec codec) {
        this.codec = codec;
    }

    /**
     * Who is listening.
     *
     * @param everything whether somebody follows everything
     * @param threads that are followed
     */
    record Audience(boolean everything, Set<ThreadId> threads) {
        static final Audience NOBODY = new Audience(false, Set.of());

        /** Those at the ends of these. */
        static Audience of(List<Outbox> streams) {
            var threads = new HashSet<ThreadId>();
            boolean everything = false;
            for (Outbox stream : streams) {
                ThreadId thread = stream.thread();
                if (thread == null) {
                    everything = true;
                } else {
                    threads.add(thread);
                }
            }
            return new Audience(everything, threads);
        }
    }

    /**
     * Puts the next fact in, before anything is taken out.
     *
     * @param thread that it is about, or null
     */
    void add(StoredEvent fact, @Nullable ThreadId thread, Audience audience) {
        size++;
        boolean followed = thread != null && audience.threads().contains(thread);
        if (!audience.everything() && !followed) {
            return;
        }
        Frame frame = Frame.of(fact, codec);
        if (audience.everything()) {
            Part.Draft all = everything == null ? new Part.Draft() : everything;
            everything = all;
            all.add(frame);
        }
        if (thread != null && followed) {
            byThread.computeIfAbsent(thread, _ -> new Part.Draft()).add(frame);
        }
    }

    /** How many facts there are, also such as nobody wants. */
    int size() {
        return size;
    }

    /**
     * What a stream gets of it; null when there is nothing for it.
     *
     * @param thread the thread that it follows; null for everything
     */
    @Nullable Part part(@Nullable ThreadId thread) {
        Part.Draft draft = thread == null ? everything : byThread.get(thread);
        return draft == null ? null : draft.part();
    }
}
