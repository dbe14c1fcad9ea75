package dev.stele.contracts;

import java.util.Locale;

/**
 * What every id of Stele is: 1 to 100 characters of {@code [A-Za-z0-9_-]}, because ids name git
 * refs, commit trailers and files. An id is never reused, not even after what it named is deleted.
 */
public sealed interface Identifier
        permits ProjectId, ThreadId, TurnId, ActionId, CheckpointId, OperationId, CommandId {

    /** The longest id, in characters. */
    int MAX_LENGTH = 100;

    /** {@return the id as text} */
    String value();

    /**
     * {@return whether the text can be an id}
     *
     * @param value any text
     */
    static boolean isValid(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) { // a stream would cost as much as the decoding
            if (!isAllowed(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@return the text itself when it can be an id}
     *
     * @param value the text of an id
     * @throws IllegalArgumentException when it is empty, too long or holds another character
     */
    static String requireValid(String value) {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "an id has 1 to 100 characters of A-Z a-z 0-9 _ - and this is not one: "
                            + Characters.quoted(value));
        }
        return value;
    }

    /**
     * {@return an id made from another one, the same for the same parts} One that would fill the
     * longest id or more keeps its head and gets a hash of the whole in place of the rest: only
     * such an id has the full length, so none can be had from another base.
     *
     * @param base the id that it is made from
     * @param suffix what is added, of the same characters, at most 40 of them
     */
    static String derived(String base, String suffix) {
        if (base.length() + suffix.length() < MAX_LENGTH) {
            return base + suffix;
        }
        String hash = String.format(Locale.ROOT, "%016x", fnv64(base));
        return base.substring(0, MAX_LENGTH - suffix.length() - hash.length() - 1)
                + "_"
                + hash
                + suffix;
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-';
    }

    /** FNV-1a over 64 bits: stable for ever, since derived ids stand in the log. */
    private static long fnv64(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
