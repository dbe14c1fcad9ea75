package dev.stele.git.capture;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.domain.model.GitHead;
import dev.stele.git.disk.Stamp;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint that is looked into.
 *
 * @param tree what it holds
 * @param head where HEAD stood when it was taken, or null where that is not known
 * @param left what it does not hold although it should: raw paths from the project's directory
 * @param absent raw paths that were not there, although what it holds leaves that open
 * @param known the stamps of what it holds, when it is the newest one of its directory
 */
public record HeldCheckpoint(
        ObjectId tree,
        @Nullable GitHead head,
        List<LeftPath> left,
        Set<String> absent,
        Stamps known) {

    /** The commit that HEAD stood at, or null before the first one, and where it is not known. */
    public @Nullable String headCommit() {
        return head == null ? null : head.commit();
    }

    /** What the disk said of paths when they were captured. */
    public interface Stamps {

        /**
         * The stamp of a file or link that the checkpoint holds, or null when it is not known, or
         * would not tell a later change.
         *
         * @param path the raw path from the project's directory
         */
        @Nullable Stamp of(String path);
    }
}
