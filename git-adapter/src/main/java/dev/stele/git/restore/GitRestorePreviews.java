package dev.stele.git.restore;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.RestorePreview;
import dev.stele.domain.port.RestorePreview.Action;
import dev.stele.domain.port.RestorePreview.OthersChange;
import dev.stele.domain.port.RestorePreview.PlannedPath;
import dev.stele.domain.port.RestorePreviews;
import dev.stele.domain.port.TreeDiffException;
import dev.stele.git.capture.Checkpoints;
import dev.stele.git.capture.CurrentTree;
import dev.stele.git.capture.HeldCheckpoint;
import dev.stele.git.change.FileState;
import dev.stele.git.change.FileStates;
import dev.stele.git.change.Histories;
import dev.stele.git.change.PathChange;
import dev.stele.git.change.Place;
import dev.stele.git.change.RestoreRecords;
import dev.stele.git.change.Spans;
import dev.stele.git.disk.RawNames;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.HeldObjects;
import dev.stele.git.repository.ProjectRepository;
import dev.stele.git.repository.Repositories;
import dev.stele.git.repository.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Plans restores as {@link Restores} does, and does nothing of it. What it has to write on the way
 * goes into a directory of its own that is deleted with it. Thread-safe.
 */
public final class GitRestorePreviews implements RestorePreviews {

    private final Repositories repositories;
    private final Checkpoints checkpoints;
    private final RestoreRecords records;
    private final Path directory;

    /**
     * @param repositories finds where checkpoints are kept
     * @param checkpoints reads checkpoints and working trees
     * @param records knows what restores have done
     * @param directory where what is read from a working tree is kept meanwhile
     */
    public GitRestorePreviews(
            Repositories repositories,
            Checkpoints checkpoints,
            RestoreRecords records,
            Path directory) {
        this.repositories = repositories;
        this.checkpoints = checkpoints;
        this.records = records;
        this.directory = directory;
    }

    @Override
    public RestorePreview preview(
            OrchestrationReadModel model,
            CheckpointId checkpointId,
            @Nullable ChangeSelection selection) {
        Checkpoint checkpoint = model.checkpoint(checkpointId);
        String project = checkpoint == null ? null : model.directoryOf(checkpoint.threadId());
        if (checkpoint == null
                || project == null
                || !(checkpoint.state() instanceof CheckpointState.Ready ready)) {
            throw new TreeDiffException(
                    "The checkpoint " + checkpointId + " is not there, or holds nothing.", null);
        }
        try (ProjectRepository repository = repositories.open(Path.of(project));
                Scratch scratch = Scratch.in(directory);
                HeldObjects objects = repository.heldObjects(scratch.objects())) {
            CurrentTree current = checkpoints.current(repository, scratch.objects());
            ObjectReader reader = objects.reader();
            HeldCheckpoint target = checkpoints.open(repository, reader, ready.gitRef());
            return new Preview(
                            model, checkpoint, repository, reader, now(repository, current), target)
                    .of(selection);
        } catch (GitFailure e) {
            throw new TreeDiffException(e.sentence(), e);
        } catch (IOException e) {
            throw new TreeDiffException(
                    "It cannot be told what a restore in "
                            + project
                            + " would do: "
                            + e.getMessage(),
                    e);
        }
    }

    /** The directory as the safety checkpoint would hold it. */
    private static HeldCheckpoint now(ProjectRepository repository, CurrentTree current)
            throws IOException {
        return new HeldCheckpoint(
                current.tree(), repository.whereHeadIs(), List.of(), Set.of(), _ -> null);
    }

    /** One preview. */
    private final class Preview {
        private final OrchestrationReadModel model;
        private final Checkpoint checkpoint;
        private final ProjectRepository repository;
        private final ObjectReader reader;
        private final HeldCheckpoint now;
        private final HeldCheckpoint target;

        Preview(
                OrchestrationReadModel model,
                Checkpoint checkpoint,
                ProjectRepository repository,
                ObjectReader reader,
                HeldCheckpoint now,
                HeldCheckpoint target) {
            this.model = model;
            this.checkpoint = checkpoint;
            this.repository = repository;
            this.reader = reader;
            this.now = now;
            this.target = target;
        }

