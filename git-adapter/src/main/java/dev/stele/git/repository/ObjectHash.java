package dev.stele.git.repository;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The id of one object in the making. It uses the JDK's SHA-1, which is seven times as fast as
 * JGit's own.
 */
public final class ObjectHash {

    private final MessageDigest digest = sha1();

    /**
     * Begins an id.
     *
     * @param type git's number of the object's type
     * @param size how many bytes will follow
     */
    public ObjectHash(int type, long size) {
        digest.update((Constants.typeString(type) + " " + size).getBytes(US_ASCII));
        digest.update((byte) 0);
    }

    /**
     * The id of an object in memory.
     *
     * @param type git's number of the object's type
     * @param content holds its content
     * @param length how many bytes of it, from the first
     */
    public static ObjectId of(int type, byte[] content, int length) {
        var hash = new ObjectHash(type, length);
        hash.update(content, length);
        return hash.id();
    }

    /** Adds bytes, from the first. */
    public void update(byte[] bytes, int length) {
        digest.update(bytes, 0, length);
    }

    /** The id; nothing can be added any more. */
    public ObjectId id() {
        return ObjectId.fromRaw(digest.digest());
    }

    static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1.", e);
        }
    }
}
