package dev.stele.domain.model;

import java.time.Instant;

/** How far a checkpoint is. */
public sealed interface CheckpointState {

    /** Asked for. */
    record Pending() implements CheckpointState {}

    /**
     * In the repository.
     *
     * @param gitRef the ref that holds it, never empty
     * @param stats what it holds
     * @param at when it was there
     */
    record Ready(String gitRef, CheckpointStats stats, Instant at) implements CheckpointState {}

    /**
     * It could not be taken.
     *
     * @param why a sentence for people
     * @param at when that was known
     */
    record Failed(String why, Instant at) implements CheckpointState {}

    /**
     * It was ready once, and was thinned out: nothing holds its files any more.
     *
     * @param policy by which it went
     * @param at when
     */
    record Thinned(ThinningPolicy policy, Instant at) implements CheckpointState {}
}
