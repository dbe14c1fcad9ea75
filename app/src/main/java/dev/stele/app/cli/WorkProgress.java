package dev.stele.app.cli;

import dev.stele.contracts.OperationId;
import dev.stele.domain.port.OperationProgress;

/**
 * Shows people what a program says while it works for them: each line that stays, and now and then
 * one of those that the next one replaces.
 */
final class WorkProgress implements OperationProgress {

    private static final long NANOS_BETWEEN = 2_000_000_000L;
    private static final int WIDTH = 400;

    private final Console console;
    private long last = System.nanoTime();

    WorkProgress(Console console) {
        this.console = console;
    }

    @Override
    public synchronized void told(OperationId id, String line, boolean passing) {
        long now = System.nanoTime();
        if (!passing || now - last > NANOS_BETWEEN) {
            last = now;
            console.note(console.styled(Style.DIM, SafeText.line(line, WIDTH)));
        }
    }
}
