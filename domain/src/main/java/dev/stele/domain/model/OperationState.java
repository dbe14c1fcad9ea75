package dev.stele.domain.model;

import java.time.Instant;

/** How far outside work is. */
public sealed interface OperationState {

    /** Asked for, and its result not known. */
    record Open() implements OperationState {}

    /**
     * Done, with a git object to show for it: a commit, branch or push.
     *
     * @param gitRef the commit's hash, never empty
     * @param at when
     */
    record Recorded(String gitRef, Instant at) implements OperationState {}

    /**
     * Done: a restore.
     *
     * @param summary what it did
     * @param at when
     */
    record Restored(RestoreSummary summary, Instant at) implements OperationState {}

    /**
     * Done: a clean-up.
     *
     * @param at when
     */
    record Cleaned(Instant at) implements OperationState {}

    /**
     * Failed, or given up.
     *
     * @param why a sentence for people
     * @param at when
     */
    record Failed(String why, Instant at) implements OperationState {}
}
