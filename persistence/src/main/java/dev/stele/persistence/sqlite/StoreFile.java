package dev.stele.persistence.sqlite;

import dev.stele.domain.port.StoreException;
import dev.stele.persistence.log.LogFormat;
import dev.stele.persistence.log.LogReader;
import dev.stele.persistence.log.Quarantine;
import dev.stele.persistence.log.TableForm;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;

/**
 * The store's file before it is used: where it is, and whether it can be trusted. Nothing here
 * changes it. It is only ever read through SQLite: with POSIX locks, closing another handle of the
 * file would take away the locks of all connections in the process.
 */
final class StoreFile {

    private StoreFile() {}

    /**
     * The one path of a file that is to be written, whether it exists or not. Makes its folder.
     *
     * @param file any path to it
     */
    static Path toWrite(Path file) {
        try {
            Path absolute = file.toAbsolutePath();
            if (Files.exists(absolute)) {
                return absolute.toRealPath();
            }
            Path folder = folder(absolute);
            Files.createDirectories(folder);
            return folder.toRealPath().resolve(folder.relativize(absolute));
        } catch (IOException e) {
            throw new StoreException("The folder of the store " + file + " fails: " + e, e);
        }
    }

    /** The folder of a file, given by an absolute path. */
    static Path folder(Path file) {
        Path folder = file.getParent();
        return folder == null ? file : folder;
    }

    /**
     * A file of the same name with something at its end.
     *
     * @param database the store's file
     * @param end what is added
     */
    static Path beside(Path database, String end) {
        return Path.of(database + end);
    }

    /**
     * The one path of a file that is to be read.
     *
     * @param file any path to it
     */
    static Path toRead(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw new StoreException(
                    "There is no store "
                            + file.toAbsolutePath()
                            + " to read ("
                            + e
                            + "); name another file, or open it to write, which makes it.",
                    e);
        }
    }

    /**
     * Checks that the file is a store of this form, and its newest events. Costs the same for a
     * long log as for a short one, unless something of it was lost.
     *
     * @param database the file
     * @param format of what is in it
     * @param quarantine gets the places of events that are not as they were written
     */
    static void check(Path database, LogFormat format, Quarantine quarantine) {
        requireContent(database);
        try {
            var tables = new SqliteDatabase(database);
            TableForm.requireNewest(tables);
            new LogReader(tables, format, quarantine).close();
            quarantine.inspect(tables, format);
        } catch (SQLException e) {
            throw Failures.of(database, e);
        }
    }

    /**
     * Checks that there is a file with something in it.
     *
     * @param database the file
     */
    static void requireContent(Path database) {
        if (!Files.isRegularFile(database)) {
            throw new StoreException(
                    "The store " + database + " is no file; name the file of a store.", null);
        }
        if (database.toFile().length() == 0) {
            throw Failures.damaged(database, "it is empty", null);
        }
    }

    /** The name of a new file is as durable as its content only after this. */
    static void syncFolder(Path database) throws IOException {
        if (!database.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return; // Windows keeps names by itself, and opens no folders.
        }
        try (FileChannel folder = FileChannel.open(folder(database), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
