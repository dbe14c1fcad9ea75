package dev.stele.app.server;

import dev.stele.app.Repositories;
import dev.stele.app.Stele;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.model.Operation;
import dev.stele.domain.port.CommitDistance;
import dev.stele.domain.port.RepositoryView;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What people choose from before a push, and how far it is. */
final class RepositoryRoutes {
    private final Stele stele;
    private final Repositories repositories;
    private final ProgressBoard progress;

    RepositoryRoutes(Stele stele, ProgressBoard progress) {
        this.stele = stele;
        this.repositories = stele.repositories();
        this.progress = progress;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/projects/{project}/repository", this::repository),
                Route.get("/api/projects/{project}/outgoing", this::outgoing, "branch", "remote"),
                Route.get("/api/operations/{operation}/progress", this::progress, "after"));
    }

    private Answer repository(Call call) throws InterruptedException {
        RepositoryView view = repositories.of(call.id("project", ProjectId::new));
        ArrayNode branches = array();
        view.branches()
                .forEach(branch ->
                        branches.add(
                                Json.fields()
                                        .put("name", branch.name())
                                        .put("commit", branch.commit())
                                        .put("upstream", branch.upstream())
                                        .node()));
        ArrayNode remotes = array();
        view.remotes()
                .forEach(remote ->
                        remotes.add(
                                Json.fields()
                                        .put("name", remote.name())
                                        .put("url", remote.url())
                                        .node()));
        return Answer.json(
                Json.fields()
                        .put("branch", view.branch())
                        .put("commit", view.commit())
                        .put("branches", branches)
                        .put("remotes", remotes)
                        .bytes());
    }

    private Answer outgoing(Call call) throws InterruptedException {
        String branch = call.required("branch", word -> word);
        String remote = call.required("remote", word -> word);
        return Answer.json(
                fields(repositories.toPush(call.id("project", ProjectId::new), branch, remote))
                        .bytes());
    }

    /** How far a branch is, with the commits that would go. */
    static Json.Fields fields(CommitDistance distance) {
        ArrayNode commits = array();
        distance.commits()
                .forEach(commit ->
                        commits.add(
                                Json.fields()
                                        .put("id", commit.id())
                                        .put("subject", commit.subject())
                                        .node()));
        Json.Fields fields = Json.fields().put("ahead", distance.ahead()).put("commits", commits);
        Integer behind = distance.behind();
        return behind == null ? fields : fields.put("behind", behind.longValue());
    }

    private Answer progress(Call call) {
        OperationId id = call.id("operation", OperationId::new);
        Operation operation = stele.model().operation(id);
        if (operation == null) {
            throw Problem.refused(new DeciderError.OperationNotFound(id));
        }
        List<ProgressBoard.Line> told = progress.of(id, call.number("after", 0, 0, Long.MAX_VALUE));
        ArrayNode lines = array();
        told.forEach(line ->
                lines.add(
                        Json.fields()
                                .put("number", line.number())
                                .put("line", line.line())
                                .put("passing", line.passing())
                                .node()));
        return Answer.json(
                Json.fields().put("open", operation.isOpen()).put("lines", lines).bytes());
    }

    private static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }
}
