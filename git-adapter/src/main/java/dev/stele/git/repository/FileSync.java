package dev.stele.git.repository;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes files and directories survive a power failure. */
public final class FileSync {

    /** Their threads end when there is nothing to do for a while. */
    private static final ExecutorService HELPERS =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("stele-sync-", 0).factory());

    private FileSync() {}

    /**
     * Waits until a file, or the names in a directory, are on the disk.
     *
     * @param path an existing file or directory
     */
    public static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * The same for several files at once, which takes hardly longer than for one of them.
     *
     * @param files existing files
     */
    public static void forceAll(List<Path> files) throws IOException {
        List<Future<?>> begun = new ArrayList<>();
        for (Path file : files.subList(0, Math.max(0, files.size() - 1))) {
            begun.add(
                    HELPERS.submit(() -> {
                        force(file);
                        return file;
                    }));
        }
        try {
            if (!files.isEmpty()) {
                force(files.getLast());
            }
        } finally {
            waitFor(begun);
        }
    }

    private static void waitFor(List<Future<?>> begun) throws IOException {
        IOException failure = null;
        for (Future<?> sync : begun) {
            try {
                sync.get();
            } catch (ExecutionException e) {
                failure = new IOException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = new InterruptedIOException("Interrupted while files were synced.");
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
