package dev.stele.git.repository;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A ref in the making, by git's own way: it is written to a lock that git and JGit respect, and
 * that becomes the ref. For one thread at a time.
 */
public final class NewRef implements Closeable {

    private static final int ATTEMPTS = 50;
    private static final Duration PAUSE = Duration.ofMillis(40);

    private final Path file;
    private final Path lock;
    private final List<Path> directories;
    private boolean open = true;

    private NewRef(Path file, Path lock, List<Path> directories) {
        this.file = file;
        this.lock = lock;
        this.directories = directories;
    }

    static NewRef begin(Path file, ObjectId commit) throws IOException {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        byte[] content = (commit.name() + "\n").getBytes(US_ASCII);
        IOException failure = new IOException("The ref " + file + " cannot be written.");
        for (int i = 0; i < ATTEMPTS; i++) {
            List<Path> directories = directoriesToSync(file);
            try {
                Files.createDirectories(file.resolveSibling(""));
                Files.write(lock, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                return new NewRef(file, lock, directories);
            } catch (FileAlreadyExistsException e) {
                failure = e;
                LockSupport.parkNanos(PAUSE.toNanos());
                if (i == ATTEMPTS - 2) {
                    // Nobody else writes this ref: a lock that stays was left by a killed process.
                    Files.deleteIfExists(lock);
                }
            } catch (NoSuchFileException e) {
                // Git packs refs, and removes the directories that it has emptied.
                failure = e;
            }
        }
        throw failure;
    }

    /** The ref's directory, and above it those where a new name will appear. */
    private static List<Path> directoriesToSync(Path file) {
        List<Path> directories = new ArrayList<>();
        Path directory = file.resolveSibling("");
        directories.add(directory);
        while (!Files.exists(directory)) {
            directory = directory.resolveSibling("");
            directories.add(directory);
        }
        return directories;
    }

    /** The file that becomes the ref, written and not synced. */
    Path lock() {
        return lock;
    }

    /** Makes it a ref; the lock was synced before. */
    void publish() throws IOException {
        Files.move(lock, file, ATOMIC_MOVE);
        open = false;
    }

    /** What has to be synced for the published ref to be on the disk. */
    List<Path> directories() {
        return directories;
    }

    /** Takes it back unless it is published. */
    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            Files.deleteIfExists(lock);
        }
    }
}
