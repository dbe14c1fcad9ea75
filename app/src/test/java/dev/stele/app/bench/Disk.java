package dev.stele.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder on a disk that really syncs, and how long it takes for that. */
final class Disk implements AutoCloseable {
    private static final int SYNCS = 200;
    private static final int BLOCK = 4_096;

    private final Path folder;

    private Disk(Path folder) {
        this.folder = folder;
    }

    /** A folder below the build's own; {@code -Dstele.bench.dir} names another disk. */
    static Disk open() throws IOException {
        Path parent = Path.of(System.getProperty("stele.bench.dir", "target"));
        return new Disk(Files.createTempDirectory(Files.createDirectories(parent), "bench"));
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** The median time in milliseconds to write a block and sync it. */
    double syncMillis() throws IOException {
        var nanos = new long[SYNCS];
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        try (var channel =
                FileChannel.open(
                        file("probe"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SYNCS; i++) {
                long before = System.nanoTime();
                channel.write(block.rewind(), (long) i * BLOCK);
                channel.force(false);
                nanos[i] = System.nanoTime() - before;
            }
        }
        Arrays.sort(nanos);
        return nanos[SYNCS / 2] / 1e6;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
