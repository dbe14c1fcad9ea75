package dev.stele.git.repository;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes files and directories survive a power failure. */
public final class FileSync {

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
}
