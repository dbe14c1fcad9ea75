package dev.stele.git.capture;

import dev.stele.git.disk.IgnoreRules;
import dev.stele.git.index.TrackedPaths;
import dev.stele.git.index.TrackedPaths.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a sparse checkout leaves out: tracked, not on the disk, and not deleted. It is carried from
 * the index into the checkpoint.
 */
final class SparsePaths {

    /** The rules of directories that are not on the disk; no directory on the disk has them. */
    static final IgnoreRules NOT_ON_DISK = IgnoreRules.none(false);

    private final TrackedPaths tracked;
    private final TreeBuilder trees;
    private final boolean sameAsBefore;

    /**
     * @param sameAsBefore whether the snapshot before was taken with the very same tracked paths
     */
    SparsePaths(TrackedPaths tracked, TreeBuilder trees, boolean sameAsBefore) {
        this.tracked = tracked;
        this.trees = trees;
        this.sameAsBefore = sameAsBefore;
    }

    /**
     * Adds what is left out in a directory, unless the disk has something of that name.
     *
     * @param children what was found on the disk; stays ordered
     * @param prefix the directory's raw path, empty or with a slash at its end
     * @param before the directory in the snapshot before
     */
    void addTo(List<Node> children, String prefix, @Nullable Folder before) {
        List<Entry> entries = tracked.leftOutBelow(prefix);
        if (entries.isEmpty()) {
            return;
        }
        Set<String> present = new HashSet<>();
        children.forEach(child -> present.add(child.name()));
        var known = new KnownNames(before == null ? List.of() : before.children());
        byFirstName(entries, prefix)
                .forEach((name, group) -> {
                    if (!present.contains(name)) {
                        children.add(node(name, prefix, group, known.find(name)));
                    }
                });
        children.sort(Comparator.comparing(Node::name));
    }

    private static Map<String, List<Entry>> byFirstName(List<Entry> entries, String prefix) {
        Map<String, List<Entry>> groups = new TreeMap<>();
        for (Entry entry : entries) {
            int slash = entry.path().indexOf('/', prefix.length());
            String name =
                    entry.path()
                            .substring(prefix.length(), slash < 0 ? entry.path().length() : slash);
            groups.computeIfAbsent(name, _ -> new ArrayList<>()).add(entry);
        }
        return groups;
    }

    private Node node(String name, String prefix, List<Entry> group, @Nullable Node before) {
        Entry first = group.getFirst();
        if (first.path().length() == prefix.length() + name.length()) {
            return new Node.Carried(name, first.mode().getBits(), first.id());
        }
        Folder old = before instanceof Folder folder ? folder : null;
        if (sameAsBefore && old != null && old.judgement().rules() == NOT_ON_DISK) {
            return old;
        }
        String below = prefix + name + "/";
        List<Node> children = new ArrayList<>();
        byFirstName(group, below)
                .forEach((child, some) -> children.add(node(child, below, some, null)));
        return trees.folder(name, new Judgement(NOT_ON_DISK, true, null), children, old);
    }
}
