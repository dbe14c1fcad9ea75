package dev.stele.git.capture;

import dev.stele.git.disk.RawNames;
import dev.stele.git.repository.NewObjects;
import dev.stele.git.repository.ObjectHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.TreeFormatter;
import org.jspecify.annotations.Nullable;

/** Makes folders of snapshots, and writes their trees as far as they are new. Thread-safe. */
final class TreeBuilder {

    private final NewObjects objects;

    TreeBuilder(NewObjects objects) {
        this.objects = objects;
    }

    /**
     * A folder of what was found in a directory.
     *
     * @param before the folder in the snapshot before, whose tree is in the repository
     * @return the very same as before when nothing is different
     */
    Folder folder(String name, Judgement judgement, List<Node> children, @Nullable Folder before) {
        if (before != null
                && before.judgement().isSameVerdict(judgement)
                && areSame(before.children(), children)) {
            return Objects.equals(before.judgement().listed(), judgement.listed())
                    ? before
                    : before.relisted(judgement);
        }
        ObjectId tree = write(children, before == null ? null : before.tree());
        return Folder.of(name, judgement, children, tree);
    }

    /** A directory that is the same is the same object, so that nothing is compared twice. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean areSame(List<Node> before, List<Node> now) {
        if (before.size() != now.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            Node node = now.get(i);
            if (node != before.get(i) && (node instanceof Folder || !node.equals(before.get(i)))) {
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
            objects.add(Constants.OBJ_TREE, id, content, content.length);
        }
        return id;
    }

    private static @Nullable Entry entry(Node node) {
        return switch (node) {
            case Node.Blob(var name, _, _, var mode, var id, _) -> new Entry(name, mode, id);
            case Node.Carried(var name, var mode, var id) -> new Entry(name, mode, id);
            case Folder folder -> {
                ObjectId tree = folder.tree();
                yield tree == null ? null : new Entry(folder.name(), FileMode.TREE.getBits(), tree);
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
}
