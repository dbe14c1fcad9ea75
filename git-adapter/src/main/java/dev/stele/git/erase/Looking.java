package dev.stele.git.erase;

import dev.stele.domain.port.CheckpointErasureReport.Held;
import dev.stele.git.repository.CheckpointRefs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** Looks through the checkpoints of a repository. For one thread, and used once. */
final class Looking {

    private final ObjectReader reader;
    private final Search search;
    private final Set<ObjectId> commits = new HashSet<>();

    Looking(ObjectReader reader, Search search) {
        this.reader = reader;
        this.search = search;
    }

    /**
     * Looks.
     *
     * @param refs the refs of checkpoints
     * @param left commits of checkpoints, also those that no ref leads to any more
     */
    Findings find(CheckpointRefs refs, List<ObjectId> left) throws IOException {
        List<Held> held = new ArrayList<>();
        Map<String, ObjectId> found = new TreeMap<>();
        for (String name : refs.names()) {
            ObjectId commit = refs.find(name);
            List<String> paths = commit == null ? null : paths(commit);
            if (commit != null && paths != null) {
                found.put(name, commit);
                held.add(new Held(name, paths));
            }
        }
        for (ObjectId commit : left) {
            paths(commit);
        }
        Set<ObjectId> above = new HashSet<>(search.trees());
        above.addAll(commits);
        return new Findings(held, found, search.blobs(), above);
    }

    /** The paths in it that hold the text; null when neither they nor the commit do. */
    private @Nullable List<String> paths(ObjectId commit) throws IOException {
        try {
            byte[] content = reader.open(commit, Constants.OBJ_COMMIT).getBytes();
            List<String> paths = search.paths(Rewriting.treeOf(content));
            if (paths.isEmpty() && !search.isInCommit(content)) {
                return null;
            }
            commits.add(commit);
            return paths.stream().map(search::told).toList();
        } catch (MissingObjectException e) {
            return null;
        }
    }
}
