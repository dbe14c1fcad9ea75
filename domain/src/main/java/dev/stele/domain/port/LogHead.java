package dev.stele.domain.port;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a log ends, and the hash that stands for all of it. Kept elsewhere, it proves later that
 * nothing up to it was changed, taken out or added.
 *
 * @param sequence the place of the newest fact; 0 for an empty log
 * @param hash the SHA-256 over the chain of facts up to it, 64 hexadecimal digits in small letters
 */
public record LogHead(long sequence, String hash) {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TOKEN = Pattern.compile("(0|[1-9][0-9]{0,17})-([0-9a-f]{64})");

    /** The head of a log without facts. */
    public static final LogHead EMPTY = new LogHead(0, "0".repeat(64));

    /** Checks both: {@link IllegalArgumentException} for a negative sequence or no such hash. */
    public LogHead {
        if (sequence < 0 || !HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException(
                    "a log's head is a sequence from 0 on and 64 hexadecimal digits in small"
                            + " letters, not "
                            + sequence
                            + " and "
                            + hash);
        }
    }

    /**
     * {@return the head that a token stands for}
     *
     * @param token what {@link #token} gave
     * @throws IllegalArgumentException when it is none; the message says what one looks like
     */
    public static LogHead parse(String token) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "the head of a log is its sequence, a hyphen and 64 hexadecimal digits in small"
                            + " letters, which this is not: "
                            + token);
        }
        return new LogHead(Long.parseLong(parts.group(1)), parts.group(2));
    }

    /**
     * {@return both in one word, to be written down elsewhere: the sequence, a hyphen, the hash}
     */
    public String token() {
        return sequence + "-" + hash;
    }
}
