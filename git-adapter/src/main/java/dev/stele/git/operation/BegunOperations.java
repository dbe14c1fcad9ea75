package dev.stele.git.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.stele.contracts.OperationId;
import dev.stele.git.program.GitProgram;
import dev.stele.git.repository.FileSync;
import dev.stele.git.repository.GitFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which operations were begun, one small file each, on the disk before git is asked: after a crash
 * what was begun is looked up and never done a second time. Thread-safe.
 */
public final class BegunOperations {

    private static final Logger LOG = LoggerFactory.getLogger(BegunOperations.class);
    private static final String SUFFIX = ".begun";
    private static final String NONE = "-";

    private final Path directory;

    /**
     * @param directory where the files are; made when it is not there
     */
    public BegunOperations(Path directory) {
        this.directory = directory;
    }

    /**
     * An operation that was begun.
     *
     * @param object the id of the commit that it is about; empty when that was not known
     * @param pid the process that did it; 0 for none
     * @param startedAt when that process was started, in milliseconds since 1970
     */
    public record Begun(String object, long pid, long startedAt) {

        /** Ends that process, if it still runs: a git that outlived its Stele. */
        public void endProcess() {
            ProcessHandle.of(pid)
                    .filter(handle -> startedAt == startOf(handle))
                    .ifPresent(GitProgram::kill);
        }
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** How an operation was begun, or null when it was not. */
    public @Nullable Begun find(OperationId id) {
        try {
            List<String> fields = List.of(Files.readString(file(id), UTF_8).strip().split(" ", -1));
            String object = fields.get(0).equals(NONE) ? "" : fields.get(0);
            return new Begun(object, Long.parseLong(fields.get(1)), Long.parseLong(fields.get(2)));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            LOG.warn("The file {} cannot be read.", file(id), e);
            return new Begun("", 0, 0);
        }
    }

    /**
     * Records that an operation is begun now.
     *
     * @param object the id of the commit that it is about; empty when that is not known
     */
    public void begin(OperationId id, String object) {
        write(id, (object.isEmpty() ? NONE : object) + " 0 0");
    }

    /**
     * Records which process does an operation.
     *
     * @param object the id of the commit that it is about; empty when that is not known
     */
    public void process(OperationId id, String object, ProcessHandle process) {
        write(
                id,
                (object.isEmpty() ? NONE : object) + " " + process.pid() + " " + startOf(process));
    }

    private void write(OperationId id, String content) {
        try {
            Files.createDirectories(directory);
            Path unfinished = directory.resolve(id + SUFFIX + ".new");
            Files.writeString(unfinished, content, UTF_8);
            FileSync.force(unfinished);
            Files.move(unfinished, file(id), ATOMIC_MOVE, REPLACE_EXISTING);
            FileSync.force(directory);
        } catch (IOException e) {
            throw new GitFailure(
                    "Stele cannot write to its own directory "
                            + directory
                            + ": "
                            + e.getMessage()
                            + "; make room there, or let Stele write.",
                    e);
        }
    }

    /** Forgets an operation whose result is recorded. */
    public void end(OperationId id) {
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            LOG.warn("The file {} stays behind.", file(id), e);
        }
    }

    /**
     * Forgets all operations that nobody asks for any more.
     *
     * @param open those that are still asked for
     */
    public void endAllBut(Set<OperationId> open) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                var id = new OperationId(name.substring(0, name.length() - SUFFIX.length()));
                if (!open.contains(id)) {
                    end(id);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("Nothing was ever begun.");
        } catch (IOException e) {
            LOG.warn("Records of old operations stay behind.", e);
        }
    }

    private Path file(OperationId id) {
        return directory.resolve(id + SUFFIX);
    }
}
