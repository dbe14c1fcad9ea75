package dev.stele.git.diff;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.domain.port.TreeDiff;
import dev.stele.domain.port.TreeDiffException;
import dev.stele.domain.port.TreeDiffs;
import dev.stele.domain.port.TreeState;
import dev.stele.git.capture.Checkpoints;
import dev.stele.git.capture.CurrentTree;
import dev.stele.git.capture.HeldCheckpoint;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.HeldObjects;
import dev.stele.git.repository.ProjectRepository;
import dev.stele.git.repository.Repositories;
import dev.stele.git.repository.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Compares checkpoints with each other, and with the working tree as a checkpoint would hold it
 * now. What a checkpoint could not hold when it was taken, and what is ignored now, neither came
 * nor went. Whether the working tree takes part or not, nothing is written into the user's
 * repository. Thread-safe.
 */
public final class GitTreeDiffs implements TreeDiffs {

    private final Repositories repositories;
    private final Checkpoints checkpoints;
    private final Path directory;

    /**
     * @param repositories finds where checkpoints are kept
     * @param checkpoints reads checkpoints and working trees
     * @param directory where what is read from a working tree is kept for the time of a comparison
     */
    public GitTreeDiffs(Repositories repositories, Checkpoints checkpoints, Path directory) {
        this.repositories = repositories;
        this.checkpoints = checkpoints;
        this.directory = directory;
    }

    @Override
    public TreeDiff diff(String project, TreeState from, TreeState to) {
        try (ProjectRepository repository = open(project, from);
                Scratch scratch = Scratch.in(directory);
                HeldObjects objects = repository.heldObjects(scratch.objects())) {
            var states = new States(repository, objects.reader(), scratch);
            ComparedState before = states.read(from);
            ComparedState after = states.read(to);
            var commits =
                    CommittedFiles.between(
                            objects.reader(),
                            repository.location().prefix(),
                            before.head(),
                            after.head());
            return new TreeComparison(objects.reader(), commits).compare(before, after);
        } catch (GitFailure e) {
            throw new TreeDiffException(e.sentence(), e);
        } catch (MissingObjectException e) {
            throw new TreeDiffException(
                    "The repository of "
                            + project
                            + " lacks the object "
                            + e.getObjectId().name()
                            + " of a checkpoint; fetch it if the repository is a partial clone, or"
                            + " compare with another checkpoint.",
                    e);
        } catch (IOException e) {
            throw new TreeDiffException(
                    "The states of " + project + " cannot be compared: " + e.getMessage(), e);
        }
    }

    private ProjectRepository open(String project, TreeState state) throws IOException {
        return switch (state) {
            case TreeState.Held(var ref) -> repositories.openFor(Path.of(project), ref);
            case TreeState.Current() -> repositories.open(Path.of(project));
        };
    }

    /** Reads states of one project. */
    private final class States {
        private final ProjectRepository repository;
        private final ObjectReader reader;
        private final Scratch scratch;

        States(ProjectRepository repository, ObjectReader reader, Scratch scratch) {
            this.repository = repository;
            this.reader = reader;
            this.scratch = scratch;
        }

        ComparedState read(TreeState state) throws IOException {
            return switch (state) {
                case TreeState.Held(var ref) -> held(checkpoints.open(repository, reader, ref));
                case TreeState.Current() -> {
                    CurrentTree current = checkpoints.current(repository, scratch.objects());
                    yield new ComparedState(
                            current.tree(), current::leavesOut, repository.whereHeadIs());
                }
            };
        }
    }

    private static ComparedState held(HeldCheckpoint checkpoint) {
        Set<String> left = new HashSet<>();
        checkpoint.left().stream().map(LeftPath::path).forEach(left::add);
        return new ComparedState(checkpoint.tree(), path -> isIn(left, path), checkpoint.head());
    }

    /** Whether a path or a directory above it is among some. */
    private static boolean isIn(Set<String> paths, String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (paths.contains(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }
}
