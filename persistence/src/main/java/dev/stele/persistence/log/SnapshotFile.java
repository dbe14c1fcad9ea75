package dev.stele.persistence.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Codec.MalformedJson;
import dev.stele.domain.port.ModelSnapshots;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.project.Projector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest model in a file outside of the database, where writing it holds up no append.
 * Thread-safe.
 *
 * <p>The file holds: eight letters and the number of this form (4 bytes, as all numbers the highest
 * first), the projector's version (4), the number of the types of events (4), the model's sequence
 * (8), the hash of the log's chain there (32), the model as JSON, and the SHA-256 of all before
 * (32). It gets its name when it is whole.
 */
public final class SnapshotFile implements ModelSnapshots {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFile.class);
    private static final byte[] MAGIC = "STELESNP".getBytes(US_ASCII);
    private static final int FORM = 1;
    private static final int HASH_BYTES = 32;
    private static final int HEADER_BYTES = MAGIC.length + 4 + 4 + 4 + 8 + HASH_BYTES;

    private final LogDatabase database;
    private final Path file;
    private final LogFormat format;
    private final Quarantine quarantine;
    private final ReentrantLock writing = new ReentrantLock();

    /**
     * The snapshot of a store.
     *
     * @param database the store's
     * @param file where it is kept; beside it lies one of the same name and {@code .new} while it
     *     is written
     * @param format of the log and of the model
     * @param quarantine what is lost of the log: no snapshot hides it
     */
    public SnapshotFile(LogDatabase database, Path file, LogFormat format, Quarantine quarantine) {
        this.database = database;
        this.file = file;
        this.format = format;
        this.quarantine = quarantine;
    }

    @Override
    public OrchestrationReadModel newest() {
        try {
            return read(ByteBuffer.wrap(Files.readAllBytes(file)));
        } catch (NoSuchFileException _) {
            return OrchestrationReadModel.EMPTY;
        } catch (Unusable | IOException | MalformedJson | SQLException e) {
            LOG.info("The snapshot {} is not used, since {}", file, e.getMessage());
            return OrchestrationReadModel.EMPTY;
        }
    }

    /** Why a snapshot is as good as none. */
    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String why) {
            super(why);
        }
    }

    private OrchestrationReadModel read(ByteBuffer snapshot) throws Unusable, SQLException {
        int end = snapshot.limit() - HASH_BYTES;
        if (end < HEADER_BYTES
                || !MessageDigest.isEqual(bytes(snapshot, end, HASH_BYTES), digest(snapshot, end))
                || !Arrays.equals(bytes(snapshot, 0, MAGIC.length), MAGIC)) {
            throw new Unusable("it is not whole");
        }
        int form = snapshot.getInt(MAGIC.length);
        int projector = snapshot.getInt(MAGIC.length + 4);
        int types = snapshot.getInt(MAGIC.length + 8);
        if (form != FORM || projector != Projector.VERSION || types != format.types()) {
            throw new Unusable("another version of Stele made it");
        }
        long sequence = snapshot.getLong(MAGIC.length + 12);
        byte[] hash = bytes(snapshot, MAGIC.length + 20, HASH_BYTES);
        if (quarantine.hasLossUpTo(sequence)) {
            throw new Unusable("facts before it cannot be read");
        }
        if (!Arrays.equals(hash, hashAt(sequence))) {
            throw new Unusable("the log is another one, or was changed");
        }
        byte[] json = bytes(snapshot, HEADER_BYTES, end - HEADER_BYTES);
        OrchestrationReadModel model = format.codec().decode(OrchestrationReadModel.class, json);
        if (model.sequence() != sequence) {
            throw new Unusable("its model stands elsewhere");
        }
        return model;
    }

    private static byte[] bytes(ByteBuffer snapshot, int start, int length) {
        byte[] part = new byte[length];
        snapshot.get(start, part);
        return part;
    }

    private static byte[] digest(ByteBuffer snapshot, int end) {
        MessageDigest digest = HashChain.sha256();
        digest.update(snapshot.slice(0, end));
        return digest.digest();
    }

    private byte[] hashAt(long sequence) throws SQLException {
        try (Connection connection = database.looking()) {
            return LogCheck.hashAt(database, connection, sequence);
        }
    }

    @Override
    public void keep(OrchestrationReadModel model) {
        writing.lock();
        try {
            if (quarantine.hasLossUpTo(model.sequence())) {
                Files.deleteIfExists(file); // so that the next start folds the log, and is told
                return;
            }
            byte[] hash = hashAt(model.sequence());
            if (hash.length == 0) {
                throw database.damaged("its chain does not reach " + model.sequence(), null);
            }
            write(model.sequence(), hash, format.codec().encode(model));
        } catch (SQLException e) {
            throw database.failure(e);
        } catch (IOException e) {
            throw new StoreException("The snapshot " + file + " cannot be written: " + e, e);
        } finally {
            writing.unlock();
        }
    }

    private void write(long sequence, byte[] hash, byte[] json) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.put(MAGIC).putInt(FORM).putInt(Projector.VERSION).putInt(format.types());
        header.putLong(sequence).put(hash);
        MessageDigest digest = HashChain.sha256();
        digest.update(header.flip());
        digest.update(json);
        Path unfinished = Path.of(file + ".new");
        try (FileChannel out =
                FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            for (ByteBuffer part :
                    new ByteBuffer[] {
                        header.rewind(), ByteBuffer.wrap(json), ByteBuffer.wrap(digest.digest())
                    }) {
                while (part.hasRemaining()) {
                    out.write(part);
                }
            }
            out.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
