package dev.stele.persistence.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stele.persistence.json.EventFormat.EventType;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The chain of hashes over the log: each covers an event and the hash before it, so that the newest
 * stands for the whole log. For one thread.
 *
 * <p>A row keeps the beginning of its hash, a check that names the first event that does not fit;
 * now and then it keeps all of it, a seal from which the chain can be followed on.
 *
 * <p>A hash is the SHA-256 of: the hash before it (32 bytes, zeros before the first event), the
 * sequence (8 bytes, the highest first, as all numbers), the milliseconds of storing (8), the
 * version of the event's type (4), the length of its name (4), its name in UTF-8, the payload.
 */
public final class HashChain {

    /** Every so many events the hash stands beside the event, for whoever looks for a change. */
    public static final int SEAL_EVERY = 128;

    private static final int HASH_BYTES = 32;

    /**
     * What fits beside the smallest event. One change in 65,536 slips by its own row and is named
     * by the next one; none slips by the seal.
     */
    private static final int CHECK_BYTES = 2;

    private final MessageDigest digest = sha256();
    private final ByteBuffer numbers = ByteBuffer.allocate(Long.BYTES * 2 + Integer.BYTES * 2);

    /** A chain. */
    public HashChain() {}

    /** The hash before the first event. */
    public static byte[] beginning() {
        return new byte[HASH_BYTES];
    }

    /**
     * What the event's row keeps of its hash: all of it, or its beginning.
     *
     * @param sequence its place
     * @param hash its hash
     */
    public static byte[] kept(long sequence, byte[] hash) {
        return isSealed(sequence) ? hash : Arrays.copyOf(hash, CHECK_BYTES);
    }

    /** Whether the event's row tells its whole hash. */
    public static boolean isSealed(long sequence) {
        return sequence % SEAL_EVERY == 0;
    }

    /** The last event up to this one whose row tells its hash; 0 when there is none. */
    public static long lastSeal(long sequence) {
        return sequence - sequence % SEAL_EVERY;
    }

    /** The first event from this one on whose row tells its hash. */
    static long nextSeal(long sequence) {
        return lastSeal(sequence + SEAL_EVERY - 1);
    }

    /**
     * The hash of the next event.
     *
     * @param before the hash before it
     * @param sequence its place
     * @param storedAt when it was stored, in milliseconds of the epoch
     * @param type its type
     * @param payload its fields
     */
    public byte[] next(
            byte[] before, long sequence, long storedAt, EventType type, byte[] payload) {
        byte[] name = type.name().getBytes(UTF_8);
        numbers.clear();
        numbers.putLong(sequence).putLong(storedAt).putInt(type.version()).putInt(name.length);
        digest.update(before);
        digest.update(numbers.flip());
        digest.update(name);
        return digest.digest(payload);
    }

    /** A digest of the kind that the chain is made with. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java has SHA-256", e);
        }
    }
}
