package dev.stele.git.erase;

import dev.stele.git.disk.RawNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * An entry of a tree.
 *
 * @param name its raw name
 * @param mode what it is
 * @param id what it leads to
 */
record TreeEntry(String name, FileMode mode, ObjectId id) {

    /** The entries of a tree, in its order. */
    static List<TreeEntry> of(ObjectReader reader, ObjectId tree) throws IOException {
        List<TreeEntry> entries = new ArrayList<>();
        var parser = new CanonicalTreeParser(null, reader, tree);
        while (!parser.eof()) {
            var name = new byte[parser.getNameLength()];
            parser.getName(name, 0);
            entries.add(
                    new TreeEntry(
                            RawNames.raw(name),
                            parser.getEntryFileMode(),
                            parser.getEntryObjectId()));
            parser.next();
        }
        return entries;
    }

    boolean isTree() {
        return FileMode.TREE.equals(mode);
    }

    /** Whether it leads to a commit of another repository. */
    boolean isElsewhere() {
        return FileMode.GITLINK.equals(mode);
    }

    /** What git orders entries by. */
    String key() {
        return isTree() ? name + "/" : name;
    }
}
