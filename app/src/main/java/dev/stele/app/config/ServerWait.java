package dev.stele.app.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The file {@code server.wait} in a home: a server has the log, but does not answer yet, or not any
 * more. It reads a long log, or ends its turns. Whoever wants in waits for that. What a process has
 * left behind that is gone counts for nothing.
 */
public final class ServerWait implements AutoCloseable {
    private static final String FILE = "server.wait";
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Path file;
    private volatile boolean mine;

    private ServerWait(Path file, boolean mine) {
        this.file = file;
        this.mine = mine;
    }

    /**
     * {@return the word that others wait, until it is closed} Where another process gave it already
     * it stands. Where it cannot be written nobody waits: no work is held up by that.
     *
     * @param home the home; its directory is there
     */
    public static ServerWait announce(SteleHome home) {
        Path file = home.root().resolve(FILE);
        if (isUnderWay(home)) {
            return new ServerWait(file, false);
        }
        try {
            OwnerFile.write(file, Processes.describeThis().getBytes(StandardCharsets.US_ASCII));
            return new ServerWait(file, true);
        } catch (IOException e) {
            return new ServerWait(file, false);
        }
    }

    /**
     * {@return whether somebody who is still alive has said so}
     *
     * @param home the home
     */
    public static boolean isUnderWay(SteleHome home) {
        try {
            return Processes.isAlive(Files.readString(home.root().resolve(FILE)).strip());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * {@return whether it has ended}
     *
     * @param home the home
     * @param patience how long to wait for that at most
     */
    public static boolean awaitEnd(SteleHome home, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (isUnderWay(home)) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return true;
    }

    /** Takes the word back, when it was given by this. */
    @Override
    public void close() {
        if (mine) {
            mine = false; // the next process may have given its own
            try {
                Files.deleteIfExists(file);
            } catch (IOException _) {
                // It counts for nothing any more once this process is gone.
            }
        }
    }
}
