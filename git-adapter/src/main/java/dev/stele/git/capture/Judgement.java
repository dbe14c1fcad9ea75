package dev.stele.git.capture;

import dev.stele.git.disk.IgnoreRules;
import dev.stele.git.disk.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * How the names of a directory were judged.
 *
 * @param rules the rules by which they were
 * @param trackedOnly whether the directory is ignored itself, so that only what is tracked counts
 * @param listed the stamp of the directory under which its names are known; null when they have to
 *     be listed again each time
 */
record Judgement(IgnoreRules rules, boolean trackedOnly, @Nullable Stamp listed) {

    /** Whether the verdicts of another judgement are those of this one. */
    boolean isSameVerdict(Judgement other) {
        return rules == other.rules && trackedOnly == other.trackedOnly;
    }
}
