package dev.stele.persistence.postgres;

import java.time.Duration;

/**
 * What a writing node keeps to.
 *
 * @param maxEventBytes the largest event in bytes of its JSON
 * @param lease how long it may write without renewing its right
 */
public record Limits(int maxEventBytes, Duration lease) {}
