package dev.stele.git.capture;

import dev.stele.git.disk.Directory;
import dev.stele.git.disk.DiskEntry;
import dev.stele.git.disk.IgnoreRules;
import dev.stele.git.disk.Stamp;
import dev.stele.git.index.IgnoreFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One walk over a working tree, by several threads. What the snapshot before knows and the stamps
 * confirm is neither read nor judged again; and where a directory's own stamp confirms its names,
 * they are not even listed.
 */
final class TreeScan {

    private static final int[] NONE = {};

    /** So many files or directories one thread has looked at before another one is awake. */
    private static final int LITTLE = 100;

    private final Scope scope;
    private final SparsePaths sparse;
    private final TreeBuilder trees;
    private final ContentReader contents;
    private final FileScan files;
    private final Subdirectories subdirectories;
    private final Crew crew = new Crew();

    TreeScan(
            Scope scope,
            SparsePaths sparse,
            TreeBuilder trees,
            ContentReader contents,
            FileScan files) {
        this.scope = scope;
        this.sparse = sparse;
        this.trees = trees;
        this.contents = contents;
        this.files = files;
        this.subdirectories = new Subdirectories(scope, this::walk);
    }

    /**
     * A directory to be walked.
     *
     * @param prefix its raw path from the top, empty or with a slash at its end
     * @param outer the rules above it
     * @param trackedOnly whether it is ignored itself
     * @param before what it was in the snapshot before
     */
    record Place(
            String name,
            String prefix,
            IgnoreRules outer,
            boolean trackedOnly,
            @Nullable Folder before) {

        @Nullable Node before(String child) {
            return before == null ? null : before.child(child);
        }

        /** The rules that its names were judged by, when they come from the rules above it. */
        boolean hadSameOuterRules(Folder folder) {
            Judgement judged = folder.judgement();
            return judged.trackedOnly() == trackedOnly
                    && (judged.rules() == outer
                            || (!trackedOnly && judged.rules().isRightBefore(outer)));
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
    Folder walk(Directory root, IgnoreFiles above, @Nullable Folder before) throws IOException {
        String prefix = scope.location().prefix();
        var place = new Place("", prefix, above.rules(), above.ignored(), before);
        scope.vigil().enter("");
        boolean little =
                before != null && (before.files() < LITTLE || scope.vigil().touched() < LITTLE);
        return crew.begin(
                () -> {
                    if (walk(root, place) instanceof Folder folder) {
                        return folder;
                    }
                    throw new IllegalStateException("A project is a folder.");
                },
                little);
    }

    private Node walk(Directory directory, Place place) throws IOException {
        scope.stop().check();
        Folder before = place.before();
        if (before != null && isConfirmed(directory.stamp(), place, before)) {
            Folder confirmed = confirm(directory, place, before);
            if (confirmed != null) {
                return confirmed;
            }
        }
        return list(directory, place);
    }

    /** Whether a directory still has the names that it had, and the same is to be made of them. */
    private boolean isConfirmed(Stamp now, Place place, Folder before) {
        return now.equals(before.judgement().listed())
                && before.hasKnownRules()
                && place.hadSameOuterRules(before)
                && scope.isTrackedAsIn(before, place.prefix());
    }

    /**
     * The folder of a directory that has the names that it had.
     *
     * @return null when it has to be listed all the same
     */
    private @Nullable Folder confirm(Directory directory, Place place, Folder before)
            throws IOException {
        int[] changed =
                scope.vigil().isUntouched(scope.fromProject(place.prefix())) && !before.hasShared()
                        ? NONE
                        : directory.changed(before.listing());
        if (Arrays.binarySearch(changed, before.listing().find(IgnoreFiles.NAME)) >= 0) {
            return null;
        }
        var found = new ArrayList<FoundName>();
        int next = 0;
        for (int i = 0; i < before.size(); i++) {
            boolean other = next < changed.length && changed[next] == i;
            next += other ? 1 : 0;
            if (other || before.isUnsettled(i)) {
                FoundName name = again(directory, place, before, i);
                if (name == null) {
                    return null;
                }
                found.add(name);
            }
        }
        return revised(before, place, found);
    }

    /** A known name as it is now, or null when it is gone or another kind of thing. */
    private @Nullable FoundName again(Directory directory, Place place, Folder before, int index)
            throws IOException {
        String name = before.listing().name(index);
        IgnoreRules rules = before.judgement().rules();
        Node old = before.node(index);
        if (old instanceof Folder folder) {
            Stamp listed = folder.judgement().listed();
            Stamp stamp = listed == null ? stamp(directory, name) : listed;
            return stamp == null || !stamp.isDirectory()
                    ? null
                    : new FoundName(
                            directory,
                            new DiskEntry(name, stamp),
                            place.prefix(),
                            rules,
                            folder.judgement().trackedOnly(),
                            old);
        }
        Stamp stamp = stamp(directory, name);
        if (stamp == null || (old instanceof Node.Blob && stamp.isDirectory())) {
            return null;
        }
        var entry = new DiskEntry(name, stamp);
        boolean ignored = place.trackedOnly() || isIgnored(entry, place.prefix(), rules, old);
        return new FoundName(directory, entry, place.prefix(), rules, ignored, old);
    }

    private static @Nullable Stamp stamp(Directory directory, String name) throws IOException {
        try {
            return directory.stamp(name);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private @Nullable Folder revised(Folder before, Place place, List<FoundName> found)
            throws IOException {
        List<@Nullable Node> nodes = nodes(found);
        List<Node> children = null;
        for (int i = 0; i < found.size(); i++) {
            Node node = nodes.get(i);
            Node old = found.get(i).old();
            if (node == null) {
                return null;
            }
            if (!isSame(node, old)) {
                children = children == null ? before.children() : children;
                children.set(before.listing().find(node.name()), node);
            }
        }
        return children == null
                ? before
                : trees.folder(place.name(), before.judgement(), children, before);
    }

    /** Folders that are the same are the same object. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Node node, @Nullable Node old) {
        return node == old || (!(node instanceof Folder) && node.equals(old));
    }

    private Node list(Directory directory, Place place) throws IOException {
        List<DiskEntry> entries = directory.entries();
        if (subdirectories.isRepository(place, entries)) {
            return new Node.Left(place.name(), Reasons.NESTED);
        }
        Folder before = place.before();
        IgnoreRules rules = place.trackedOnly() ? place.outer() : rules(directory, entries, place);
        var judgement = new Judgement(rules, place.trackedOnly(), listed(directory, entries));
        boolean sameRules = before != null && before.judgement().isSameVerdict(judgement);
        var names = new KnownNames(before == null ? List.of() : before.children());
        List<FoundName> found = new ArrayList<>(entries.size());
        for (DiskEntry entry : entries) {
            Node old = names.find(entry.name());
            boolean ignored =
                    place.trackedOnly()
                            || isIgnored(entry, place.prefix(), rules, sameRules ? old : null);
            if (!entry.name().equals(Subdirectories.DOT_GIT)) {
                found.add(new FoundName(directory, entry, place.prefix(), rules, ignored, old));
            }
        }
        List<Node> children = new ArrayList<>(found.size());
        nodes(found).stream().filter(Objects::nonNull).forEach(children::add);
        sparse.addTo(children, place.prefix(), before);
        return trees.folder(place.name(), judgement, children, before);
    }

    /** A directory that holds git's own may become a repository without another stamp. */
    private @Nullable Stamp listed(Directory directory, List<DiskEntry> entries) {
        Stamp stamp = directory.stamp();
        return stamp.isRacy(scope.readAt())
                        || DiskEntry.find(entries, Subdirectories.DOT_GIT) != null
                ? null
                : stamp;
    }

    /** What names come to, in their order; null for what has vanished. */
    private List<@Nullable Node> nodes(List<FoundName> found) {
        return crew.all(found, subdirectories::isLarge, this::node);
    }

    private @Nullable Node node(FoundName name) {
        return name.stamp().isDirectory() ? subdirectories.node(name) : files.node(name);
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

    private IgnoreRules rules(Directory directory, List<DiskEntry> entries, Place place) {
        DiskEntry file = DiskEntry.find(entries, IgnoreFiles.NAME);
        if (file == null || !file.stamp().isRegular()) {
            return place.outer();
        }
        Folder before = place.before();
        IgnoreRules known = before == null ? null : before.judgement().rules();
        boolean sameFile =
                place.before(IgnoreFiles.NAME) instanceof Node.Blob blob
                        && !blob.racy()
                        && blob.stamp().equals(file.stamp());
        if (known != null && sameFile && known.isRightBefore(place.outer())) {
            return known;
        }
        String content = contents.text(directory, IgnoreFiles.NAME);
        return known != null && known.isMadeFrom(place.outer(), content)
                ? known
                : place.outer().with(place.prefix(), content);
    }
}
