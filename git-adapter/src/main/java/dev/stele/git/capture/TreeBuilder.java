package dev.stele.git.capture;

import dev.stele.git.disk.IgnoreRules;
import dev.stele.git.disk.RawNames;
import dev.stele.git.repository.NewPack;
import dev.stele.git.repository.ObjectHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.TreeFormatter;
import org.jspecify.annotations.Nullable;

/** Makes directories of snapshots, and writes their trees as far as they are new. */
final class TreeBuilder {

    private final NewPack pack;

    TreeBuilder(NewPack pack) {
        this.pack = pack;
    }

    /**
     * A directory of what was found in it.
     *
     * @param before the directory in the snapshot before, whose tree is in the repository
     * @return the very same as before when nothing is different
     */
    Node.Directory directory(
            String name,
            IgnoreRules rules,
            boolean trackedOnly,
            List<Node> children,
            Node.@Nullable Directory before) {
        if (before != null
                && before.rules() == rules
                && before.trackedOnly() == trackedOnly
                && areSame(before.children(), children)) {
            return before;
        }
        ObjectId tree = write(children, before == null ? null : before.tree());
        var sum = new Sum();
        children.forEach(sum::add);
        return new Node.Directory(
                name,
                rules,
                trackedOnly,
                List.copyOf(children),
                tree,
                sum.files,
                sum.bytes,
                sum.left);
    }

    /** A directory that is the same is the same object, so that nothing is compared twice. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean areSame(List<Node> before, List<Node> now) {
        if (before.size() != now.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            Node node = now.get(i);
            if (node != before.get(i)
                    && (node instanceof Node.Directory || !node.equals(before.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** The tree without any entry, written as well. */
    ObjectId emptyTree() {
        return write(new TreeFormatter(), null);
    }

    private @Nullable ObjectId write(List<Node> children, @Nullable ObjectId known) {
        List<Entry> entries = new ArrayList<>(children.size());
        for (Node child : children) {
            Entry entry = entry(child);
            if (entry != null) {
                entries.add(entry);
            }
        }
        if (entries.isEmpty()) {
            return null;
        }
        entries.sort(Comparator.comparing(Entry::sortKey));
        var tree = new TreeFormatter();
        for (Entry entry : entries) {
            tree.append(RawNames.bytes(entry.name), FileMode.fromBits(entry.mode), entry.id);
        }
        return write(tree, known);
    }

    private ObjectId write(TreeFormatter tree, @Nullable ObjectId known) {
        byte[] content = tree.toByteArray();
        ObjectId id = ObjectHash.of(Constants.OBJ_TREE, content, content.length);
        if (!id.equals(known)) {
            pack.add(Constants.OBJ_TREE, id, content, content.length);
        }
        return id;
    }

    private static @Nullable Entry entry(Node node) {
        return switch (node) {
            case Node.Blob(var name, _, _, var mode, var id, _) -> new Entry(name, mode, id);
            case Node.Carried(var name, var mode, var id) -> new Entry(name, mode, id);
            case Node.Directory directory -> {
                ObjectId tree = directory.tree();
                yield tree == null
                        ? null
                        : new Entry(directory.name(), FileMode.TREE.getBits(), tree);
            }
            case Node.Ignored _, Node.Left _ -> null;
        };
    }

    private record Entry(String name, int mode, ObjectId id) {
        /** In git's order a directory's name ends with a slash. */
        String sortKey() {
            return FileMode.TREE.equals(mode) ? name + "/" : name;
        }
    }

    /** Figures of a directory. */
    private static final class Sum {
        private int files;
        private long bytes;
        private int left;

        void add(Node node) {
            switch (node) {
                case Node.Blob blob -> {
                    files++;
                    bytes += blob.stamp().size();
                }
                case Node.Directory directory -> {
                    files += directory.files();
                    bytes += directory.bytes();
                    left += directory.left();
                }
                case Node.Left _ -> left++;
                case Node.Carried _, Node.Ignored _ -> {
                    // Neither read nor missed.
                }
            }
        }
    }
}
