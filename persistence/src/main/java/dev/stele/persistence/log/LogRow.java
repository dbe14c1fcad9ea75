package dev.stele.persistence.log;

import dev.stele.persistence.json.EventFormat.EventType;

/**
 * An event as its row holds it, with the hash of the chain up to it.
 *
 * @param sequence its place
 * @param type its type
 * @param storedAt when it was stored, in milliseconds of the epoch
 * @param payload its fields as JSON
 * @param hash all of its hash
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LogRow(long sequence, EventType type, long storedAt, byte[] payload, byte[] hash) {}
