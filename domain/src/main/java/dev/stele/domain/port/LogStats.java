package dev.stele.domain.port;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a log holds, and the room that it takes.
 *
 * @param head where it ends; its facts have the sequences from 1 to there
 * @param oldest when its first fact was stored, or null when it has none
 * @param newest when its last fact was stored, or null when it has none
 * @param types its facts by type, the most bytes first
 * @param receipts how many commands were answered
 * @param providerMarks how many turns have taken in numbered words of their agents
 * @param databaseBytes the size of the database
 * @param freeBytes the part of it that is empty
 * @param walBytes the size of the write-ahead log beside it
 * @param replaced what was replaced by less, and what could be
 * @param unknown what this program does not know of it
 */
public record LogStats(
        LogHead head,
        @Nullable Instant oldest,
        @Nullable Instant newest,
        List<TypeStats> types,
        long receipts,
        long providerMarks,
        long databaseBytes,
        long freeBytes,
        long walBytes,
        Replaced replaced,
        Unknown unknown) {

    /** Makes the list immutable. */
    public LogStats {
        types = List.copyOf(types);
    }

    /**
     * The facts of one type in one version.
     *
     * @param name the type
     * @param version its version, from 1
     * @param events how many there are
     * @param bytes the sum of their payloads
     * @param known whether this program knows what they mean
     */
    public record TypeStats(String name, int version, long events, long bytes, boolean known) {}

    /**
     * Stretches that were replaced by less.
     *
     * @param stretches how many there are
     * @param events how many places of the log they cover
     * @param absorbed how many of those have no fact of their own any more
     * @param bytes what they take
     * @param saving about what replacing the other events would save, were they all of turns that
     *     are over; guessed from the first of them
     */
    public record Replaced(long stretches, long events, long absorbed, long bytes, long saving) {}

    /**
     * What a newer program wrote and this one does not know. It is kept, and means nothing here.
     *
     * @param events how many facts hold something of it
     * @param parts what it is, by the places of the first facts; no more than a thousand are told
     */
    public record Unknown(long events, List<UnknownPart> parts) {

        /** Nothing. */
        public static final Unknown NOTHING = new Unknown(0, List.of());

        /** Makes the list immutable. */
        public Unknown {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A type of facts in one version, or a field of one, that this program does not know.
     *
     * @param event the type
     * @param version its version, from 1
     * @param field the names of the fields that lead to it, with dots between them; null when the
     *     type itself is not known in that version
     * @param events how many facts hold it
     * @param first the place of the first of them
     */
    public record UnknownPart(
            String event, int version, @Nullable String field, long events, long first) {}
}
