package dev.stele.git.operation;

import dev.stele.git.capture.Checkpoints;
import dev.stele.git.disk.RawNames;
import dev.stele.git.repository.HeldObjects;
import dev.stele.git.repository.ProjectRepository;
import dev.stele.git.repository.Repositories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Tells which files a thread has changed that are not committed as it left them, by the checkpoints
 * around its turns and restores. Thread-safe.
 */
public final class OwnChanges {

    private final Repositories repositories;
    private final Checkpoints checkpoints;

    /**
     * @param repositories knows where checkpoints are
     * @param checkpoints looks into them
     */
    public OwnChanges(Repositories repositories, Checkpoints checkpoints) {
        this.repositories = repositories;
        this.checkpoints = checkpoints;
    }

    /**
     * One piece of a thread's work.
     *
     * @param from the ref of the checkpoint before it
     * @param to the ref of the checkpoint that shows what it led to
     */
    public record Work(String from, String to) {}

    /**
     * The files that it changed, as raw paths from the project's directory.
     *
     * @param directory the project's directory, absolute
     * @param works the thread's work, oldest first
     */
    public Set<String> of(Path directory, List<Work> works) throws IOException {
        try (ProjectRepository repository = repositories.open(directory);
                HeldObjects objects = repository.heldObjects()) {
            ObjectReader reader = objects.reader();
            Map<String, ObjectId> left = new HashMap<>();
            for (Work work : works) {
                note(
                        reader,
                        checkpoints.open(repository, reader, work.from()).tree(),
                        checkpoints.open(repository, reader, work.to()).tree(),
                        left);
            }
            return notCommitted(repository, reader, left);
        }
    }

    /** Notes what each file that differs was left as; the zero id stands for none. */
    private static void note(
            ObjectReader reader, ObjectId from, ObjectId to, Map<String, ObjectId> left)
            throws IOException {
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(from);
            walk.addTree(to);
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.setRecursive(true);
            while (walk.next()) {
                left.put(RawNames.raw(walk.getRawPath()), walk.getObjectId(1));
            }
        }
    }

    /**
     * What stands in HEAD as the thread left it is committed: a later change is somebody else's. A
     * mode does not count, nor does a file that git converts, so that in doubt a file is the
     * thread's.
     */
    private static Set<String> notCommitted(
            ProjectRepository repository, ObjectReader reader, Map<String, ObjectId> left)
            throws IOException {
        ObjectId head = repository.head();
        if (head != null && !left.isEmpty()) {
            Map<String, ObjectId> committed =
                    committed(reader, head, repository.location().prefix(), left.keySet());
            left.entrySet()
                    .removeIf(file ->
                            committed
                                    .getOrDefault(file.getKey(), ObjectId.zeroId())
                                    .equals(file.getValue()));
        }
        return left.keySet();
    }

    /** What a commit holds of some files below a prefix. */
    private static Map<String, ObjectId> committed(
            ObjectReader reader, ObjectId commit, String prefix, Set<String> paths)
            throws IOException {
        Map<String, ObjectId> committed = new HashMap<>();
        try (RevWalk commits = new RevWalk(reader);
                TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(commits.parseCommit(commit).getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                String path = RawNames.raw(walk.getRawPath());
                if (path.startsWith(prefix) && paths.contains(path.substring(prefix.length()))) {
                    committed.put(path.substring(prefix.length()), walk.getObjectId(0));
                }
            }
        }
        return committed;
    }
}
