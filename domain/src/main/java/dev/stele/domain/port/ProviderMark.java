package dev.stele.domain.port;

import dev.stele.contracts.TurnId;

/**
 * How far a turn's provider events are in the log: what came up to this sequence is never taken in
 * again.
 *
 * @param turnId the turn
 * @param sequence the highest provider sequence taken in, from 1
 */
public record ProviderMark(TurnId turnId, long sequence) {}
