package dev.stele.app.cli;

import dev.stele.app.engine.ReplayListener;

/** Tells people how far the reading of a long log is; a short one needs no words. */
final class ReplayProgress implements ReplayListener {

    private static final long NANOS_BETWEEN = 2_000_000_000L;

    private final Console console;
    private long last = System.nanoTime();

    ReplayProgress(Console console) {
        this.console = console;
    }

    @Override
    public void replayed(long sequence, long head) {
        long now = System.nanoTime();
        if (sequence < head && now - last > NANOS_BETWEEN) {
            last = now;
            console.note("reading the log: " + sequence * 100 / head + " % of " + head + " events");
        }
    }
}
