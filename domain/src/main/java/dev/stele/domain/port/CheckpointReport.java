package dev.stele.domain.port;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the checkpoints of all projects are.
 *
 * @param places one for each directory of a project, ordered by path
 * @param home what is wrong in Stele's own directory
 */
public record CheckpointReport(List<Place> places, List<Finding> home) {

    /** Makes the lists immutable. */
    public CheckpointReport {
        places = List.copyOf(places);
        home = List.copyOf(home);
    }

    /**
     * The checkpoints of one directory.
     *
     * @param directory the project's directory
     * @param refs how many hidden refs there are in its repository, of whatever thread
     * @param strangers how many of them belong to threads that the model does not know: those of
     *     another home, perhaps; they are left alone
     * @param thinned how many of the project's checkpoints were thinned out ever
     * @param own whether they are kept in a repository of Stele's own, since the directory is in
     *     none
     * @param bytes what they take up on the disk beyond what branches and tags hold; null when git
     *     cannot tell
     * @param findings what is wrong
     * @param failure why the directory could not be examined; null when it could
     */
    public record Place(
            String directory,
            int refs,
            int strangers,
            int thinned,
            boolean own,
            @Nullable Long bytes,
            List<Finding> findings,
            @Nullable String failure) {
        /** Makes the list immutable. */
        public Place {
            findings = List.copyOf(findings);
        }
    }

    /** What may be wrong. */
    public enum Kind {
        /** A ref without content, as a crash leaves it; every git command would stumble over it. */
        EMPTY_REF,
        /** A ref whose checkpoint is not in the repository. */
        DANGLING_REF,
        /** A ref's lock that nobody holds any more. */
        OLD_LOCK,
        /** A pack that was never finished. */
        UNFINISHED_PACK,
        /** A checkpoint of the log whose ref is gone. */
        MISSING_REF,
        /** A ref that nothing needs: of a deleted thread, or a checkpoint that is none any more. */
        NEEDLESS_REF,
        /** A repository of Stele's own with a pack for each checkpoint. */
        MANY_PACKS,
        /** A file or directory in Stele's own that a crash has left. */
        OLD_FILE,
        /** A worktree that was moved aside to be removed, and was not: it belongs back. */
        MOVED_WORKTREE
    }

    /**
     * Something that is wrong.
     *
     * @param kind what
     * @param name the ref, or the file or directory
     * @param repaired whether it was put right
     */
    public record Finding(Kind kind, String name, boolean repaired) {}
}
