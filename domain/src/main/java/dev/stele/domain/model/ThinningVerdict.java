package dev.stele.domain.model;

import dev.stele.contracts.CheckpointId;

/**
 * What a policy means for a checkpoint.
 *
 * @param checkpointId a ready checkpoint
 * @param fate what becomes of it, and why
 */
public record ThinningVerdict(CheckpointId checkpointId, Fate fate) {

    /** What becomes of a checkpoint: of several reasons to keep it, the first of these. */
    public enum Fate {
        /** Kept: a restore or a commit of its thread is under way. */
        AT_WORK,
        /** Kept: somebody asked for this very one. */
        ASKED_FOR,
        /** Kept: it is the newest of its thread, or of the thread's newest turn. */
        NEWEST,
        /** Kept: it takes back its thread's newest restore, or that restore brought it back. */
        UNDO,
        /** Kept: its thread is in use, and what it did since is in no commit of Stele's yet. */
        UNCOMMITTED,
        /** Kept: it is younger than the days of which all are kept. */
        RECENT,
        /** Kept: it is the first of its thread. */
        FIRST,
        /** Kept: it is the first or the last of its thread on its day. */
        OF_THE_DAY,
        /** It goes. */
        THINNED
    }
}
