package dev.stele.git.restore;

import dev.stele.git.disk.IgnoreRules;
import dev.stele.git.disk.RawNames;
import dev.stele.git.index.IgnoreFiles;
import dev.stele.git.repository.ProjectRepository;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * The ignore rules as they were when a checkpoint was taken: those in its tree, below those around
 * it. What they ignore was not captured, whatever the rules of today say.
 */
final class HeldRules {

    private final ObjectReader reader;
    private final ObjectId tree;
    private final String prefix;
    private final boolean allIgnored;
    private final Map<String, IgnoreRules> rules = new HashMap<>();

    /**
     * @param tree what the checkpoint holds
     */
    HeldRules(ProjectRepository repository, ObjectReader reader, ObjectId tree) throws IOException {
        this.reader = reader;
        this.tree = tree;
        this.prefix = repository.location().prefix();
        IgnoreFiles above = IgnoreFiles.above(repository, null);
        this.allIgnored = above.ignored();
        rules.put("", withOwn(above.rules(), ""));
    }

    /**
     * Whether a file was ignored.
     *
     * @param path its raw path from the project's directory
     */
    boolean ignored(String path) throws IOException {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String directory = path.substring(0, slash);
            if (of(parent(directory)).ignores(prefix + directory, true)) {
                return true;
            }
        }
        return allIgnored || of(parent(path)).ignores(prefix + path, false);
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** The rules of a directory, by its raw path from the project's. */
    private IgnoreRules of(String directory) throws IOException {
        IgnoreRules known = rules.get(directory);
        if (known != null) {
            return known;
        }
        IgnoreRules found = withOwn(of(parent(directory)), directory + "/");
        rules.put(directory, found);
        return found;
    }

    private IgnoreRules withOwn(IgnoreRules outer, String directory) throws IOException {
        String file = RawNames.display(directory + IgnoreFiles.NAME);
        try (TreeWalk walk = TreeWalk.forPath(reader, file, tree)) {
            boolean there = walk != null && (walk.getRawMode(0) & 0170000) == 0100000;
            return there ? outer.with(prefix + directory, content(walk.getObjectId(0))) : outer;
        }
    }

    private String content(ObjectId blob) throws IOException {
        return RawNames.raw(reader.open(blob, Constants.OBJ_BLOB).getBytes());
    }
}
