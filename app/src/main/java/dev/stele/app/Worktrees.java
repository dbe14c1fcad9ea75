package dev.stele.app;

import dev.stele.app.config.SteleHome;
import dev.stele.app.error.SteleException;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.OrchestrationCommand.WorktreeCommand.AddWorktree;
import dev.stele.domain.command.OrchestrationCommand.WorktreeCommand.MergeWorktree;
import dev.stele.domain.command.OrchestrationCommand.WorktreeCommand.RemoveWorktree;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Worktree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Linked working trees of projects, so that several agents work on one repository at once. Each is
 * a project of its own, in Stele's home, with a branch of its own: threads, checkpoints, commits
 * and all else work in it as in any project. Thread-safe.
 */
public final class Worktrees {
    private static final String BRANCHES = "stele/";
    private static final int NAME_LENGTH = 40;

    private final Stele stele;
    private final Operations operations;

    Worktrees(Stele stele, Operations operations) {
        this.stele = stele;
        this.operations = operations;
    }

    /**
     * Makes a worktree and waits for the end of it. Its branch is {@code stele/} and its name. A
     * worktree of that name that was removed is brought back on its branch instead.
     *
     * @param projectId the project; for a worktree, the project that it is of is taken
     * @param name its name, made of letters, digits, dots, hyphens and underscores
     * @param from the revision where a new branch starts; null is the project's HEAD
     * @return the work, {@link dev.stele.domain.model.OperationState.Recorded} with the commit that
     *     it stands at, or {@link dev.stele.domain.model.OperationState.Failed}
     * @throws SteleException.Refused when the name cannot be one, there is no such project, or
     *     something is being done with that worktree
     * @throws SteleException.Unavailable when Stele is closed meanwhile, or its log fails
     * @throws InterruptedException when the waiting thread is interrupted; the work goes on
     */
    public Operation.AddWorktree add(ProjectId projectId, String name, @Nullable String from)
            throws InterruptedException {
        AddWorktree add = adding(projectId, name, from);
        return operations.ask(add, add.operationId(), Operation.AddWorktree.class);
    }

    /**
     * Begins to make a worktree, as {@link #add} does, and waits for nothing. Threads may be begun
     * in it at once: their turns wait until it is there.
     *
     * @param projectId the project; for a worktree, the project that it is of is taken
     * @param name its name, made of letters, digits, dots, hyphens and underscores
     * @param from the revision where a new branch starts; null is the project's HEAD
     * @return the work; what comes of it is a fact in the log
     * @throws SteleException.Refused when the name cannot be one, there is no such project, or
     *     something is being done with that worktree
     * @throws SteleException.Unavailable when Stele is closed meanwhile, or its log fails
     */
    public OperationId beginAdd(ProjectId projectId, String name, @Nullable String from) {
        AddWorktree add = adding(projectId, name, from);
        stele.execute(add);
        return add.operationId();
    }

    private AddWorktree adding(ProjectId projectId, String name, @Nullable String from) {
        requireName(name);
        OrchestrationReadModel model = stele.model();
        Project parent = parent(model, projectId);
        OperationId id = Ids.operation();
        Project known = find(model, parent.id(), name);
        return known != null && known.worktree() != null
                ? again(id, known, known.worktree(), from)
                : anew(id, parent, name, from);
    }

    private static AddWorktree again(
            OperationId id, Project known, Worktree worktree, @Nullable String from) {
        return new AddWorktree(
                id,
                known.id(),
                worktree.projectId(),
                known.name(),
                known.path(),
                worktree.top(),
                worktree.branch(),
                from,
                Instant.now());
    }

    private AddWorktree anew(OperationId id, Project parent, String name, @Nullable String from) {
        Path top = folder(parent).resolve(name);
        return new AddWorktree(
                id,
                Ids.project(),
                parent.id(),
                name,
                top.resolve(inRepository(Path.of(parent.path()))).toString(),
                top.toString(),
                BRANCHES + name,
                from,
                Instant.now());
    }

    /** Where the worktrees of a project are: a folder by its name, and of no other project. */
    private Path folder(Project parent) {
        OrchestrationReadModel model = stele.model();
        Path all = new SteleHome(home()).worktrees();
        String name = slug(parent.name(), "project");
        Path folder = all.resolve(name);
        for (int i = 2; isOfAnother(model, folder, parent.id()); i++) {
            folder = all.resolve(name + "-" + i);
        }
        return folder;
    }

    private Path home() {
        try {
            return stele.home().root().toRealPath();
        } catch (IOException e) {
            throw new SteleException.InvalidHome(
                    "The home directory " + stele.home().root() + " cannot be entered.", e);
        }
    }

    private static boolean isOfAnother(
            OrchestrationReadModel model, Path folder, ProjectId parent) {
        return model.projects()
                .values()
                .exists(project ->
                        project.worktree() != null
                                && !project.worktree().projectId().equals(parent)
                                && Path.of(project.worktree().top()).startsWith(folder));
    }

