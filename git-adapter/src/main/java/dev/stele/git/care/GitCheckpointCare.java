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
import dev.stele.git.capture.Checkpoints;
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

    /** No packing lasts as long as that: a process that died has left it. */
    private static final Duration ABANDONED = Duration.ofHours(12);

    private static final Logger LOG = LoggerFactory.getLogger(GitCheckpointCare.class);

    private final Repositories repositories;
    private final Checkpoints checkpoints;
    private final InstantSource clock;
    private final Duration limit;

    /**
     * @param repositories finds where checkpoints are kept
     * @param checkpoints packs anew what it takes
     * @param clock tells how old things are
     * @param limit how long git may take to count
     */
    public GitCheckpointCare(
            Repositories repositories,
            Checkpoints checkpoints,
            InstantSource clock,
            Duration limit) {
        this.repositories = repositories;
        this.checkpoints = checkpoints;
        this.clock = clock;
        this.limit = limit;
    }

    @Override
    public CheckpointReport examine(OrchestrationReadModel model, Repair repair) {
        List<Place> places = new ArrayList<>();
        for (Project project : model.projects().values()) {
            if (!isRemoved(project)) {
                places.add(examine(model, project, repair));
            }
        }
        places.sort(Comparator.comparing(Place::directory));
        return new CheckpointReport(
                places,
                new HomeFindings(repositories)
                        .find(
                                clock.instant(),
                                new OperationLeftovers(model, repair != Repair.NONE),
                                repair != Repair.NONE));
    }

    /** The checkpoints of a removed worktree are in the repository of its project. */
    private static boolean isRemoved(Project project) {
        return project.worktree() != null
                && project.worktree().standing() == Worktree.Standing.REMOVED;
    }

    private Place examine(OrchestrationReadModel model, Project project, Repair repair) {
        int thinned = thinned(model, project);
        if (project.worktree() != null && !Files.isDirectory(Path.of(project.path()))) {
            return failed(
                    project,
                    thinned,
                    "The directory of the worktree "
                            + project.name()
                            + " is gone; add the worktree again, then it comes back on its branch,"
                            + " or remove it.");
        }
        try (ProjectRepository repository = open(Path.of(project.path()))) {
            return repository == null
                    ? new Place(project.path(), 0, 0, thinned, true, 0L, List.of(), null)
                    : examine(model, project, repository, repair);
        } catch (GitFailure e) {
            return failed(project, thinned, e.sentence());
        } catch (IOException e) {
            return failed(project, thinned, String.valueOf(e.getMessage()));
        }
    }

    private static Place failed(Project project, int thinned, String why) {
        return new Place(project.path(), 0, 0, thinned, false, null, List.of(), why);
    }

    private static int thinned(OrchestrationReadModel model, Project project) {
        int thinned = 0;
        for (ThreadId id : project.threads().values()) {
            ChatThread thread = model.thread(id);
            for (CheckpointId one :
                    thread == null ? List.<CheckpointId>of() : thread.checkpoints()) {
                Checkpoint checkpoint = model.checkpoint(one);
                if (checkpoint != null && checkpoint.state() instanceof CheckpointState.Thinned) {
                    thinned++;
                }
            }
        }
        return thinned;
    }

    /** Nothing is made for a directory that never had a checkpoint. */
    private @Nullable ProjectRepository open(Path project) {
        GitLocation location = GitLocation.search(project);
        if (location != null && !ProjectRepository.isForeign(location)) {
            return ProjectRepository.open(location);
        }
        OwnRepository own = repositories.existing(project);
        return own == null ? null : own.open(project);
    }

    private Place examine(
            OrchestrationReadModel model,
            Project project,
            ProjectRepository repository,
            Repair repair)
            throws IOException {
        boolean remove = repair != Repair.NONE;
        CheckpointRefs refs = repository.checkpoints();
        List<Finding> findings = new ArrayList<>();
        for (Leftover leftover : refs.leftovers(clock.instant())) {
            if (remove) {
                leftover.remove();
            }
            findings.add(new Finding(kind(leftover), leftover.name(), remove));
        }
        GitLocation users = GitLocation.search(Path.of(project.path()));
        if (users != null) {
            findings.addAll(new OperationLeftovers(model, remove).inGitDir(users.gitDir()));
        }
        int strangers = addRefs(new RefReview(model), refs, remove, findings);
        int left = refs.names().size();
        addMissing(model, project, repository, findings);
        for (Project other : model.projects().values()) {
            if (isRemoved(other) && isOf(other, project)) {
                addMissing(model, other, repository, findings);
            }
        }
        OwnRepository own = repositories.existing(Path.of(project.path()));
        if (own != null) {
            addPacks(Path.of(project.path()), own, repair, findings);
        }
        boolean isOwn = own != null && own.gitDir().equals(repository.location().gitDir());
        return new Place(
                project.path(),
                left,
                strangers,
                thinned(model, project),
                isOwn,
                own != null && isOwn ? Long.valueOf(own.size()) : bytes(repository),
                findings,
                null);
    }

    private static boolean isOf(Project worktree, Project project) {
        return worktree.worktree() != null && worktree.worktree().projectId().equals(project.id());
    }

    /** Tells how many refs are none of this home's. */
    private static int addRefs(
            RefReview review, CheckpointRefs refs, boolean remove, List<Finding> findings)
            throws IOException {
        int strangers = 0;
        for (String name : refs.names()) {
            Kind wrong =
                    switch (review.of(name)) {
                        case STRANGE -> {
                            strangers++;
                            yield null;
                        }
                        case NEEDLESS -> Kind.NEEDLESS_REF;
                        case KNOWN -> refs.isWhole(name) ? null : Kind.DANGLING_REF;
                    };
            if (wrong != null) {
                if (remove) {
                    refs.delete(name);
                }
                findings.add(new Finding(wrong, name, remove));
            }
        }
        return strangers;
    }

    private void addPacks(Path project, OwnRepository own, Repair repair, List<Finding> findings)
            throws IOException {
        for (Path file : own.unfinished(clock.instant().minus(ABANDONED))) {
            if (repair != Repair.NONE) {
                Files.deleteIfExists(file);
            }
            findings.add(new Finding(Kind.UNFINISHED_PACK, file.toString(), repair != Repair.NONE));
        }
        boolean scattered = own.isScattered();
        if (repair == Repair.ALL) {
            checkpoints.consolidate(project, new StopSign());
        }
        if (scattered) {
            findings.add(
                    new Finding(Kind.MANY_PACKS, own.gitDir().toString(), repair == Repair.ALL));
        }
    }

    private static Kind kind(Leftover leftover) {
        return switch (leftover.what()) {
            case EMPTY_REF -> Kind.EMPTY_REF;
            case LOCK -> Kind.OLD_LOCK;
            case PACK -> Kind.UNFINISHED_PACK;
        };
    }

    /** What the log says is there, and is not. Nothing brings it back. */
    private void addMissing(
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
                        && repository.checkpoint(ready.gitRef()) == null
                        && repositories.holding(ready.gitRef()).isEmpty()) {
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
