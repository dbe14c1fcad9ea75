package dev.stele.domain.model;

import dev.stele.contracts.Characters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint holds, and what it had to leave out.
 *
 * @param files how many files and symbolic links
 * @param bytes their size in bytes
 * @param leftOut paths that are not in it, with the reason; at most 1,000 of them are listed
 * @param limits how much it could have held; null when that is not known
 * @param head where HEAD stood when it was taken; null where there is none, or it is not known
 */
public record CheckpointStats(
        int files,
        long bytes,
        List<LeftPath> leftOut,
        @Nullable Limits limits,
        @Nullable GitHead head) {

    /** Makes the list immutable. */
    public CheckpointStats {
        leftOut = List.copyOf(leftOut);
    }

    /**
     * What a checkpoint holds, and what it had to leave out.
     *
     * @param files how many files and symbolic links
     * @param bytes their size in bytes
     * @param leftOut paths that are not in it, with the reason
     */
    public CheckpointStats(int files, long bytes, List<LeftPath> leftOut) {
        this(files, bytes, leftOut, null, null);
    }

    /**
     * How much a checkpoint may hold.
     *
     * @param untrackedFileBytes untracked files that are larger are left out
     * @param files a tree with more is not captured at all
     * @param bytes a tree whose files have more together is not captured at all
     */
    public record Limits(long untrackedFileBytes, int files, long bytes) {}

    /**
     * A path that was left alone.
     *
     * @param path relative to the project, with slashes
     * @param why a few words for people
     */
    public record LeftPath(String path, String why) {
        /** Makes texts well-formed. */
        public LeftPath {
            path = Characters.wellFormed(path);
            why = Characters.wellFormed(why);
        }
    }
}
