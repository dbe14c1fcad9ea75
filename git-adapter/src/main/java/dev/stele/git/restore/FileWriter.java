package dev.stele.git.restore;

import dev.stele.contracts.OperationId;
import dev.stele.git.change.FileState;
import dev.stele.git.disk.RawNames;
import dev.stele.git.disk.Stamp;
import dev.stele.git.restore.Outcome.Prepared;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what a checkpoint holds beside the paths that it will replace. For one thread at a time.
 */
final class FileWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileWriter.class);

    private final OperationId restoreId;
    private final ObjectReader reader;
    private final boolean fileMode;

    FileWriter(OperationId restoreId, ObjectReader reader, boolean fileMode) {
        this.restoreId = restoreId;
        this.reader = reader;
        this.fileMode = fileMode;
    }

    /** Another one, for another thread; it is closed. */
    FileWriter another() {
        return new FileWriter(restoreId, reader.newReader(), fileMode);
    }

    /**
     * The file that a step writes first. Its name is made from the restore's id alone, so that what
     * a crash leaves is found again.
     *
     * @param path what the step is about
     * @param number the step's place in the plan
     */
    static Path temporary(OperationId restoreId, Path path, int number) {
        return path.resolveSibling(".stele-" + restoreId + "-" + number);
    }

    /**
     * Writes a file or link beside its place. It is synced by whoever asks for it, unless it cannot
     * be opened any more.
     *
     * @param state what it is to be
     * @param path its place
     * @param number see {@link #temporary}
     * @param old what is in its place, or null; its permissions are kept
     * @return where it is
     */
    Prepared write(FileState state, Path path, int number, @Nullable Stamp old) throws IOException {
        Path temporary = temporary(restoreId, path, number);
        ObjectLoader content = reader.open(state.id(), Constants.OBJ_BLOB);
        try {
            return write(state, content, temporary, old);
        } catch (FileAlreadyExistsException e) {
            // This restore was cut short before.
            Files.delete(temporary);
            return write(state, content, temporary, old);
        }
    }

    private Prepared write(
            FileState state, ObjectLoader content, Path temporary, @Nullable Stamp old)
            throws IOException {
        if (state.isLink()) {
            String target = RawNames.raw(content.getBytes());
            Files.createSymbolicLink(temporary, RawNames.resolve(Path.of(""), target));
            return new Prepared(temporary, 0, true, old);
        }
        FileChannel channel =
                FileChannel.open(
                        temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean whole = false;
        try (channel;
                OutputStream out = Channels.newOutputStream(channel)) {
            content.copyTo(out);
            boolean readable = setPermissions(temporary, state.isExecutable(), old);
            if (!readable) {
                channel.force(true);
            }
            whole = true;
            return new Prepared(temporary, content.getSize(), !readable, old);
        } finally {
            if (!whole) {
                // A full disk would keep it for ever.
                Files.deleteIfExists(temporary);
            }
        }
    }

    /**
     * Gives a new file the permissions of the old one, but for the execute bits, which are those
     * that the checkpoint holds. Where these do not count, a file that was not there gets them all
     * the same, as in git.
     *
     * @return whether it can be opened again
     */
    private boolean setPermissions(Path file, boolean executable, @Nullable Stamp old)
            throws IOException {
        Set<PosixFilePermission> made = Files.getPosixFilePermissions(file);
        Set<PosixFilePermission> before = old != null && old.isRegular() ? old.permissions() : null;
        boolean replaces = before != null;
        Set<PosixFilePermission> wanted = EnumSet.noneOf(PosixFilePermission.class);
        wanted.addAll(before == null ? made : before);
        if (fileMode || (executable && !replaces)) {
            setExecutable(wanted, executable);
        }
        if (!wanted.equals(made)) {
            try {
                Files.setPosixFilePermissions(file, wanted);
            } catch (IOException e) {
                if (fileMode || replaces) {
                    throw e;
                }
                LOG.debug("{} cannot be made executable here.", file, e);
            }
        }
        return wanted.contains(PosixFilePermission.OWNER_READ);
    }

    /** Lets everyone execute a file who may read it, or nobody, where execute bits count. */
    void setExecutable(Path file, boolean executable) throws IOException {
        if (fileMode) {
            change(file, executable);
        }
    }

    private static void change(Path file, boolean executable) throws IOException {
        Set<PosixFilePermission> now = Files.getPosixFilePermissions(file);
        Set<PosixFilePermission> wanted = EnumSet.noneOf(PosixFilePermission.class);
        wanted.addAll(now);
        setExecutable(wanted, executable);
        if (!wanted.equals(now)) {
            Files.setPosixFilePermissions(file, wanted);
        }
    }

    private static void setExecutable(Set<PosixFilePermission> wanted, boolean executable) {
        set(wanted, executable, PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE);
        set(wanted, executable, PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_EXECUTE);
        set(
                wanted,
                executable,
                PosixFilePermission.OTHERS_READ,
                PosixFilePermission.OTHERS_EXECUTE);
    }

    private static void set(
            Set<PosixFilePermission> permissions,
            boolean executable,
            PosixFilePermission read,
            PosixFilePermission execute) {
        if (executable && permissions.contains(read)) {
            permissions.add(execute);
        } else if (!executable) {
            permissions.remove(execute);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
