package dev.stele.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that gets its name when it is whole and on the disk, and that only its owner may read. */
final class NewFile {

    private NewFile() {}

    /** What is written into it. */
    interface Content<T> {
        /** Writes all of it, and tells what it was. */
        T write(OutputStream out) throws IOException;
    }

    /**
     * Writes a file, or none at all when that fails.
     *
     * @param target its name; nothing is there yet
     * @param content what is written
     * @return what the content told
     */
    static <T> T write(Path target, Content<T> content) throws IOException {
        Path unfinished = Path.of(target + ".new");
        Files.deleteIfExists(unfinished);
        unfinished.toFile().deleteOnExit(); // Ctrl-C
        try (FileChannel channel =
                FileChannel.open(
                        unfinished,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        ownerOnly(unfinished))) {
            T told = content.write(Channels.newOutputStream(channel));
            channel.force(true);
            Files.move(unfinished, target);
            return told;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
