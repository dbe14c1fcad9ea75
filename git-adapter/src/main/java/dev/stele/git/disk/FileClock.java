package dev.stele.git.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/** The clock by which a file system stamps its files. */
public final class FileClock {

    private static final long MILLI = 1_000_000;

    /** File systems that keep parts of a second may still round to some of them. */
    private static final long ROUNDED = 10 * MILLI;

    /** How far the clock of another machine, or of an unknown system, may be behind. */
    private static final long BEHIND = 2_000 * MILLI;

    private FileClock() {}

    /**
     * The time from which on stamps say nothing: what is written from now on in a directory gets no
     * older one. On local disks the kernel is asked for its own clock, elsewhere there is room for
     * one that is behind.
     *
     * @param directory absolute and without links
     * @param clock the machine's
     * @return in nanoseconds since 1970, for {@link Stamp#isRacy}
     */
    public static long now(Path directory, InstantSource clock) {
        long stamping = stampingTime(directory);
        Instant at = clock.instant();
        return stamping > 0
                ? stamping - ROUNDED
                : at.getEpochSecond() * 1_000 * MILLI + at.getNano() - BEHIND;
    }

    private static long stampingTime(Path directory) {
        try {
            return DirectoryReader.fastest() == DirectoryReader.LINUX
                            && LocalDisk.isAllOf(directory, LocalDisk.mounts())
                    ? LinuxCalls.stampingTime(LinuxCalls.scratch())
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
