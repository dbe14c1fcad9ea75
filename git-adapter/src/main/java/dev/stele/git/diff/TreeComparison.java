package dev.stele.git.diff;

import dev.stele.domain.port.TreeDiff;
import dev.stele.domain.port.TreeDiff.FileDiff;
import dev.stele.domain.port.TreeDiff.Origin;
import dev.stele.git.disk.RawNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jgit.diff.DiffConfig;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.diff.RenameDetector;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Compares two trees, and finds what was renamed. The user's own settings for diffs do not count.
 */
final class TreeComparison {

    /** As many paths as come and go are looked at for renames: their number squared is the work. */
    private static final int MOST_RENAMES = 1_000;

    private final ObjectReader reader;
    private final CommittedFiles commits;

    /**
     * @param reader finds the objects of both trees
     * @param commits how the commits differ that HEAD stood at
     */
    TreeComparison(ObjectReader reader, CommittedFiles commits) {
        this.reader = reader;
        this.commits = commits;
    }

    TreeDiff compare(ComparedState from, ComparedState to) throws IOException {
        List<DiffEntry> entries = new ArrayList<>(renamed(differences(from, to)));
        // A path that changes its kind is deleted first.
        entries.sort(
                Comparator.comparing(TreeComparison::path)
                        .thenComparing(entry -> entry.getChangeType() != ChangeType.DELETE));
        var patches = new FilePatches(reader);
        List<FileDiff> files = new ArrayList<>(entries.size());
        for (DiffEntry entry : entries) {
            FileDiff file = patches.of(entry);
            files.add(commits.contains(entry) ? file.withOrigin(Origin.HEAD) : file);
        }
        return new TreeDiff(files, commits.move());
    }

    private static String path(DiffEntry entry) {
        return entry.getChangeType() == ChangeType.DELETE ? entry.getOldPath() : entry.getNewPath();
    }

    private List<DiffEntry> differences(ComparedState from, ComparedState to) throws IOException {
        List<DiffEntry> differences = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(from.tree());
            walk.addTree(to.tree());
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.setRecursive(true);
            while (walk.next()) {
                if (isTold(walk, from, to)) {
                    differences.add(new RawEntry(walk));
                }
            }
        }
        return differences;
    }

    /** What one state has no word about neither came nor went. */
    private static boolean isTold(TreeWalk walk, ComparedState from, ComparedState to) {
        String path = RawNames.raw(walk.getRawPath());
        return !(walk.getRawMode(0) == 0 && from.leavesOut(path))
                && !(walk.getRawMode(1) == 0 && to.leavesOut(path));
    }

    private List<DiffEntry> renamed(List<DiffEntry> differences) throws IOException {
        var detector = new RenameDetector(reader, new Config().get(DiffConfig.KEY));
        detector.setRenameLimit(MOST_RENAMES);
        detector.setBigFileThreshold(FilePatches.LARGEST_TEXT);
        detector.addAll(differences);
        return detector.compute().stream().map(RawEntry::withoutCopy).toList();
    }
}
