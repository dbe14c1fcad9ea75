package dev.stele.persistence;

import java.nio.file.Path;

/**
 * Where the log is kept, and how.
 *
 * @param file the database; it is made when it is missing and the access allows it. Beside it lie
 *     files of the same name with {@code -wal}, {@code -shm}, {@code .lock} and {@code .snapshot}
 *     at the end; the last one may be deleted at any time
 * @param access what the program may do
 * @param maxEventBytes the largest event in bytes of its JSON, from 1 to {@link #LARGEST_EVENT};
 *     what is larger is refused by itself
 */
public record PersistenceConfig(Path file, Access access, int maxEventBytes) {

    /** The usual limit of an event: 64 MiB. */
    public static final int DEFAULT_MAX_EVENT_BYTES = 64 << 20;

    /** The highest limit of an event: what SQLite takes in one value, less a little. */
    public static final int LARGEST_EVENT = 900_000_000;

    /** Checks the limit: {@link IllegalArgumentException} when it is out of bounds. */
    public PersistenceConfig {
        if (maxEventBytes < 1 || maxEventBytes > LARGEST_EVENT) {
            throw new IllegalArgumentException(
                    "the largest event has 1 to "
                            + LARGEST_EVENT
                            + " bytes, which "
                            + maxEventBytes
                            + " is not");
        }
    }

    /**
     * {@return a store to write to, with the usual limit}
     *
     * @param file the database
     */
    public static PersistenceConfig writing(Path file) {
        return new PersistenceConfig(file, Access.READ_WRITE, DEFAULT_MAX_EVENT_BYTES);
    }

    /**
     * {@return a store to look into while another process may write to it}
     *
     * @param file the database
     */
    public static PersistenceConfig reading(Path file) {
        return new PersistenceConfig(file, Access.READ_ONLY, DEFAULT_MAX_EVENT_BYTES);
    }

    /** What a program may do with a store. */
    public enum Access {
        /** Read and append, as the only one that does. */
        READ_WRITE,
        /** Read what is committed, beside whoever writes. */
        READ_ONLY
    }
}
