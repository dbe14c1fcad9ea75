package dev.stele.app.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** What is known of processes without starting one. */
public final class Processes {

    /** Clocks that are put right shift the start of a process as the system tells it. */
    private static final Duration SHIFT = Duration.ofSeconds(5);

    private Processes() {}

    /** {@return this process in words that no other one gets: its id, and when it started} */
    static String describeThis() {
        ProcessHandle process = ProcessHandle.current();
        return process.pid() + " " + started(process);
    }

    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    /**
     * {@return whether a process is still there} Ids are used again, so its start counts, too.
     *
     * @param described what it said of itself; what makes no sense is not there
     */
    static boolean isAlive(String described) {
        String[] said = described.split(" ", -1);
        try {
            Instant started = Instant.parse(said[said.length - 1]);
            return ProcessHandle.of(Long.parseLong(said[0]))
                    .filter(ProcessHandle::isAlive)
                    .map(process -> Duration.between(started(process), started).abs())
                    .filter(shift -> shift.compareTo(SHIFT) < 0)
                    .isPresent();
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }

    /** {@return how many processes this one has started that run} */
    public static long children() {
        return ProcessHandle.current().children().count();
    }
}
