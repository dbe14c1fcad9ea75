package dev.stele.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stele.domain.port.StoreException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The right to write to a store, which one process has at a time. The operating system takes it
 * back when the process is gone, however it went; the file that it hangs on stays and tells who has
 * it.
 */
final class WriterLock implements AutoCloseable {

    /**
     * Locks of this process. The system properties and not a field: they are the same for all class
     * loaders. A second look at the file would do harm: a system with POSIX locks drops the lock of
     * the whole process as soon as any handle of its file is closed.
     */
    private static final String HELD = "dev.stele.writer ";

    /** Beyond the text, since some systems let nobody read what is locked. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final Path database;
    private final FileChannel channel;

    private WriterLock(Path database, FileChannel channel) {
        this.database = database;
        this.channel = channel;
    }

    /**
     * Takes the right.
     *
     * @param database the store's file, by its canonical path
     * @throws StoreException.Locked when another has it
     */
    static WriterLock acquire(Path database) {
        String self = describeSelf();
        Object holder = System.getProperties().putIfAbsent(HELD + database, self);
        if (holder != null) {
            throw locked(database, holder.toString());
        }
        FileChannel channel = null;
        try {
            channel = lockedFile(database, self);
            return new WriterLock(database, channel);
        } catch (IOException e) {
            throw new StoreException(
                    "The lock file of the store "
                            + database
                            + " cannot be written: "
                            + e
                            + ". Give this user the right to the folder.",
                    e);
        } finally {
            if (channel == null) {
                System.getProperties().remove(HELD + database);
            }
        }
    }

    private static FileChannel lockedFile(Path database, String self) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        StoreFile.beside(database, ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        boolean written = false;
        try {
            if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
                throw locked(database, content(channel));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(self.getBytes(UTF_8)));
            written = true;
            return channel;
        } finally {
            if (!written) {
                channel.close();
            }
        }
    }

    private static String content(FileChannel channel) throws IOException {
        return new String(Channels.newInputStream(channel).readNBytes(10_000), UTF_8);
    }

    /** Who this is. Without the arguments of the program: they may hold secrets. */
    private static String describeSelf() {
        RuntimeMXBean process = ManagementFactory.getRuntimeMXBean();
        String program = System.getProperty("sun.java.command", "java").split(" ", 2)[0];
        return "pid: "
                + process.getPid()
                + "\nprogram: "
                + program
                + "\nstarted: "
                + Instant.ofEpochMilli(process.getStartTime())
                + "\nwriting since: "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS)
                + "\n";
    }

    private static StoreException.Locked locked(Path database, String holder) {
        return new StoreException.Locked(
                "The store "
                        + database
                        + " has a writer already ("
                        + holder.strip().replace("\n", ", ")
                        + "). End that process, ask its server, or open the store to read only.");
    }

    /** Gives the right back. */
    @Override
    public void close() {
        try (channel) {
            channel.truncate(0);
        } catch (IOException _) {
            // The right is gone with the channel all the same; the next writer replaces the text.
        } finally {
            System.getProperties().remove(HELD + database);
        }
    }
}
