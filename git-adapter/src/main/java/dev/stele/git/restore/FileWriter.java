package dev.stele.git.restore;

import dev.stele.contracts.OperationId;
import dev.stele.git.change.FileState;
import dev.stele.git.disk.RawNames;
import dev.stele.git.disk.Stamp;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a checkpoint holds beside the paths that it will replace. */
final class FileWriter {

    private static final Logger LOG = LoggerFactory.getLogger(FileWriter.class);

    private final OperationId restoreId;
    private final ObjectReader reader;
    private final boolean fileMode;

    FileWriter(OperationId restoreId, ObjectReader reader, boolean fileMode) {
        this.restoreId = restoreId;
        this.reader = reader;
        this.fileMode = fileMode;
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
     * Writes a file or link beside its place.
     *
     * @param state what it is to be
     * @param path its place
     * @param number see {@link #temporary}
     * @param old what is in its place, or null; its permissions are kept
     * @return where it is, synced
     */
    Path write(FileState state, Path path, int number, @Nullable Stamp old) throws IOException {
        Path temporary = temporary(restoreId, path, number);
        Files.deleteIfExists(temporary);
        if (state.isLink()) {
            byte[] target = reader.open(state.id(), Constants.OBJ_BLOB).getBytes();
            Files.createSymbolicLink(
                    temporary, RawNames.resolve(Path.of(""), RawNames.raw(target)));
            return temporary;
        }
        try (FileChannel channel =
                        FileChannel.open(
                                temporary,
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(channel)) {
            reader.open(state.id(), Constants.OBJ_BLOB).copyTo(out);
            if (old != null && old.isRegular()) {
                Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(path));
            }
            setMode(temporary, state.isExecutable(), old);
            channel.force(true);
        }
        return temporary;
    }

    /** Where execute bits do not count, a file that is new gets them all the same, as in git. */
    private void setMode(Path file, boolean executable, @Nullable Stamp old) throws IOException {
        if (fileMode) {
            change(file, executable);
        } else if (executable && (old == null || !old.isRegular())) {
            try {
                change(file, true);
            } catch (IOException e) {
                LOG.debug("{} cannot be made executable here.", file, e);
            }
        }
    }

    /** Lets everyone execute a file who may read it, or nobody, where execute bits count. */
    void setExecutable(Path file, boolean executable) throws IOException {
        if (fileMode) {
            change(file, executable);
        }
    }

    private static void change(Path file, boolean executable) throws IOException {
        Set<PosixFilePermission> now = Files.getPosixFilePermissions(file);
        Set<PosixFilePermission> wanted = EnumSet.copyOf(now);
        set(wanted, executable, PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE);
        set(wanted, executable, PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_EXECUTE);
        set(
                wanted,
                executable,
                PosixFilePermission.OTHERS_READ,
                PosixFilePermission.OTHERS_EXECUTE);
        if (!wanted.equals(now)) {
            Files.setPosixFilePermissions(file, wanted);
        }
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
}
