package dev.stele.app.cli;

/**
 * What is still said and done when the process is told to end: by Ctrl-C or a closed terminal. The
 * next Ctrl-C does not wait for it.
 */
final class Farewell implements AutoCloseable {

    private final Thread hook;
    private volatile boolean begun;

    Farewell(Runnable words) {
        this.hook =
                new Thread(
                        () -> {
                            begun = true;
                            Thread.startVirtualThread(NextInterrupt::endsAtOnce);
                            words.run();
                        },
                        "stele-farewell");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the process is ending. */
    boolean isBegun() {
        return begun;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException processIsEnding) {
            // Then the farewell is being said, and is to be said.
        }
    }
}
