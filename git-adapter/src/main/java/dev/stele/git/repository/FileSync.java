package dev.stele.git.repository;

import dev.stele.git.disk.LocalDisk;
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

    /** More wait for each other in the kernel. */
    private static final int TOGETHER = 32;

    /** From so many on it is faster to sync all of a disk. */
    private static final int MANY = 64;

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
        for (int i = 0; i < files.size(); i += TOGETHER) {
            forceTogether(files.subList(i, Math.min(files.size(), i + TOGETHER)));
        }
    }

    /**
     * The same for files and directories of one tree. Many of them are synced with all else that
     * was written to their disk, where that can be done.
     *
     * @param root the top of the tree, absolute and without links
     * @param within what is in it
     * @param others what is elsewhere
     */
    public static void forceAll(Path root, List<Path> within, List<Path> others)
            throws IOException {
        List<Path> left = new ArrayList<>(others);
        if (within.size() < MANY || !LocalDisk.flush(root)) {
            left.addAll(within);
        }
        forceAll(left);
    }

    private static void forceTogether(List<Path> files) throws IOException {
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
