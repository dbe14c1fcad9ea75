package dev.stele.app.server;

import dev.stele.app.Stele;
import dev.stele.app.config.Version;
import dev.stele.app.engine.NodeRole;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.ThreadUsage;
import dev.stele.domain.model.Transcript;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.Codec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The state: projects, threads, operations. */
final class ModelRoutes {
    private static final int THREADS = 200;
    private static final int OPERATIONS = 50;
    private static final int MOST = 1_000;

    /** The newest first; those of one moment have an order, too. */
    private static final Comparator<ChatThread> NEWEST_FIRST =
            Comparator.comparing(ChatThread::createdAt)
                    .thenComparing(thread -> thread.id().value())
                    .reversed();

    private final Stele stele;
    private final States states;
    private final @Nullable Path directory;
    private final Codec codec;

    ModelRoutes(Stele stele, States states, @Nullable Path directory) {
        this.stele = stele;
        this.states = states;
        this.directory = directory;
        this.codec = stele.codec();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/overview", this::overview, States.AT, "limit"),
                Route.get("/api/threads", this::threads, States.AT, "project", "limit", "before"),
                Route.get("/api/threads/{thread}", this::thread, States.AT),
                Route.get("/api/operations/{operation}", this::operation, States.AT));
    }

    private Answer overview(Call call) {
        OrchestrationReadModel model = states.of(call);
        ThreadId selected = model.selected();
        Page page = page(model, null, null, call.limit(THREADS, MOST));
        Json.Fields fields =
                Json.fields()
                        .put("sequence", model.sequence())
                        .put("writable", isWritable())
                        .put("home", stele.home().root().toString())
                        .put("version", Version.TEXT)
                        .put("directory", directory == null ? null : directory.toString())
                        .put("defaultAgent", stele.config().defaultAgent())
                        .array("projects", projects(model))
                        .put("threads", page.summaries(model, codec))
                        .put("more", page.more())
                        .put("selectedThread", selected == null ? null : selected.value())
                        .encoded("log", codec.encode(model.log()));
        return Answer.json(fields, model.sequence());
    }

    private boolean isWritable() {
        return stele.model().log().isReadable() && !(stele.role() instanceof NodeRole.Following);
    }

    private List<byte[]> projects(OrchestrationReadModel model) {
        return model.projects()
                .values()
                .toJavaStream()
                .sorted(Comparator.comparing(Project::createdAt))
                .map(project ->
                        Json.fields(codec.encode(Cut.of(project)))
                                .put("threads", project.threads().size())
                                .bytes())
                .toList();
    }

    private Answer threads(Call call) {
        OrchestrationReadModel model = states.of(call);
        ProjectId project = call.queried("project", ProjectId::new);
        if (project != null && model.project(project) == null) {
            throw Problem.refused(new DeciderError.ProjectNotFound(project));
        }
        ThreadId before = call.queried("before", ThreadId::new);
        ChatThread last = before == null ? null : known(model, before);
        Page page = page(model, project, last, call.limit(THREADS, MOST));
        return Answer.json(
                Json.fields()
                        .put("sequence", model.sequence())
                        .put("threads", page.summaries(model, codec))
                        .put("more", page.more()),
                model.sequence());
    }

    private static Page page(
            OrchestrationReadModel model,
            @Nullable ProjectId project,
            @Nullable ChatThread before,
            int limit) {
        List<ChatThread> wanted =
                model.threads()
                        .values()
                        .toJavaStream()
                        .filter(thread -> project == null || thread.projectId().equals(project))
                        .filter(thread ->
                                before == null || NEWEST_FIRST.compare(thread, before) > 0)
                        .sorted(NEWEST_FIRST)
                        .limit(limit + 1L)
                        .toList();
        boolean more = wanted.size() > limit;
        return new Page(more ? wanted.subList(0, limit) : wanted, more);
    }

    /**
     * Some threads.
     *
     * @param more whether there are older ones
     */
    private record Page(List<ChatThread> threads, boolean more) {
        ArrayNode summaries(OrchestrationReadModel model, Codec codec) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            threads.forEach(thread -> array.add(summary(thread, model, codec).node()));
            return array;
        }
    }

    private static Json.Fields summary(
            ChatThread thread, OrchestrationReadModel model, Codec codec) {
        Turn newest = thread.turns().isEmpty() ? null : model.turn(thread.turns().last());
        return Json.fields()
                .put("id", thread.id().value())
                .put("projectId", thread.projectId().value())
                .put("title", thread.title())
                .put("agent", thread.agent())
                .put("createdAt", thread.createdAt().toString())
                .encoded("status", codec.encode(thread.status()))
                .put("queue", thread.queue().waiting().size())
                .put("pending", pending(thread, model).size())
                .put("turns", thread.turns().size())
                .put("lastAt", newest == null ? null : Cut.newestTime(newest).toString());
    }

    private static List<PendingAction> pending(ChatThread thread, OrchestrationReadModel model) {
        TurnId open = thread.openTurn();
        Turn turn = open == null ? null : model.turn(open);
        return turn == null ? List.of() : turn.pending().asJava();
    }

    private Answer thread(Call call) {
        OrchestrationReadModel model = states.of(call);
        ChatThread thread = known(model, call.id("thread", ThreadId::new));
        Project project = model.project(thread.projectId());
        Json.Fields shown =
                Json.fields(codec.encode(Cut.of(thread)))
                        .put("turnCount", thread.turns().size())
                        .put("checkpointCount", thread.checkpoints().size());
        Json.Fields fields =
                Json.fields()
                        .put("sequence", model.sequence())
                        .put("thread", shown.node())
                        .encoded("pending", codec.encode(pending(thread, model)))
                        .encoded("usage", codec.encode(ThreadUsage.of(Cut.of(thread), model)))
                        .encoded("operations", codec.encode(operations(thread, model)))
                        .encoded("plan", plan(thread, model))
                        .encoded(
                                "queue",
                                codec.encode(
                                        thread.queue()
                                                .waiting()
                                                .toJavaStream()
                                                .map(model::queuedPrompt)
                                                .filter(Objects::nonNull)
                                                .toList()))
                        .encoded("project", project == null ? null : codec.encode(Cut.of(project)));
        return Answer.json(fields, model.sequence());
    }

    /** What the agent of the open turn wants to do; null when there is none. */
    private byte @Nullable [] plan(ChatThread thread, OrchestrationReadModel model) {
        TurnId open = thread.openTurn();
        Turn turn = open == null ? null : model.turn(open);
        Transcript.Live live = turn == null ? null : turn.live();
        return live == null ? null : codec.encode(live.plan());
    }

    /** The open ones, and the newest of the others, oldest first. */
    private static List<Operation> operations(ChatThread thread, OrchestrationReadModel model) {
        List<Operation> some = new ArrayList<>();
        int over = 0;
        for (OperationId id : thread.operations().reverse()) {
            Operation operation = model.operation(id);
            if (operation != null && (operation.isOpen() || over++ < OPERATIONS)) {
                some.add(operation);
            }
        }
        return some.reversed();
    }

    private Answer operation(Call call) {
        OrchestrationReadModel model = states.of(call);
        OperationId id = call.id("operation", OperationId::new);
        Operation operation = model.operation(id);
        if (operation == null) {
            throw Problem.refused(new DeciderError.OperationNotFound(id));
        }
        return Answer.json(Json.fields(codec.encode(operation)), model.sequence());
    }

    private static ChatThread known(OrchestrationReadModel model, ThreadId id) {
        ChatThread thread = model.thread(id);
        if (thread == null) {
            throw Problem.refused(new DeciderError.ThreadNotFound(id));
        }
        return thread;
    }
}
