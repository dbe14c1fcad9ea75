package dev.stele.app.server;

import dev.stele.app.Ids;
import dev.stele.app.Stele;
import dev.stele.contracts.CommandId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.*;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.*;
import dev.stele.domain.command.OrchestrationCommand.PolicyCommand.*;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.*;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.DispatchResult;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The way in: commands, and what a door does for them. */
final class CommandRoutes {
    private final Stele stele;
    private final Metrics metrics;

    CommandRoutes(Stele stele, Metrics metrics) {
        this.stele = stele;
        this.metrics = metrics;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/commands", this::command),
                Route.post("/api/projects", this::project),
                Route.post("/api/threads/{thread}/undo", this::undo));
    }

    private Answer command(Call call) {
        var envelope = new CommandEnvelope(id(call), Instant.now(), read(call.body()));
        long begin = System.nanoTime();
        DispatchResult result = stele.dispatch(envelope).join();
        long nanos = System.nanoTime() - begin;
        if (result instanceof DispatchResult.Accepted(var first, var last)) {
            metrics.commanded(200, nanos);
            return Answer.json(
                    Json.fields()
                            .put("commandId", envelope.commandId().value())
                            .put("first", first)
                            .put("last", last),
                    last);
        }
        Problem problem = Problem.of(result);
        metrics.commanded(problem.status(), nanos);
        throw problem;
    }

    private static CommandId id(Call call) {
        String key = call.header().apply("Idempotency-Key");
        try {
            return key == null ? Ids.command() : new CommandId(key);
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("Idempotency-Key: " + e.getMessage());
        }
    }

    /** A command whose time is not told gets that of its arrival. */
    private OrchestrationCommand read(byte[] body) {
        ObjectNode json = Json.object(body);
        if (!json.has("at")) {
            json.put("at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        }
        OrchestrationCommand command =
                stele.codec().decode(OrchestrationCommand.class, Json.bytes(json));
        String whose = notForClients(command);
        if (whose != null) {
            throw Problem.of(
                    403,
                    "NotForClients",
                    "%s is a command of %s, and nobody else sends it."
                            .formatted(command.getClass().getSimpleName(), whose));
        }
        return command;
    }

    /** Whose command it is, when it is none of people and programs. */
    private static @Nullable String notForClients(OrchestrationCommand command) {
        return switch (command) {
            case Report _, IngestProviderEvent _ -> "the parts of Stele that work outside";
            case ChangeWriter _, CompactLog _, EraseText _ -> "the log's own care";
            case JudgeAction _, StartQueuedPrompt _ -> "Stele's own reactors";
            case CreateProject _,
                    DeleteProject _,
                    RenameProject _,
                    CreateThread _,
                    DeleteThread _,
                    SelectThread _,
                    StartTurn _,
                    InterruptTurn _,
                    ApprovePendingAction _,
                    RejectPendingAction _,
                    CreateCheckpoint _,
                    RestoreCheckpoint _,
                    CommitChanges _,
                    CreateBranch _,
                    PushBranch _,
                    ThinCheckpoints _,
                    AbandonOperation _,
                    WorktreeCommand _,
                    QueuePrompt _,
                    EditQueuedPrompt _,
                    MoveQueuedPrompt _,
                    RemoveQueuedPrompt _,
                    SendQueuedPrompt _,
                    SetProjectPolicy _,
                    SetThreadPolicy _,
                    AcceptLogLoss _ ->
                    null;
        };
    }

    private Answer project(Call call) {
        JsonNode path = Json.object(call.body(), "path").get("path");
        if (path == null || !path.isString() || path.stringValue().isBlank()) {
            throw Problem.of(422, "InvalidInput", "Say in path which directory is the project.");
        }
        try {
            Path directory = directory(path.stringValue().strip());
            if (!directory.isAbsolute()) {
                throw Problem.of(
                        422, "InvalidInput", "Name the directory from the root on: " + directory);
            }
            return Answer.json(
                    Json.fields().put("projectId", stele.project(directory).value()),
                    stele.model().sequence());
        } catch (InvalidPathException e) {
            throw Problem.of(422, "InvalidInput", "That is no path: " + e.getMessage());
        }
    }

    /** A path as people write it: {@code ~} is the home of whoever runs this server. */
    private static Path directory(String path) {
        Path home = Path.of(System.getProperty("user.home"));
        if (path.equals("~")) {
            return home;
        }
        return path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path);
    }

    private Answer undo(Call call) {
        Json.requireEmpty(call.body());
        OperationId restore = stele.beginUndo(call.id("thread", ThreadId::new));
        return Answer.json(
                Json.fields().put("restoreId", restore.value()), stele.model().sequence());
    }
}
