package dev.stele.git.index;

import dev.stele.git.disk.DiskStamps;
import dev.stele.git.disk.RawNames;
import dev.stele.git.disk.Stamp;
import dev.stele.git.index.TrackedPaths.Entry;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.ProjectRepository;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's index as it was read last. Immutable.
 *
 * @param stamp the index file, or null when there was none
 * @param racy whether it could be replaced without another stamp
 * @param opened directories that a sparse index holds as one entry although they are on the disk,
 *     read from their trees
 * @param inFile what the file says
 * @param paths the same with the opened directories
 */
public record UserIndex(
        @Nullable Stamp stamp,
        boolean racy,
        List<String> opened,
        TrackedPaths inFile,
        TrackedPaths paths) {

    private static final Logger LOG = LoggerFactory.getLogger(UserIndex.class);

    /**
     * Reads the index, or takes it from before when it is still the same. One that cannot be read
     * is no obstacle: then what HEAD holds counts as tracked.
     *
     * @param before what was read earlier, if anything
     * @param readAt see {@link Stamp#isRacy}
     */
    public static UserIndex read(
            ProjectRepository repository, @Nullable UserIndex before, long readAt)
            throws IOException {
        Stamp stamp = stamp(repository);
        if (before != null
                && !before.racy
                && before.stamp != null
                && before.stamp.equals(stamp)
                && before.opened.equals(opened(repository, before.inFile))) {
            return before;
        }
        List<Entry> entries = entries(repository);
        TrackedPaths inFile = TrackedPaths.of(entries);
        List<String> opened = opened(repository, inFile);
        boolean racy = stamp == null || stamp.isRacy(readAt);
        if (before != null && before.inFile.isSameAs(inFile) && before.opened.equals(opened)) {
            return new UserIndex(stamp, racy, opened, before.inFile, before.paths);
        }
        return new UserIndex(
                stamp,
                racy,
                opened,
                inFile,
                opened.isEmpty() ? inFile : withTrees(repository, entries, opened));
    }

    private static @Nullable Stamp stamp(ProjectRepository repository) throws IOException {
        try {
            return DiskStamps.of(repository.index());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static List<Entry> entries(ProjectRepository repository) throws IOException {
        try {
            List<Entry> entries = IndexFile.read(repository.index(), repository.idLength());
            return repository.isForeign() ? understood(repository, entries) : entries;
        } catch (CorruptIndexException e) {
            LOG.warn(
                    "The index {} cannot be read ({}); what HEAD holds counts as tracked.",
                    repository.index(),
                    e.getMessage());
            return ofHead(repository);
        }
    }

    /** Ids of a repository of another format name nothing where checkpoints are kept. */
    private static List<Entry> understood(ProjectRepository repository, List<Entry> entries) {
        if (entries.stream().anyMatch(Entry::leftOut)) {
            throw new GitFailure(
                    "The repository "
                            + repository.location().commonDir()
                            + " has a sparse checkout, and a format from which Stele cannot carry"
                            + " what it leaves out; run 'git sparse-checkout disable'.");
        }
        return entries.stream()
                .filter(entry -> !FileMode.GITLINK.equals(entry.mode().getBits()))
                .toList();
    }

    private static List<Entry> ofHead(ProjectRepository repository) throws IOException {
        ObjectId head = repository.head();
        if (head == null) {
            return List.of();
        }
        try (RevWalk walk = new RevWalk(repository.jgit())) {
            ObjectId tree = walk.parseCommit(head).getTree();
            return entries(repository.jgit(), tree, "", false);
        }
    }

    /** The entries of a tree and all below it. */
    private static List<Entry> entries(
            Repository repository, ObjectId tree, String prefix, boolean leftOut)
            throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(tree);
            walk.setRecursive(true);
            while (walk.next()) {
                entries.add(
                        new Entry(
                                prefix + RawNames.raw(walk.getRawPath()),
                                walk.getFileMode(0),
                                walk.getObjectId(0),
                                leftOut));
            }
        }
        return entries;
    }

    private static List<String> opened(ProjectRepository repository, TrackedPaths paths) {
        var top = repository.location().workTree();
        return paths.leftOutBelow("").stream()
                .filter(entry -> FileMode.TREE.equals(entry.mode().getBits()))
                .map(Entry::path)
                .filter(path ->
                        Files.isDirectory(RawNames.resolve(top, path), LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    private static TrackedPaths withTrees(
            ProjectRepository repository, List<Entry> entries, List<String> opened)
            throws IOException {
        List<Entry> expanded = new ArrayList<>();
        for (Entry entry : entries) {
            if (opened.contains(entry.path())) {
                expanded.addAll(entries(repository.jgit(), entry.id(), entry.path() + "/", true));
            } else {
                expanded.add(entry);
            }
        }
        return TrackedPaths.of(expanded);
    }

    /** Writes it for {@link #load}. */
    @SuppressWarnings("ReferenceEquality")
    public void save(DataOutput out) throws IOException {
        Stamp.write(stamp, out);
        out.writeBoolean(racy);
        out.writeInt(opened.size());
        for (String directory : opened) {
            out.writeUTF(directory);
        }
        inFile.write(out);
        out.writeBoolean(paths != inFile);
        if (paths != inFile) {
            paths.write(out);
        }
    }

    /** Reads what {@link #save} wrote. */
    public static UserIndex load(DataInput in) throws IOException {
        Stamp stamp = Stamp.read(in);
        boolean racy = in.readBoolean();
        List<String> opened = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            opened.add(in.readUTF());
        }
        TrackedPaths inFile = TrackedPaths.read(in);
        TrackedPaths paths = in.readBoolean() ? TrackedPaths.read(in) : inFile;
        return new UserIndex(stamp, racy, opened, inFile, paths);
    }
}
