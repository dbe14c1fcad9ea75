package dev.stele.domain.model;

import dev.stele.contracts.Characters;
import java.util.List;

/**
 * What a checkpoint holds, and what it had to leave out.
 *
 * @param files how many files and symbolic links
 * @param bytes their size in bytes
 * @param leftOut paths that are not in it, with the reason; at most 1,000 of them are listed
 */
public record CheckpointStats(int files, long bytes, List<LeftPath> leftOut) {

    /** Makes the list immutable. */
    public CheckpointStats {
        leftOut = List.copyOf(leftOut);
    }

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
