package dev.stele.domain.port;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import java.util.List;

/**
 * What a restore of files would do, if nothing is changed before it. All paths are relative to the
 * project, with slashes.
 *
 * @param checkpointId what would be brought back
 * @param selection which changes would be taken back
 * @param paths what would be changed, ordered by path
 * @param ignored what would stay because it is ignored, or was, with the reason
 * @param left what else differs and would be left alone, with the reason
 * @param others what others than the checkpoint's thread have changed since, ordered by path
 */
public record RestorePreview(
        CheckpointId checkpointId,
        ChangeSelection selection,
        List<PlannedPath> paths,
        List<LeftPath> ignored,
        List<LeftPath> left,
        List<OthersChange> others) {

    /** Makes the lists immutable. */
    public RestorePreview {
        paths = List.copyOf(paths);
        ignored = List.copyOf(ignored);
        left = List.copyOf(left);
        others = List.copyOf(others);
    }

    /** What would be done to a path. */
    public enum Action {
        /** It is not there, and would be made. */
        CREATE,
        /** It would be replaced, or get another mode. */
        OVERWRITE,
        /** The thread's changes would be taken out of it, and those of others kept. */
        MERGE,
        /** It would be deleted. */
        DELETE
    }

    /**
     * A path that would be changed.
     *
     * @param action how
     * @param path the path
     */
    public record PlannedPath(Action action, String path) {}

    /**
     * What others have changed.
     *
     * @param path the path
     * @param threads the other threads that changed it, oldest change first
     * @param outside whether it was changed while no thread was at work: by a person, or a program
     *     of theirs
     */
    public record OthersChange(String path, List<ThreadId> threads, boolean outside) {
        /** Makes the list immutable. */
        public OthersChange {
            threads = List.copyOf(threads);
        }
    }
}
