package dev.stele.provider.process;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process told apart from every other that ever had its number: by its start time.
 *
 * @param pid the process's number
 * @param startedAt its start, in milliseconds since 1970
 */
record ProcessIdentity(long pid, long startedAt) {

    /**
     * A system derives start times from a clock that may be set; a number never returns so soon.
     */
    private static final long TOLERANCE_MILLIS = 5_000;

    /** The identity of a process, or null when its start time cannot be known. */
    static @Nullable ProcessIdentity of(ProcessHandle handle) {
        Optional<Instant> start = handle.info().startInstant();
        return start.isEmpty()
                ? null
                : new ProcessIdentity(handle.pid(), start.get().toEpochMilli());
    }

    /** The identity of a process that was started just now. */
    static ProcessIdentity ofNew(Process process) {
        ProcessIdentity identity = of(process.toHandle());
        return identity == null
                ? new ProcessIdentity(process.pid(), System.currentTimeMillis())
                : identity;
    }

    /** The process when it is alive, else null. */
    @Nullable ProcessHandle find() {
        return ProcessHandle.of(pid).filter(this::isThis).orElse(null);
    }

    private boolean isThis(ProcessHandle handle) {
        ProcessIdentity now = of(handle);
        return now != null
                && Math.abs(now.startedAt - startedAt) <= TOLERANCE_MILLIS
                && !Ending.isGone(handle);
    }

    /** Whether it is alive. */
    boolean isAlive() {
        return find() != null;
    }
}
