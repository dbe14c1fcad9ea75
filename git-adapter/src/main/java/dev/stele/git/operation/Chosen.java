package dev.stele.git.operation;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.git.change.FileState;
import dev.stele.git.disk.RawNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a commit holds of a project. All paths are raw, from the project's directory.
 *
 * @param whole files as they are on the disk, and whether they are gone
 * @param joined files in a state between HEAD's and the disk's
 * @param left what was asked for and cannot be in it; paths for people
 */
record Chosen(
        SortedMap<String, Boolean> whole, Map<String, FileState> joined, List<LeftPath> left) {

    private static final String STAGED =
            "changes of others in it are staged; commit them first, or unstage them";

    /** Makes the collections immutable. */
    Chosen {
        whole = Collections.unmodifiableSortedMap(new TreeMap<>(whole));
        joined = Map.copyOf(joined);
        left = List.copyOf(left);
    }

    /** Files as they are on the disk, and nothing else. */
    static Chosen whole(SortedMap<String, Boolean> changes) {
        return new Chosen(changes, Map.of(), List.of());
    }

    /** The same without a part of any file of which something else is staged. */
    Chosen withoutStaged(Set<String> staged) {
        Map<String, FileState> free = new HashMap<>(joined);
        List<LeftPath> more = new ArrayList<>(left);
        for (String path : joined.keySet()) {
            if (staged.contains(path)) {
                free.remove(path);
                more.add(new LeftPath(RawNames.display(path), STAGED));
            }
        }
        return new Chosen(whole, free, more);
    }

    boolean isEmpty() {
        return whole.isEmpty() && joined.isEmpty();
    }

    /** All paths that the commit changes. */
    Set<String> paths() {
        Set<String> paths = new HashSet<>(whole.keySet());
        paths.addAll(joined.keySet());
        return paths;
    }
}
