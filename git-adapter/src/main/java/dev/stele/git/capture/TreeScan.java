package dev.stele.git.capture;

import dev.stele.git.disk.Directory;
import dev.stele.git.disk.DiskEntry;
import dev.stele.git.disk.IgnoreRules;
import dev.stele.git.disk.RawNames;
import dev.stele.git.index.IgnoreFiles;
import dev.stele.git.index.TrackedPaths;
import dev.stele.git.repository.GitLocation;
import dev.stele.git.repository.ProjectRepository;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * One walk over a working tree. What the snapshot before knows and the stamps confirm is neither
 * read nor judged again.
 */
final class TreeScan {

    private static final String DOT_GIT = ".git";

    private final GitLocation location;
    private final TrackedPaths tracked;
    private final SparsePaths sparse;
    private final TreeBuilder trees;
    private final ContentReader contents;
    private final FileScan files;
    private final StopSign stop;

    TreeScan(
            GitLocation location,
            TrackedPaths tracked,
            SparsePaths sparse,
            TreeBuilder trees,
            ContentReader contents,
            FileScan files,
            StopSign stop) {
        this.location = location;
        this.tracked = tracked;
        this.sparse = sparse;
        this.trees = trees;
        this.contents = contents;
        this.files = files;
        this.stop = stop;
    }

    /**
     * A directory to be walked.
     *
     * @param prefix its raw path from the top, empty or with a slash at its end
     * @param outer the rules above it
     * @param trackedOnly whether it is ignored itself
     * @param before what it was in the snapshot before
     */
    private record Place(
            String name,
            String prefix,
            IgnoreRules outer,
            boolean trackedOnly,
            Node.@Nullable Directory before) {

        @Nullable Node before(String child) {
            return before == null ? null : before.child(child);
        }
    }

    /**
     * Walks the project's directory.
     *
     * @param root the open directory
     * @param above the rules above it
     * @param before the snapshot before, if any
     * @throws IOException when the directory itself cannot be read
     */
    Node.Directory walk(Directory root, IgnoreFiles above, Node.@Nullable Directory before)
            throws IOException {
        String prefix = location.prefix();
        var place = new Place("", prefix, above.rules(), above.ignored(), before);
        return walk(root, root.entries(), place);
    }

    private Node.Directory walk(Directory directory, List<DiskEntry> entries, Place place) {
        stop.check();
        Node.Directory before = place.before();
        IgnoreRules rules = place.trackedOnly() ? place.outer() : rules(directory, entries, place);
        boolean sameRules =
                before != null
                        && before.rules() == rules
                        && before.trackedOnly() == place.trackedOnly();
        var names = new KnownNames(before == null ? List.of() : before.children());
        List<Node> children = new ArrayList<>(entries.size());
        for (DiskEntry entry : entries) {
            Node old = names.find(entry.name());
            boolean ignored =
                    place.trackedOnly()
                            || isIgnored(entry, place.prefix(), rules, sameRules ? old : null);
            var name = new FoundName(directory, entry, place.prefix(), rules, ignored, old);
            Node node = entry.name().equals(DOT_GIT) ? null : node(name);
            if (node != null) {
                children.add(node);
            }
        }
        sparse.addTo(children, place.prefix(), before);
        return trees.directory(place.name(), rules, place.trackedOnly(), children, before);
    }

    /**
     * Whether the rules ignore a name.
     *
     * @param judged what the same rules made of it in the snapshot before, if anything
     */
    private static boolean isIgnored(
            DiskEntry entry, String prefix, IgnoreRules rules, @Nullable Node judged) {
        boolean directory = entry.stamp().isDirectory();
        if (judged != null && judged.isVerdictOn(directory)) {
            return judged.isIgnored();
        }
        return rules.ignores(prefix + entry.name(), directory);
    }

    private @Nullable Node node(FoundName name) {
        return name.stamp().isDirectory() ? subdirectory(name) : files.node(name);
    }

    private IgnoreRules rules(Directory directory, List<DiskEntry> entries, Place place) {
        DiskEntry file = find(entries, IgnoreFiles.NAME);
        if (file == null || !file.stamp().isRegular()) {
            return place.outer();
        }
        Node.Directory before = place.before();
        boolean sameFile =
                place.before(IgnoreFiles.NAME) instanceof Node.Blob blob
                        && !blob.racy()
                        && blob.stamp().equals(file.stamp());
        if (before != null && sameFile && before.rules().isRightBefore(place.outer())) {
            return before.rules();
        }
        String content = contents.text(directory, IgnoreFiles.NAME);
        return before != null && before.rules().isMadeFrom(place.outer(), content)
                ? before.rules()
                : place.outer().with(place.prefix(), content);
    }

    private static @Nullable DiskEntry find(List<DiskEntry> sorted, String name) {
        for (DiskEntry entry : sorted) {
            int order = entry.name().compareTo(name);
            if (order >= 0) {
                return order == 0 ? entry : null;
            }
        }
        return null;
    }

    private @Nullable Node subdirectory(FoundName name) {
        if (name.ignored()
                && !tracked.containsBelow(name.path())
                && !tracked.contains(name.path())) {
            return new Node.Ignored(name.name(), true);
        }
        if (!GitNames.isAllowed(name.name(), name.stamp())) {
            return name.left(Reasons.NAME);
        }
        ObjectId submodule = tracked.submodule(name.path());
        try (Directory child = name.directory().open(name.entry())) {
            List<DiskEntry> entries = child.entries();
            if (submodule != null) {
                return submodule(name, entries, submodule);
            }
            if (isRepository(name.path(), entries)) {
                return name.left(Reasons.NESTED);
            }
            Node.Directory before = name.old() instanceof Node.Directory old ? old : null;
            return walk(
                    child,
                    entries,
                    new Place(
                            name.name(), name.path() + "/", name.rules(), name.ignored(), before));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            return name.left(Reasons.unreadable(e));
        }
    }

    /** Git looks into a nested repository only where it tracks something. */
    private boolean isRepository(String path, List<DiskEntry> entries) throws IOException {
        return find(entries, DOT_GIT) != null
                && !tracked.containsBelow(path)
                && GitLocation.isBoundary(onDisk(path).resolve(DOT_GIT));
    }

    private Path onDisk(String path) {
        return RawNames.resolve(location.workTree(), path);
    }

    /** A submodule stands at the commit of its own HEAD, or at the tracked one until it has any. */
    private Node submodule(FoundName name, List<DiskEntry> entries, ObjectId tracked) {
        if (entries.isEmpty()) {
            return new Node.Carried(name.name(), FileMode.GITLINK.getBits(), tracked);
        }
        if (find(entries, DOT_GIT) == null) {
            return name.left(Reasons.SUBMODULE);
        }
        ObjectId head = ProjectRepository.headOf(onDisk(name.path()));
        return new Node.Carried(
                name.name(), FileMode.GITLINK.getBits(), head == null ? tracked : head);
    }
}
