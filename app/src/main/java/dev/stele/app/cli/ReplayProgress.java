package dev.stele.app.cli;

import dev.stele.app.engine.ReplayListener;
import dev.stele.domain.port.LogProgress;

/** Tells people how far work on a long log is; on a short one it needs no words. */
final class ReplayProgress implements ReplayListener, LogProgress {

    private static final long NANOS_BETWEEN = 2_000_000_000L;

    private final Console console;
    private final String work;
    private long last = System.nanoTime();

    /** The progress of reading the log. */
    ReplayProgress(Console console) {
        this(console, "reading the log");
    }

    /** The progress of some work, which is named as what is being done. */
    ReplayProgress(Console console, String work) {
        this.console = console;
        this.work = work;
    }

    @Override
    public void replayed(long sequence, long head) {
        reached(sequence, head);
    }

    @Override
    public void reached(long sequence, long head) {
        long now = System.nanoTime();
        if (sequence < head && now - last > NANOS_BETWEEN) {
            last = now;
            console.note(work + ": " + sequence * 100 / head + " % of " + head + " events");
        }
    }
}
