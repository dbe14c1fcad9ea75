package dev.stele.git.capture;

import dev.stele.git.disk.Stamp;
import org.eclipse.jgit.lib.ObjectId;

/** What one name in the working tree came to in a snapshot. Immutable. */
sealed interface Node permits Node.Blob, Node.Carried, Node.Ignored, Node.Left, Folder {

    /** Its raw name. */
    String name();

    /**
     * A file or symbolic link that is in the checkpoint.
     *
     * @param stamp what it was when it was read
     * @param racy whether it could be written again without another stamp
     * @param mode git's mode of it
     * @param id its blob
     * @param ignored whether the rules ignore it, so that it is here since it is tracked
     */
    record Blob(String name, Stamp stamp, boolean racy, int mode, ObjectId id, boolean ignored)
            implements Node {}

    /**
     * Something in the checkpoint that was not read from the disk: a submodule, or what a sparse
     * checkout leaves out.
     *
     * @param mode git's mode of it
     * @param id its commit, blob or tree
     */
    record Carried(String name, int mode, ObjectId id) implements Node {}

    /**
     * A name that the rules ignore.
     *
     * @param directory whether it is a directory
     */
    record Ignored(String name, boolean directory) implements Node {}

    /**
     * A name that belongs into the checkpoint and is not in it.
     *
     * @param why a few words for people
     */
    record Left(String name, String why) implements Node {}

    /** Whether this is what the rules said of the name, if it still is of the same kind. */
    default boolean isVerdictOn(boolean directory) {
        return switch (this) {
            case Blob _ -> !directory;
            case Folder _ -> directory;
            case Ignored(_, var wasDirectory) -> wasDirectory == directory;
            case Carried _, Left _ -> false;
        };
    }

    /** Whether the rules ignored the name. */
    default boolean isIgnored() {
        return switch (this) {
            case Blob blob -> blob.ignored();
            case Folder folder -> folder.judgement().trackedOnly();
            case Ignored _ -> true;
            case Carried _, Left _ -> false;
        };
    }
}
