package dev.stele.git.capture;

import dev.stele.git.disk.RawNames;
import dev.stele.git.disk.Stamp;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectChecker;

/** Names that git never puts into a tree, since they could pass for its own directory. */
final class GitNames {

    private static final ObjectChecker CHECKER = new ObjectChecker();

    private GitNames() {}

    /**
     * Whether git takes a name.
     *
     * @param name the raw name
     * @param stamp what it is
     */
    static boolean isAllowed(String name, Stamp stamp) {
        char first = name.charAt(0);
        if (first != '.' && first != 'g' && first != 'G') {
            return true;
        }
        if (stamp.isLink() && name.equalsIgnoreCase(".gitmodules")) {
            return false;
        }
        try {
            byte[] bytes = RawNames.bytes(name);
            CHECKER.checkPathSegment(bytes, 0, bytes.length);
            return true;
        } catch (CorruptObjectException e) {
            return false;
        }
    }
}
