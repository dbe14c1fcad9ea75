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
        Replaced replaced) {

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
}
