package dev.stele.git.capture;

import dev.stele.git.disk.Directory;
import dev.stele.git.disk.DiskEntry;
import dev.stele.git.disk.IgnoreRules;
import dev.stele.git.disk.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * A name on the disk that a scan looks at.
 *
 * @param directory where it is
 * @param entry what the disk says
 * @param prefix the directory's raw path from the top, empty or with a slash at its end
 * @param rules the rules of the directory
 * @param ignored whether they ignore it
 * @param old what it was in the snapshot before, or null
 */
record FoundName(
        Directory directory,
        DiskEntry entry,
        String prefix,
        IgnoreRules rules,
        boolean ignored,
        @Nullable Node old) {

    String name() {
        return entry.name();
    }

    Stamp stamp() {
        return entry.stamp();
    }

    /** Its raw path from the top of the working tree. */
    String path() {
        return prefix + entry.name();
    }

    Node left(String why) {
        return new Node.Left(name(), why);
    }
}
