package dev.stele.app.server;

import dev.stele.app.Repositories;
import dev.stele.app.Stele;
import dev.stele.app.Worktrees;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Worktree;
import dev.stele.domain.port.RepositoryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Worktrees: which there are and how they stand, and new ones. Merging and removing are commands
 * like others.
 */
final class WorktreeRoutes {
    private static final int MOST_PATHS = 100;

    private final Stele stele;
    private final Repositories repositories;

    WorktreeRoutes(Stele stele) {
        this.stele = stele;
        this.repositories = stele.repositories();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/projects/{project}/worktrees", this::list),
                Route.post("/api/projects/{project}/worktrees", this::add));
    }

    /** Of a worktree, those of the project that it is of. */
    private Answer list(Call call) throws InterruptedException {
        OrchestrationReadModel model = stele.model();
        ProjectId id = call.id("project", ProjectId::new);
        ArrayNode worktrees = JsonNodeFactory.instance.arrayNode();
        for (Project project : Worktrees.of(model, id)) {
            worktrees.add(told(project, project.worktree()).node());
        }
        return Answer.json(
                Json.fields()
                        .put("sequence", model.sequence())
                        .put("project", of(model, known(model, id)).node())
                        .put("worktrees", worktrees),
                model.sequence());
    }

    /** Where merges go. */
    private Json.Fields of(OrchestrationReadModel model, Project project)
            throws InterruptedException {
        Worktree worktree = project.worktree();
        Project parent = worktree == null ? project : known(model, worktree.projectId());
        Json.Fields fields =
                Json.fields()
                        .put("id", parent.id().value())
                        .put("name", parent.name())
                        .put("path", parent.path());
        try {
            return fields.put("branch", repositories.of(parent.id()).branch());
        } catch (RepositoryException e) {
            return fields.put("trouble", e.getMessage());
        }
    }

    private Json.Fields told(Project project, @Nullable Worktree worktree)
            throws InterruptedException {
        Json.Fields fields =
                Json.fields()
                        .put("id", project.id().value())
                        .put("name", project.name())
                        .put("path", project.path())
                        .put("threads", project.threads().size());
        if (!project.threads().isEmpty()) {
            fields.put("newestThread", project.threads().last()._2().value());
        }
        if (worktree == null) {
            return fields;
        }
        boolean there =
                worktree.standing() == Worktree.Standing.THERE
                        && Files.isDirectory(Path.of(worktree.top()));
        fields.put("branch", worktree.branch())
                .put("top", worktree.top())
                .put("standing", worktree.standing().name().toLowerCase(Locale.ROOT))
                .put("there", there);
        try {
            fields.put("merge", RepositoryRoutes.fields(repositories.toMerge(project.id())).node());
            return there ? withUncommitted(fields, project) : fields;
        } catch (RepositoryException e) {
            return fields.put("trouble", e.getMessage());
        }
    }

    private Json.Fields withUncommitted(Json.Fields fields, Project project)
            throws InterruptedException {
        List<String> paths = repositories.uncommitted(project.id());
        ArrayNode some = JsonNodeFactory.instance.arrayNode();
        paths.stream().limit(MOST_PATHS).forEach(some::add);
        return fields.put("uncommitted", some).put("uncommittedCount", paths.size());
    }

    private Answer add(Call call) {
        ObjectNode body = Json.object(call.body(), "name", "about", "from");
        ProjectId project = call.id("project", ProjectId::new);
        known(stele.model(), project);
        String name = text(body, "name");
        String about = text(body, "about");
        String chosen =
                name != null
                        ? name
                        : stele.worktrees().freeName(project, about == null ? "" : about);
        OperationId id = stele.worktrees().beginAdd(project, chosen, text(body, "from"));
        OrchestrationReadModel model = stele.model();
        return Answer.json(
                Json.fields(stele.codec().encode(Objects.requireNonNull(model.operation(id))))
                        .put("name", chosen),
                model.sequence());
    }

    private static @Nullable String text(ObjectNode body, String name) {
        JsonNode value = body.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw Problem.of(422, "InvalidInput", name + " is a text.");
        }
        return value.stringValue().isBlank() ? null : value.stringValue().strip();
    }

    private static Project known(OrchestrationReadModel model, ProjectId id) {
        Project project = model.project(id);
        if (project == null) {
            throw Problem.refused(new DeciderError.ProjectNotFound(id));
        }
        return project;
    }
}
