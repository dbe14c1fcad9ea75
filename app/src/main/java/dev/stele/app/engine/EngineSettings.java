package dev.stele.app.engine;

/**
 * The engine's bounds.
 *
 * @param commandRoom how many people's commands may wait for the writer; one more is answered as
 *     overloaded
 * @param reportRoom how many reports and provider events may wait; who brings one more waits
 * @param drainLimit how many of each kind the writer takes into one transaction
 * @param tail how many of the newest facts are kept in memory for subscribers
 * @param page how many facts are read from the store, or handed to a subscriber, at once
 */
public record EngineSettings(int commandRoom, int reportRoom, int drainLimit, int tail, int page) {

    /** What fits a machine for one person and a server for many. */
    public static final EngineSettings USUAL = new EngineSettings(1_024, 1_024, 512, 4_096, 1_000);

    /** Checks the bounds: {@link IllegalArgumentException} for one below 1. */
    public EngineSettings {
        requirePositive("commandRoom", commandRoom);
        requirePositive("reportRoom", reportRoom);
        requirePositive("drainLimit", drainLimit);
        requirePositive("tail", tail);
        requirePositive("page", page);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is at least 1, not " + value);
        }
    }
}
