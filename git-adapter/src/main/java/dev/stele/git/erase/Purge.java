package dev.stele.git.erase;

import dev.stele.git.disk.Trees;
import dev.stele.git.erase.GitObjects.Holder;
import dev.stele.git.repository.FileSync;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Removes objects from a repository that nothing holds any more. Packs are never changed: another
 * one with the rest is on the disk before one goes. For one thread at a time.
 */
final class Purge {

    /** What there may be beside a pack, which goes first: without it the others mean nothing. */
    private static final List<String> PARTS =
            List.of(".pack", ".idx", ".rev", ".bitmap", ".mtimes");

    /** Packs with one of these are not rewritten by git either. */
    private static final List<String> KEPT = List.of(".keep", ".promisor");

    private final Path objects;
    private final GitObjects git;
    private final List<Path> left = new ArrayList<>();

    Purge(Path gitDir, GitObjects git) {
        this.objects = gitDir.resolve("objects");
        this.git = git;
    }

    /**
     * Removes them.
     *
     * @param doomed what is to go; what is held by anybody stays
     * @return packs that still have some of them, since they are marked to be kept
     */
    List<Path> remove(Set<ObjectId> doomed) throws IOException {
        Set<ObjectId> free = new HashSet<>(doomed);
        free.removeAll(git.held(doomed, Holder.ANYBODY));
        if (free.isEmpty()) {
            return List.of();
        }
        boolean graph = removeGraph();
        for (ObjectId id : free) {
            Files.deleteIfExists(loose(id));
        }
        for (Path index : indexes()) {
            removeFrom(index, free);
        }
        if (graph) {
            git.writeCommitGraph();
        }
        return List.copyOf(left);
    }

    private Path loose(ObjectId id) {
        String name = id.name();
        return objects.resolve(name.substring(0, 2)).resolve(name.substring(2));
    }

    private List<Path> indexes() throws IOException {
        List<Path> indexes = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(objects.resolve("pack"), "pack-*.idx")) {
            found.forEach(indexes::add);
        } catch (NoSuchFileException e) {
            return indexes;
        }
        return indexes;
    }

    private void removeFrom(Path index, Set<ObjectId> free) throws IOException {
        PackIndex content = PackIndex.open(index.toFile());
        if (free.stream().noneMatch(content::hasObject)) {
            return;
        }
        Path pack = part(index, ".pack");
        if (KEPT.stream().anyMatch(kept -> Files.exists(part(index, kept)))) {
            left.add(pack);
            return;
        }
        List<ObjectId> rest = new ArrayList<>();
        content.forEach(entry -> {
            ObjectId id = entry.toObjectId();
            if (!free.contains(id)) {
                rest.add(id);
            }
        });
        if (Files.exists(pack) && !rest.isEmpty()) {
            git.pack(rest);
            FileSync.force(pack.resolveSibling(""));
        }
        removeMultiIndex();
        for (String part : PARTS) {
            Files.deleteIfExists(part(index, part));
        }
        FileSync.force(pack.resolveSibling(""));
    }

    private static Path part(Path index, String ending) {
        String name = index.getFileName().toString();
        return index.resolveSibling(name.substring(0, name.length() - ".idx".length()) + ending);
    }

    /** It names packs; git does without it, and writes it anew. */
    private void removeMultiIndex() throws IOException {
        removeAll(objects.resolve("pack"), "multi-pack-index*");
    }

    /** It names commits. Tells whether there was one. */
    private boolean removeGraph() throws IOException {
        return removeAll(objects.resolve("info"), "commit-graph*");
    }

    private static boolean removeAll(Path directory, String names) throws IOException {
        boolean any = false;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, names)) {
            for (Path path : found) {
                Trees.delete(path);
                any = true;
            }
        } catch (NoSuchFileException e) {
            return false;
        }
        return any;
    }
}
