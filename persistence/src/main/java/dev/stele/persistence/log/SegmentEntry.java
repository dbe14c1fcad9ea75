package dev.stele.persistence.log;

import dev.stele.persistence.json.EventFormat.EventType;

/** What a segment holds at one place of the log. */
public sealed interface SegmentEntry {

    /** Its place. */
    long sequence();

    /** In milliseconds of the epoch: when the fact was stored, or the last one that is kept. */
    long storedAt();

    /**
     * A fact that is kept.
     *
     * @param sequence its place
     * @param storedAt when it was stored, in milliseconds of the epoch
     * @param type its type
     * @param payload its fields as JSON
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Kept(long sequence, long storedAt, EventType type, byte[] payload)
            implements SegmentEntry {}

    /**
     * The place of a fact that is not kept by itself.
     *
     * @param sequence its place
     * @param storedAt when the last fact before it that is kept was stored
     * @param into the place of the fact that says what it said, or 0 when nothing does
     */
    record Absorbed(long sequence, long storedAt, long into) implements SegmentEntry {}
}
