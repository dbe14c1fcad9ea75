package dev.stele.git.care;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Worktree;
import dev.stele.domain.port.CheckpointCare;
import dev.stele.domain.port.CheckpointReport;
import dev.stele.domain.port.CheckpointReport.Finding;
import dev.stele.domain.port.CheckpointReport.Kind;
import dev.stele.domain.port.CheckpointReport.Place;
import dev.stele.git.capture.StopSign;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.CheckpointRefs;
import dev.stele.git.repository.CheckpointRefs.Leftover;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import dev.stele.git.repository.OwnRepository;
import dev.stele.git.repository.ProjectRepository;
import dev.stele.git.repository.Repositories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the checkpoints of projects in their repositories. Thread-safe. */
public final class GitCheckpointCare implements CheckpointCare {

    private static final Logger LOG = LoggerFactory.getLogger(GitCheckpointCare.class);

    private final Repositories repositories;
    private final InstantSource clock;
    private final Duration limit;

    /**
     * @param repositories finds where checkpoints are kept
     * @param clock tells how old things are
     * @param limit how long git may take to count
     */
    public GitCheckpointCare(Repositories repositories, InstantSource clock, Duration limit) {
        this.repositories = repositories;
        this.clock = clock;
        this.limit = limit;
    }

    @Override
    public CheckpointReport examine(OrchestrationReadModel model, boolean repair) {
        List<Place> places = new ArrayList<>();
        for (Project project : model.projects().values()) {
            if (!isRemoved(project)) {
                places.add(examine(model, project, repair));
            }
        }
        places.sort(Comparator.comparing(Place::directory));
        return new CheckpointReport(places);
    }

    /** The checkpoints of a removed worktree are in the repository of its project. */
    private static boolean isRemoved(Project project) {
        return project.worktree() != null
                && project.worktree().standing() == Worktree.Standing.REMOVED;
    }

    private Place examine(OrchestrationReadModel model, Project project, boolean repair) {
        if (project.worktree() != null && !Files.isDirectory(Path.of(project.path()))) {
            return new Place(
                    project.path(),
                    0,
                    0,
                    null,
                    List.of(),
                    "The directory of the worktree "
                            + project.name()
                            + " is gone; add the worktree again, then it comes back on its branch,"
                            + " or remove it.");
        }
        try (ProjectRepository repository = open(Path.of(project.path()))) {
            return repository == null
                    ? new Place(project.path(), 0, 0, 0L, List.of(), null)
                    : examine(model, project, repository, repair);
        } catch (GitFailure e) {
            return new Place(project.path(), 0, 0, null, List.of(), e.sentence());
        } catch (IOException e) {
            return new Place(project.path(), 0, 0, null, List.of(), String.valueOf(e.getMessage()));
        }
    }

    /** Nothing is made for a directory that never had a checkpoint. */
    private @Nullable ProjectRepository open(Path project) {
        GitLocation location = GitLocation.search(project);
        if (location != null) {
            return ProjectRepository.open(location);
        }
        OwnRepository own = repositories.existing(project);
        return own == null ? null : own.open(project);
    }

    private Place examine(
            OrchestrationReadModel model,
            Project project,
            ProjectRepository repository,
            boolean repair)
            throws IOException {
        CheckpointRefs refs = repository.checkpoints();
        List<Finding> findings = new ArrayList<>();
        for (Leftover leftover : refs.leftovers(clock.instant())) {
            if (repair) {
                leftover.remove();
            }
            findings.add(new Finding(kind(leftover), leftover.name(), repair));
        }
        List<String> names = refs.names();
        int strangers = 0;
        for (String name : names) {
            if (model.thread(threadOf(name)) == null) {
                strangers++;
            } else if (!refs.isWhole(name)) {
                if (repair) {
                    refs.delete(name);
                }
                findings.add(new Finding(Kind.DANGLING_REF, name, repair));
            }
        }
        addMissing(model, project, repository, findings);
        for (Project other : model.projects().values()) {
            if (isRemoved(other) && isOf(other, project)) {
                addMissing(model, other, repository, findings);
            }
        }
        return new Place(
                project.path(), names.size(), strangers, bytes(repository), findings, null);
    }

    private static boolean isOf(Project worktree, Project project) {
        return worktree.worktree() != null
                && worktree.worktree().projectId().equals(project.id());
    }

    private static ThreadId threadOf(String ref) {
        return CheckpointRefs.thread(ref);
    }

    private static Kind kind(Leftover leftover) {
        return switch (leftover.what()) {
            case EMPTY_REF -> Kind.EMPTY_REF;
            case LOCK -> Kind.OLD_LOCK;
            case PACK -> Kind.UNFINISHED_PACK;
        };
    }

    /** What the log says is there, and is not. Nothing brings it back. */
    private static void addMissing(
            OrchestrationReadModel model,
            Project project,
            ProjectRepository repository,
            List<Finding> findings)
            throws IOException {
        for (ThreadId id : project.threads().values()) {
            ChatThread thread = model.thread(id);
            if (thread == null) {
                continue;
            }
            for (CheckpointId checkpointId : thread.checkpoints()) {
                Checkpoint checkpoint = model.checkpoint(checkpointId);
                if (checkpoint != null
                        && checkpoint.state() instanceof CheckpointState.Ready ready
                        && repository.checkpoint(ready.gitRef()) == null) {
                    findings.add(new Finding(Kind.MISSING_REF, ready.gitRef(), false));
                }
            }
        }
    }

    /** Git counts what no branch and no tag holds; older ones cannot. */
    private @Nullable Long bytes(ProjectRepository repository) {
        try {
            GitRun run =
                    new GitProgram(repository.location().commonDir(), limit)
                            .run(
                                    new StopSign(),
                                    "--git-dir=" + repository.location().commonDir(),
                                    "rev-list",
                                    "--disk-usage",
                                    "--objects",
                                    "--glob=" + CheckpointRefs.PREFIX + "*",
                                    "--not",
                                    "--exclude=refs/stele/*",
                                    "--all");
            return run.succeeded() ? Long.valueOf(run.line()) : null;
        } catch (GitFailure | NumberFormatException e) {
            LOG.info("The size of checkpoints cannot be told.", e);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
