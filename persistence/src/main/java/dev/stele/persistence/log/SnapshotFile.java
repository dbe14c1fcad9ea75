package dev.stele.persistence.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Codec.MalformedJson;
import dev.stele.domain.port.ModelSnapshots;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.project.Projector;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
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
 * (8), the hash of the log's chain there (32), the model in the {@link SnapshotParts}, and the
 * SHA-256 of all before (32). It gets its name when it is whole. Neither writing nor reading holds
 * more of it in memory than a part, beside the model.
 */
public final class SnapshotFile implements ModelSnapshots {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFile.class);
    private static final byte[] MAGIC = "STELESNP".getBytes(US_ASCII);
    private static final int FORM = 2;
    private static final int HASH_BYTES = 32;
    private static final int BUFFER = 1 << 16;
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
            try (FileChannel snapshot = FileChannel.open(file)) {
                return read(snapshot);
            }
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

    private OrchestrationReadModel read(FileChannel snapshot)
            throws Unusable, IOException, SQLException {
        requireWhole(snapshot);
        DataInputStream in = from(snapshot.position(0));
        byte[] magic = in.readNBytes(MAGIC.length);
        int form = in.readInt();
        int projector = in.readInt();
        int types = in.readInt();
        if (!Arrays.equals(magic, MAGIC)
                || form != FORM
                || projector != Projector.VERSION
                || types != format.types()) {
            throw new Unusable("another version of Stele made it");
        }
        long sequence = in.readLong();
        if (quarantine.hasLossUpTo(sequence)) {
            throw new Unusable("facts before it cannot be read");
        }
        if (!Arrays.equals(in.readNBytes(HASH_BYTES), hashAt(sequence))) {
            throw new Unusable("the log is another one, or was changed");
        }
        OrchestrationReadModel model = new SnapshotParts(format.codec()).read(in);
        if (model.sequence() != sequence) {
            throw new Unusable("its model stands elsewhere");
        }
        return model;
    }

    private static DataInputStream from(FileChannel snapshot) {
        return new DataInputStream(
                new BufferedInputStream(Channels.newInputStream(snapshot), BUFFER));
    }

    private static void requireWhole(FileChannel snapshot) throws Unusable, IOException {
        long end = snapshot.size() - HASH_BYTES;
        if (end < HEADER_BYTES) {
            throw new Unusable("it is not whole");
        }
        MessageDigest digest = HashChain.sha256();
        DataInputStream in = from(snapshot.position(0));
        byte[] some = new byte[BUFFER];
        for (long left = end; left > 0; ) {
            int count = in.readNBytes(some, 0, (int) Math.min(left, some.length));
            if (count == 0) {
                throw new Unusable("it is not whole");
            }
            digest.update(some, 0, count);
            left -= count;
        }
        if (!MessageDigest.isEqual(in.readNBytes(HASH_BYTES), digest.digest())) {
            throw new Unusable("it is not whole");
        }
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
            write(model, hash);
        } catch (SQLException e) {
            throw database.failure(e);
        } catch (IOException e) {
            throw new StoreException("The snapshot " + file + " cannot be written: " + e, e);
        } finally {
            writing.unlock();
        }
    }

    private void write(OrchestrationReadModel model, byte[] hash) throws IOException {
        Path unfinished = Path.of(file + ".new");
        try (FileChannel channel =
                FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            MessageDigest digest = HashChain.sha256();
            OutputStream plain = Channels.newOutputStream(channel);
            var out =
                    new DataOutputStream(
                            new BufferedOutputStream(
                                    new DigestOutputStream(plain, digest), BUFFER));
            out.write(MAGIC);
            out.writeInt(FORM);
            out.writeInt(Projector.VERSION);
            out.writeInt(format.types());
            out.writeLong(model.sequence());
            out.write(hash);
            new SnapshotParts(format.codec()).write(model, out);
            out.flush();
            plain.write(digest.digest());
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