    /** The place of a project in its repository: it has the same one in the worktree. */
    private static Path inRepository(Path directory) {
        for (Path top = directory; top != null; top = top.getParent()) {
            if (Files.exists(top.resolve(".git"))) {
                return top.relativize(directory);
            }
        }
        return Path.of("");
    }

    /**
     * {@return a name for a new worktree that nothing has yet, made of some text}
     *
     * @param projectId the project; for a worktree, the project that it is of is taken
     * @param text what it is for
     */
    public String freeName(ProjectId projectId, String text) {
        OrchestrationReadModel model = stele.model();
        Project parent = parent(model, projectId);
        String stem = slug(text, "work");
        String name = stem;
        for (int i = 2; isTaken(model, parent, name); i++) {
            name = stem + "-" + i;
        }
        return name;
    }

    private boolean isTaken(OrchestrationReadModel model, Project parent, String name) {
        return find(model, parent.id(), name) != null || Files.exists(folder(parent).resolve(name));
    }

    /** Small letters and digits with hyphens between them, whatever a text holds. */
    static String slug(String text, String otherwise) {
        String slug =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String cut =
                slug.length() <= NAME_LENGTH
                        ? slug
                        : slug.substring(0, NAME_LENGTH).replaceAll("-[^-]*$", "");
        return cut.isEmpty() ? otherwise : cut;
    }

    private static void requireName(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new SteleException.Refused(
                    new DeciderError.InvalidInput(
                            "name",
                            "it is made of letters, digits, dots, hyphens and underscores, and"
                                    + " begins with a letter or digit."));
        }
    }

    /**
     * Removes the files of a worktree and waits for the end of it. Its branch, threads and
     * checkpoints stay. It fails, and names the paths, where something would be lost that neither a
     * commit nor the checkpoint holds; what git ignores goes.
     *
     * @param worktreeId the worktree
     * @param threadId the thread of it that a checkpoint is taken for first; null takes none
     * @return the work, {@link dev.stele.domain.model.OperationState.Recorded} with the commit that
     *     its branch holds, or {@link dev.stele.domain.model.OperationState.Failed}
     * @throws SteleException.Refused when it is no worktree, is removed already, or somebody is at
     *     work in it
     * @throws SteleException.Unavailable when Stele is closed meanwhile, or its log fails
     * @throws InterruptedException when the waiting thread is interrupted; the work goes on
     */
    public Operation.RemoveWorktree remove(ProjectId worktreeId, @Nullable ThreadId threadId)
            throws InterruptedException {
        OperationId id = Ids.operation();
        return operations.ask(
                new RemoveWorktree(id, worktreeId, threadId, Instant.now()),
                id,
                Operation.RemoveWorktree.class);
    }

    /**
     * Merges the branch of a worktree into the branch that is checked out in its project, and waits
     * for the end of it. What is not committed there stays as it is. Where both have changed the
     * same, or something uncommitted is in the way, it fails, names the paths, and changes nothing.
     *
     * @param worktreeId the worktree
     * @return the work, {@link dev.stele.domain.model.OperationState.Recorded} with the commit that
     *     the project's branch holds then, or {@link dev.stele.domain.model.OperationState.Failed}
     * @throws SteleException.Refused when it is no worktree, or somebody is at work in one of the
     *     two directories
     * @throws SteleException.Unavailable when Stele is closed meanwhile, or its log fails; the next
     *     start takes back or finishes what was begun
     * @throws InterruptedException when the waiting thread is interrupted; the work goes on
     */
    public Operation.MergeWorktree merge(ProjectId worktreeId) throws InterruptedException {
        OperationId id = Ids.operation();
        return operations.ask(
                new MergeWorktree(id, worktreeId, Instant.now()),
                id,
                Operation.MergeWorktree.class);
    }

    /**
     * {@return the worktrees of a project, there or removed, oldest first}
     *
     * @param model the state that is asked
     * @param projectId the project; for a worktree, the project that it is of is taken
     */
    public static List<Project> of(OrchestrationReadModel model, ProjectId projectId) {
        ProjectId parent = parent(model, projectId).id();
        return model.projects()
                .values()
                .toJavaStream()
                .filter(project ->
                        project.worktree() != null && project.worktree().projectId().equals(parent))
                .sorted(Comparator.comparing(Project::createdAt))
                .toList();
    }

    private static @Nullable Project find(
            OrchestrationReadModel model, ProjectId parent, String name) {
        return of(model, parent).stream()
                .filter(project -> project.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static Project parent(OrchestrationReadModel model, ProjectId id) {
        Project project = model.project(id);
        Worktree worktree = project == null ? null : project.worktree();
        Project parent = worktree == null ? project : model.project(worktree.projectId());
        if (parent == null) {
            throw new SteleException.Refused(new DeciderError.ProjectNotFound(id));
        }
        return parent;
    }
}
