package dev.stele.persistence.sqlite;

import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.StoreException;
import dev.stele.persistence.log.LogFormat;
import dev.stele.persistence.log.LogSurvey;
import dev.stele.persistence.log.Sql;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A copy of a store in a file of its own, made beside whoever writes. */
final class LogBackup {

    /** A copy of one state of the database, without its empty pages. */
    private static final String VACUUM_INTO = "vacuum into ?";

    private LogBackup() {}

    /**
     * Makes the copy under another name, proves it, and gives it its own.
     *
     * @param connection looks at the store
     * @param format of what is in it
     * @param file where the copy goes; nothing is there yet
     * @param progress hears how far proving it is
     * @return where the copy ends
     */
    static LogHead make(Connection connection, LogFormat format, Path file, LogProgress progress)
            throws SQLException {
        requireFolder(file);
        Path target = StoreFile.toWrite(file);
        requireFree(target);
        Path unfinished = StoreFile.beside(target, ".new");
        try {
            NewStore.delete(unfinished);
            makeForOwner(unfinished);
            copy(connection, unfinished);
            LogHead head = proved(unfinished, format, progress);
            sync(unfinished);
            requireFree(target);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            StoreFile.syncFolder(target);
            return head;
        } catch (IOException e) {
            throw new StoreException("The backup " + target + " cannot be written: " + e, e);
        } finally {
            deleteQuietly(unfinished);
        }
    }

    /** The log is its owner's alone, and so is every copy of it. SQLite fills an empty file. */
    private static void makeForOwner(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    /** A name that was mistyped makes no folders. */
    private static void requireFolder(Path file) {
        Path folder = StoreFile.folder(file.toAbsolutePath());
        if (!Files.isDirectory(folder)) {
            throw new StoreException(
                    "There is no folder " + folder + " for the backup; make it, or name another.",
                    null);
        }
    }

    private static void requireFree(Path target) {
        if (Files.exists(target)) {
            throw new StoreException(
                    "There is a file " + target + " already; name another one for the backup.",
                    null);
        }
    }

    /** Outside of any transaction, as SQLite wants it: it sees one state of the store by itself. */
    private static void copy(Connection connection, Path unfinished) throws SQLException {
        try (PreparedStatement end = connection.prepareStatement(Sql.ROLLBACK);
                PreparedStatement vacuum = connection.prepareStatement(VACUUM_INTO)) {
            end.execute();
            vacuum.setString(1, unfinished.toString());
            vacuum.execute();
        }
    }

    private static LogHead proved(Path copy, LogFormat format, LogProgress progress)
            throws SQLException {
        return switch (verified(new SqliteDatabase(copy), format, progress)) {
            case LogVerification.Sound(var head) -> head;
            case LogVerification.Lossy(var head, _) -> head;
            case LogVerification.Broken(_, var why, _) ->
                    throw new StoreException.Damaged(
                            "There is no backup, since the store is damaged: "
                                    + why
                                    + ". Nothing was changed.",
                            null);
            case LogVerification.Cut _, LogVerification.Rewritten _, LogVerification.Compacted _ ->
                    throw new IllegalStateException("nothing was expected of the copy");
        };
    }

    private static LogVerification verified(
            SqliteDatabase copy, LogFormat format, LogProgress progress) throws SQLException {
        try (Connection connection = copy.looking()) {
            return new LogSurvey(copy, connection, format).<RuntimeException>all(progress, _ -> {});
        }
    }

    private static void sync(Path copy) throws IOException {
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void deleteQuietly(Path unfinished) {
        try {
            NewStore.delete(unfinished);
        } catch (IOException _) {
            // The next backup to this place removes it.
        }
    }
}
