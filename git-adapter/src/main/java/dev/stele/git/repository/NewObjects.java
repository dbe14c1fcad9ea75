package dev.stele.git.repository;

import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Takes the objects that a capture makes. Thread-safe. */
public sealed interface NewObjects permits NewPack, TreesInMemory {

    /**
     * Adds an object unless it is there already.
     *
     * @param type git's number of its type
     * @param id its id, made of its type and content
     * @param content holds its content
     * @param length how many bytes of it, from the first
     */
    void add(int type, ObjectId id, byte[] content, int length);

    /**
     * Adds an object from a stream, of whatever size, unless it is there already.
     *
     * @param type git's number of its type
     * @param size how many bytes the stream should give
     * @param content gives its content
     * @return its id, or null when the stream gave more or less than it should; nothing is added
     *     then
     * @throws IOException when the stream cannot be read
     */
    @Nullable ObjectId add(int type, long size, InputStream content) throws IOException;

    /** Whether an object needs not be added. */
    boolean isKnown(ObjectId id);

    /** Tells that only what has changed will be added. */
    void ofChanges();
}
