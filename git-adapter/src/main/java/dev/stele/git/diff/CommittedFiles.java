package dev.stele.git.diff;

import dev.stele.domain.model.GitHead;
import dev.stele.domain.port.TreeDiff.HeadMove;
import dev.stele.git.disk.RawNames;
import dev.stele.git.repository.CommitTrees;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * How the commits differ that HEAD stood at in two states: a file that differs likewise came with
 * the move of HEAD, or was committed. Raw paths are from the project's directory.
 *
 * @param move how HEAD moved, or null when it did not or that is not known
 * @param files what differs between the commits; empty when one of them is gone by now
 */
record CommittedFiles(@Nullable HeadMove move, Map<String, Change> files) {

    /** How a file differs. */
    private record Change(
            FileMode oldMode,
            AbbreviatedObjectId oldId,
            FileMode newMode,
            AbbreviatedObjectId newId) {}

    /**
     * Compares them.
     *
     * @param prefix of the project in its repository: empty, or with a slash at its end
     */
    static CommittedFiles between(
            ObjectReader reader, String prefix, @Nullable GitHead from, @Nullable GitHead to)
            throws IOException {
        if (from == null || to == null || !to.differsFrom(from)) {
            return new CommittedFiles(null, Map.of());
        }
        try {
            return new CommittedFiles(
                    new HeadMove(from, to), changes(reader, prefix, from.commit(), to.commit()));
        } catch (MissingObjectException e) {
            // A branch was rewritten, and nothing tells any more what it held.
            return new CommittedFiles(new HeadMove(from, to), Map.of());
        }
    }

    private static Map<String, Change> changes(
            ObjectReader reader, String prefix, @Nullable String from, @Nullable String to)
            throws IOException {
        Map<String, Change> changes = new HashMap<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            CommitTrees.add(walk, from, prefix);
            CommitTrees.add(walk, to, prefix);
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.setRecursive(true);
            while (walk.next()) {
                var entry = new RawEntry(walk);
                changes.put(
                        RawNames.raw(walk.getRawPath()),
                        new Change(
                                entry.getOldMode(),
                                entry.getOldId(),
                                entry.getNewMode(),
                                entry.getNewId()));
            }
        }
        return changes;
    }

    /** Whether a file differs as the commits do. */
    boolean contains(DiffEntry entry) {
        return entry.getChangeType() == ChangeType.RENAME
                ? went(files.get(entry.getOldPath()), entry) && came(entry)
                : equal(files.get(path(entry)), entry);
    }

    private static String path(DiffEntry entry) {
        return entry.getChangeType() == ChangeType.DELETE ? entry.getOldPath() : entry.getNewPath();
    }

    private static boolean equal(@Nullable Change change, DiffEntry entry) {
        return change != null
                && change.oldMode().equals(entry.getOldMode())
                && change.newMode().equals(entry.getNewMode())
                && change.oldId().equals(entry.getOldId())
                && change.newId().equals(entry.getNewId());
    }

    private static boolean went(@Nullable Change old, DiffEntry entry) {
        return old != null
                && old.newMode().equals(FileMode.MISSING)
                && old.oldMode().equals(entry.getOldMode())
                && old.oldId().equals(entry.getOldId());
    }

    private boolean came(DiffEntry entry) {
        Change now = files.get(entry.getNewPath());
        return now != null
                && now.oldMode().equals(FileMode.MISSING)
                && now.newMode().equals(entry.getNewMode())
                && now.newId().equals(entry.getNewId());
    }
}
