package dev.stele.git.capture;

import dev.stele.domain.model.CheckpointStats;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.domain.model.GitHead;
import dev.stele.git.disk.Directory;
import dev.stele.git.index.IgnoreFiles;
import dev.stele.git.index.TrackedPaths;
import dev.stele.git.index.UserIndex;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.NewObjects;
import dev.stele.git.repository.ProjectRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** One capture of a project's directory into a objects. */
final class Capture {

    private final ProjectRepository repository;
    private final CaptureLimits limits;
    private final NewObjects objects;
    private final @Nullable Snapshot before;
    private final long readAt;
    private final Vigil vigil;
    private final StopSign stop;

    Capture(
            ProjectRepository repository,
            CaptureLimits limits,
            NewObjects objects,
            @Nullable Snapshot before,
            long readAt,
            Vigil vigil,
            StopSign stop) {
        this.repository = repository;
        this.limits = limits;
        this.objects = objects;
        this.before = before;
        this.readAt = readAt;
        this.vigil = vigil;
        this.stop = stop;
    }

    /**
     * What was found.
     *
     * @param root the project's directory
     * @param tree its tree, which may be empty
     * @param head where HEAD stands, if it is known
     * @param left what is left out: raw paths from the project's directory
     * @param limits how much could be held
     */
    record Captured(
            Folder root,
            ObjectId tree,
            IgnoreFiles above,
            UserIndex index,
            @Nullable GitHead head,
            List<LeftPath> left,
            CheckpointStats.Limits limits) {

        CheckpointMessage message(CheckpointRequest request) {
            return new CheckpointMessage(
                    request.description(),
                    request.threadId(),
                    request.checkpointId(),
                    head,
                    root.files(),
                    root.bytes(),
                    left,
                    limits);
        }

        Snapshot snapshot(String ref, ObjectId commit, Snapshot.Terms terms) {
            return new Snapshot(ref, commit, root, above, index, terms);
        }
    }

    Captured run(Directory directory) throws IOException {
        UserIndex index =
                UserIndex.read(repository, before == null ? null : before.index(), readAt);
        IgnoreFiles above = IgnoreFiles.above(repository, before == null ? null : before.above());
        requireNotIgnored(above, index.paths());
        if (before != null) {
            objects.ofChanges();
        }
        var trees = new TreeBuilder(objects);
        var contents = new ContentReader(objects, stop);
        var files = new FileScan(repository, index.paths(), limits, contents, readAt);
        Folder root =
                scan(index.paths(), trees, contents, files)
                        .walk(directory, above, before == null ? null : before.root());
        files.require(root.files(), root.bytes());
        ObjectId tree = root.tree();
        List<LeftPath> left = new ArrayList<>();
        collectLeft(root, "", left);
        return new Captured(
                root,
                tree == null ? trees.emptyTree() : tree,
                above,
                index,
                repository.whereHeadIs(),
                left,
                limits.told());
    }

    private TreeScan scan(
            TrackedPaths tracked, TreeBuilder trees, ContentReader contents, FileScan files) {
        boolean sameTracked = before != null && before.index().paths() == tracked;
        var scope =
                new Scope(
                        repository.location(),
                        tracked,
                        sameTracked,
                        repository.fileMode(),
                        vigil,
                        stop,
                        readAt);
        return new TreeScan(
                scope, new SparsePaths(tracked, trees, sameTracked), trees, contents, files);
    }

    private void requireNotIgnored(IgnoreFiles above, TrackedPaths tracked) {
        String prefix = repository.location().prefix();
        if (above.ignored() && !tracked.containsBelow(prefix.substring(0, prefix.length() - 1))) {
            throw new GitFailure(
                    "The directory "
                            + repository.location().directory()
                            + " is ignored by the repository "
                            + repository.location().workTree()
                            + "; run 'git init' in it to make it a repository of its own.");
        }
    }

    private static void collectLeft(Folder directory, String prefix, List<LeftPath> left) {
        if (directory.left() == 0) {
            return;
        }
        for (Node child : directory.children()) {
            switch (child) {
                case Node.Left(var name, var why) -> left.add(new LeftPath(prefix + name, why));
                case Folder below -> collectLeft(below, prefix + below.name() + "/", left);
                case Node.Blob _, Node.Carried _, Node.Ignored _ -> {
                    // In the checkpoint, or not meant to be.
                }
            }
        }
    }
}
