package dev.stele.git.operation;

import dev.stele.git.capture.Checkpoints;
import dev.stele.git.disk.RawNames;
import dev.stele.git.operation.CommitScope.Span;
import dev.stele.git.repository.HeldObjects;
import dev.stele.git.repository.ProjectRepository;
import dev.stele.git.repository.Repositories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Finds what was changed in spans of time and has not been committed since: by the content of the
 * checkpoints around them, and of the commits at which HEAD stood then and stands now. Thread-safe.
 */
final class OwnChanges {

    private static final int FROM = 0;
    private static final int TO = 1;
    private static final int HEAD_THEN = 2;
    private static final int HEAD_NOW = 3;

    private final Repositories repositories;
    private final Checkpoints checkpoints;

    /**
     * @param repositories finds where checkpoints are kept
     * @param checkpoints reads them
     */
    OwnChanges(Repositories repositories, Checkpoints checkpoints) {
        this.repositories = repositories;
        this.checkpoints = checkpoints;
    }

    /** The raw paths, from the project's directory. */
    Set<String> in(Path directory, List<Span> spans) throws IOException {
        Set<String> paths = new HashSet<>();
        try (ProjectRepository repository = repositories.open(directory);
                HeldObjects objects = repository.heldObjects()) {
            ObjectReader reader = objects.reader();
            ObjectId now = repository.head();
            for (Span span : spans) {
                try (TreeWalk walk = new TreeWalk(reader)) {
                    walk.addTree(checkpoints.open(repository, reader, span.fromRef()).tree());
                    walk.addTree(checkpoints.open(repository, reader, span.toRef()).tree());
                    String then = checkpoints.open(repository, reader, span.headRef()).head();
                    String prefix = repository.location().prefix();
                    addTree(walk, then == null ? null : ObjectId.fromString(then), now, prefix);
                    addTree(walk, now, now, prefix);
                    collect(walk, paths);
                }
            }
        }
        return paths;
    }

    /**
     * Adds the project's part of a commit to a walk.
     *
     * @param commit null for none
     * @param instead taken when the commit is gone, as after a branch was rewritten
     */
    private static void addTree(
            TreeWalk walk, @Nullable ObjectId commit, @Nullable ObjectId instead, String prefix)
            throws IOException {
        ObjectReader reader = walk.getObjectReader();
        ObjectId tree;
        try {
            tree = tree(reader, commit, prefix);
        } catch (MissingObjectException e) {
            tree = tree(reader, instead, prefix);
        }
        if (tree == null) {
            walk.addTree(new EmptyTreeIterator());
        } else {
            walk.addTree(tree);
        }
    }

    private static @Nullable ObjectId tree(
            ObjectReader reader, @Nullable ObjectId commit, String prefix) throws IOException {
        if (commit == null) {
            return null;
        }
        try (RevWalk commits = new RevWalk(reader)) {
            ObjectId top = commits.parseCommit(commit).getTree();
            if (prefix.isEmpty()) {
                return top;
            }
            String path = RawNames.display(prefix.substring(0, prefix.length() - 1));
            try (TreeWalk walk = TreeWalk.forPath(reader, path, top)) {
                boolean there = walk != null && walk.getFileMode(0).equals(FileMode.TREE);
                return there ? walk.getObjectId(0) : null;
            }
        }
    }

    private static void collect(TreeWalk walk, Set<String> paths) throws IOException {
        walk.setFilter(TreeFilter.ANY_DIFF);
        walk.setRecursive(true);
        while (walk.next()) {
            boolean changed = !isSame(walk, FROM, TO);
            boolean committedWithin = isSame(walk, TO, HEAD_THEN);
            boolean committedSince = !isSame(walk, HEAD_THEN, HEAD_NOW);
            if (changed && !committedWithin && !committedSince) {
                paths.add(RawNames.raw(walk.getRawPath()));
            }
        }
    }

    private static boolean isSame(TreeWalk walk, int one, int other) {
        return walk.getRawMode(one) == walk.getRawMode(other) && walk.idEqual(one, other);
    }
}
