package dev.stele.provider.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;

/** Ends processes: first with a request, then by force. An interrupt of the caller waits. */
final class Ending {
    private static final Duration AFTER_REQUEST = Duration.ofSeconds(2);
    private static final Duration AFTER_FORCE = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private Ending() {}

    /**
     * Ends them, asking first. Returns when all are gone, or when nothing more can be done.
     *
     * @param processes which
     */
    static void end(Collection<ProcessHandle> processes) {
        processes.forEach(ProcessHandle::destroy);
        if (!await(processes, AFTER_REQUEST)) {
            processes.forEach(ProcessHandle::destroyForcibly);
            await(processes, AFTER_FORCE);
        }
    }

    /**
     * Waits until they are gone.
     *
     * @param processes which
     * @param limit how long at most
     * @return whether they are
     */
    static boolean await(Collection<ProcessHandle> processes, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        while (!processes.stream().allMatch(Ending::isGone) && deadline - System.nanoTime() > 0) {
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return processes.stream().allMatch(Ending::isGone);
    }

    /** Whether it runs no more. In a container nobody may collect an orphan: it is gone as well. */
    static boolean isGone(ProcessHandle process) {
        return !process.isAlive() || isZombie(process.pid());
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            int state = stat.lastIndexOf(')') + 2;
            return state < stat.length() && stat.charAt(state) == 'Z';
        } catch (IOException _) {
            return false;
        }
    }
}
