package dev.stele.app.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A line at the end of the screen that tells that something goes on, and for how long, while
 * nothing else is printed. Where lines cannot be replaced it does nothing.
 */
final class Spinner implements AutoCloseable {

    private static final String FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private static final String PLAIN_FRAMES = "|/-\\";
    private static final long FRAME = TimeUnit.MILLISECONDS.toNanos(120);
    private static final long SILENCE = TimeUnit.SECONDS.toNanos(1);

    private final Console console;
    private final Supplier<String> doing;
    private final long start = System.nanoTime();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Begins at once.
     *
     * @param doing what goes on, in a few words; asked again for each frame
     */
    Spinner(Console console, Supplier<String> doing) {
        this.console = console;
        this.doing = doing;
        if (console.showsPassingLines()) {
            Thread.ofVirtual().name("stele-spinner").start(this::spin);
        }
    }

    private void spin() {
        try {
            for (int frame = 0; !closed.await(FRAME, TimeUnit.NANOSECONDS); frame++) {
                if (console.silence() > SILENCE) {
                    console.passing(console.styled(Style.DIM, line(frame)));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String line(int frame) {
        String frames = console.drawsAll() ? FRAMES : PLAIN_FRAMES;
        char sign = frames.charAt(frame % frames.length());
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return "%c %s  %s".formatted(sign, Phrases.elapsed(elapsed), doing.get());
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