        RestorePreview of(@Nullable ChangeSelection asked) throws IOException {
            List<OthersChange> others = others();
            ChangeSelection selection =
                    asked != null
                            ? asked
                            : others.isEmpty()
                                    ? new ChangeSelection.All()
                                    : new ChangeSelection.Own();
            RestoreChoice choice = RestoreChoices.of(model, checkpoint, selection, Long.MAX_VALUE);
            var taking = new Taking(choice, repository, reader, checkpoints, records);
            Surroundings surroundings =
                    Surroundings.of(repository, checkpoints.tracked(repository));
            RestorePlan plan =
                    new Planner(repository, reader, now, target, taking, surroundings.tracked())
                            .plan();
            return told(plan, surroundings, selection, others);
        }

        private RestorePreview told(
                RestorePlan plan,
                Surroundings surroundings,
                ChangeSelection selection,
                List<OthersChange> others)
                throws IOException {
            var place = new Place(repository.location().directory());
            var states = new FileStates(place, _ -> null, repository.fileMode());
            var rehearsal = new Rehearsal(place, surroundings, states, plan);
            List<PlannedPath> paths = new ArrayList<>();
            List<LeftPath> left = new ArrayList<>(plan.left());
            for (Step step : plan.steps()) {
                String obstacle = rehearsal.obstacle(step);
                if (obstacle == null) {
                    paths.add(new PlannedPath(action(step, plan), RawNames.display(step.path())));
                } else {
                    left.add(new LeftPath(step.path(), obstacle));
                }
            }
            paths.sort(Comparator.comparing(PlannedPath::path));
            return new RestorePreview(
                    checkpoint.id(),
                    selection,
                    paths,
                    shown(left.stream().filter(Preview::isIgnored).toList()),
                    shown(left.stream().filter(path -> !isIgnored(path)).toList()),
                    others);
        }

        private static boolean isIgnored(LeftPath path) {
            return path.why().equals(Unspoken.IGNORED) || path.why().equals(Planner.STAYS);
        }

        private static List<LeftPath> shown(List<LeftPath> raw) {
            return raw.stream()
                    .map(left -> new LeftPath(RawNames.display(left.path()), left.why()))
                    .toList();
        }

        private static Action action(Step step, RestorePlan plan) {
            if (step.isDeletion()) {
                return Action.DELETE;
            }
            if (plan.merged().contains(step.path())) {
                return Action.MERGE;
            }
            return step.from() == null ? Action.CREATE : Action.OVERWRITE;
        }

        /** What differs from the checkpoint and is not the work of its thread alone. */
        private List<OthersChange> others() throws IOException {
            Histories all =
                    Histories.read(
                            repository,
                            reader,
                            checkpoints,
                            records,
                            Spans.ofAllSince(model, checkpoint));
            var unspoken = new Unspoken(repository, reader, target);
            List<OthersChange> others = new ArrayList<>();
            try (TreeWalk walk = new TreeWalk(reader)) {
                walk.addTree(target.tree());
                walk.addTree(now.tree());
                walk.setFilter(TreeFilter.ANY_DIFF);
                walk.setRecursive(true);
                while (walk.next()) {
                    String path = RawNames.raw(walk.getRawPath());
                    boolean told = walk.getRawMode(0) != 0 || unspoken.reason(path) == null;
                    if (told && !isModule(walk)) {
                        addOthers(all, path, walk, others);
                    }
                }
            }
            return others;
        }

        private void addOthers(
                Histories all, String path, TreeWalk walk, List<OthersChange> others) {
            List<ThreadId> threads =
                    all.threads(path).stream()
                            .filter(id -> !id.equals(checkpoint.threadId()))
                            .toList();
            var whole = new PathChange(path, FileState.at(walk, 0), FileState.at(walk, 1));
            boolean outside = !all.tellAll(whole);
            if (outside || !threads.isEmpty()) {
                others.add(new OthersChange(RawNames.display(path), threads, outside));
            }
        }

        private static boolean isModule(TreeWalk walk) {
            return FileMode.GITLINK.equals(walk.getRawMode(0))
                    || FileMode.GITLINK.equals(walk.getRawMode(1));
        }
    }
}
