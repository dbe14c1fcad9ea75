package dev.stele.provider.reactor;

import java.time.Duration;

/**
 * How long agents are waited for, how many there may be, and how much they may say at once.
 *
 * @param start from the start of the process to a session that can be prompted
 * @param silence in a turn without a byte, while no approval is open
 * @param cancel from a cancel to the end of the turn
 * @param idle how long an agent is kept after its last turn
 * @param mostAgents how many may run at once, at least 1; others wait, first come first served
 * @param maxLine the longest message, in bytes
 */
public record Limits(
        Duration start,
        Duration silence,
        Duration cancel,
        Duration idle,
        int mostAgents,
        int maxLine) {}
