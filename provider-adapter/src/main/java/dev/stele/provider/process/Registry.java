package dev.stele.provider.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agents of one Stele on the disk: a small file for each, synced before the agent is used and
 * removed when it has ended. What is found at a start is left over from a process that died.
 */
final class Registry {
    private static final String SUFFIX = ".agent";

    private final Path directory;

    /**
     * A registry.
     *
     * @param directory where the files are; made when it is not there
     */
    Registry(Path directory) {
        this.directory = directory;
    }

    /**
     * An agent on the disk.
     *
     * @param file its file
     * @param agent the agent's process
     * @param owner the process that started it
     */
    record Entry(Path file, ProcessIdentity agent, ProcessIdentity owner) {}

    /**
     * Records an agent. When this returns, it is synced to the disk.
     *
     * @param agent the agent's process
     * @param owner the process that started it
     * @return its file
     * @throws IOException when it cannot be written
     */
    Path add(ProcessIdentity agent, ProcessIdentity owner) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(agent.pid() + "-" + agent.startedAt() + SUFFIX);
        Path unfinished = directory.resolve(file.getFileName() + ".new");
        String text =
                "%d %d %d %d\n"
                        .formatted(agent.pid(), agent.startedAt(), owner.pid(), owner.startedAt());
        try (var channel =
                FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory();
        return file;
    }

    /** Forgets an agent. */
    void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // It is found again at the next start, and its process is not.
        }
    }

    /** All agents on the disk. Files that say nothing are removed. */
    List<Entry> entries() throws IOException {
        var entries = new ArrayList<Entry>();
        if (!Files.isDirectory(directory)) {
            return entries;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                Entry entry = read(file);
                if (entry == null) {
                    Files.deleteIfExists(file);
                } else {
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    private static @Nullable Entry read(Path file) throws IOException {
        String[] words = Files.readString(file, StandardCharsets.ISO_8859_1).strip().split(" ", -1);
        if (words.length != 4) {
            return null;
        }
        try {
            return new Entry(
                    file,
                    new ProcessIdentity(Long.parseLong(words[0]), Long.parseLong(words[1])),
                    new ProcessIdentity(Long.parseLong(words[2]), Long.parseLong(words[3])));
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private void syncDirectory() {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            // Not every system can sync a directory; the file itself is synced.
        }
    }
}
