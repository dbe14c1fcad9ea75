package dev.stele.app.server;

import dev.stele.app.Stele;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Transcript;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.Codec;
import io.vavr.collection.Vector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What was said and done in a thread, in pages. */
final class TranscriptRoutes {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    private final Stele stele;
    private final States states;
    private final Codec codec;

    TranscriptRoutes(Stele stele, States states) {
        this.stele = stele;
        this.states = states;
        this.codec = stele.codec();
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/api/threads/{thread}/messages",
                        this::messages,
                        States.AT,
                        "before",
                        "limit"),
                Route.get("/api/threads/{thread}/turns", this::turns, States.AT, "before", "limit"),
                Route.get(
                        "/api/threads/{thread}/checkpoints",
                        this::checkpoints,
                        States.AT,
                        "before",
                        "limit"),
                Route.get("/api/turns/{turn}", this::turn, States.AT),
                Route.get("/api/turns/{turn}/messages", this::ofTurn, States.AT, "from", "limit"),
                Route.get("/api/checkpoints/{checkpoint}", this::checkpoint, States.AT));
    }

    /**
     * A place in a thread: before a message of a turn.
     *
     * @param index the turn's place among the thread's turns
     */
    private record Place(int index, int ordinal) {}

    private Answer messages(Call call) {
        OrchestrationReadModel model = states.of(call);
        ChatThread thread = known(model, call);
        Place place = place(call.query().get("before"), thread);
        int room = call.limit(USUAL, MOST);
        Deque<byte[]> items = new ArrayDeque<>();
        int index = place.index();
        int end = place.ordinal();
        while (items.size() < room && index >= 0) {
            TurnId turnId = thread.turns().get(index);
            Turn turn = model.turn(turnId);
            int size = turn == null ? 0 : Math.min(end, turn.transcript().size());
            int from = Math.max(0, size - (room - items.size()));
            List<Message> newest = newest(model, turnId, from, size);
            newest.reversed().forEach(message -> items.addFirst(item(turnId, message)));
            end = size - newest.size();
            if (end > 0) {
                break;
            }
            index--;
            end = Integer.MAX_VALUE;
        }
        Json.Fields fields =
                Json.fields()
                        .put("sequence", model.sequence())
                        .array("items", List.copyOf(items))
                        .put("before", before(thread, index, end));
        return Answer.json(fields, model.sequence());
    }

    private static Place place(@Nullable String before, ChatThread thread) {
        if (before == null) {
            return new Place(thread.turns().size() - 1, Integer.MAX_VALUE);
        }
        int slash = before.lastIndexOf('/');
        try {
            String turn = slash < 0 ? before : before.substring(0, slash);
            int ordinal =
                    slash < 0 ? Integer.MAX_VALUE : Integer.parseInt(before.substring(slash + 1));
            int index = thread.turns().lastIndexOf(new TurnId(turn));
            if (index >= 0 && ordinal >= 0) {
                return new Place(index, ordinal);
            }
        } catch (IllegalArgumentException _) {
            // the sentence below says what is wanted
        }
        throw Problem.malformed(
                "before is what an answer told: a turn of the thread, a slash and a number.");
    }

    private static @Nullable String before(ChatThread thread, int index, int end) {
        if (index < 0) {
            return null;
        }
        String turn = thread.turns().get(index).value();
        return end == Integer.MAX_VALUE ? turn : turn + "/" + end;
    }

    /** The last of some messages: a page may end early, and the newest are wanted. */
    private List<Message> newest(OrchestrationReadModel model, TurnId turn, int from, int end) {
        int start = from;
        while (start < end) {
            List<Message> page = stele.messages(model, turn, start, end - start).messages();
            if (page.isEmpty() || page.size() == end - start) {
                return page;
            }
            start += page.size();
        }
        return List.of();
    }

    private byte[] item(TurnId turn, Message message) {
        return Json.fields()
                .put("turnId", turn.value())
                .encoded("message", codec.encode(message))
                .bytes();
    }

    private Answer turns(Call call) {
        OrchestrationReadModel model = states.of(call);
        Vector<TurnId> all = known(model, call).turns();
        return page(
                call,
                model,
                "turns",
                all,
                TurnId::new,
                TurnId::value,
                id -> {
                    Turn turn = model.turn(id);
                    return turn == null ? null : bare(turn).bytes();
                });
    }

    private Answer checkpoints(Call call) {
        OrchestrationReadModel model = states.of(call);
        Vector<CheckpointId> all = known(model, call).checkpoints();
        return page(
                call,
                model,
                "checkpoints",
                all,
                CheckpointId::new,
                CheckpointId::value,
                id -> {
                    Checkpoint checkpoint = model.checkpoint(id);
                    return checkpoint == null ? null : codec.encode(checkpoint);
                });
    }

    /** A page of what a thread has in its order, the newest first. */
    private static <T> Answer page(
            Call call,
            OrchestrationReadModel model,
            String name,
            Vector<T> all,
            Function<String, T> type,
            Function<T, String> text,
            Function<T, byte @Nullable []> encode) {
        T before = call.queried("before", type);
        int end = before == null ? all.size() : all.lastIndexOf(before);
        if (end < 0) {
            throw Problem.notFound("The thread has no " + before + ".");
        }
        int start = Math.max(0, end - call.limit(USUAL, MOST));
        Vector<T> page = all.slice(start, end).reverse();
        Json.Fields fields =
                Json.fields()
                        .put("sequence", model.sequence())
                        .array(
                                name,
                                page.toJavaStream().map(encode).filter(Objects::nonNull).toList())
                        .put("before", start == 0 ? null : text.apply(page.last()));
        return Answer.json(fields, model.sequence());
    }

    /** A turn without what was said in it. */
    private Json.Fields bare(Turn turn) {
        ArrayNode pending = JsonNodeFactory.instance.arrayNode();
        turn.pending().forEach(action -> pending.add(action.id().value()));
        Json.Fields fields =
                Json.fields()
                        .put("id", turn.id().value())
                        .put("threadId", turn.threadId().value())
                        .put("parent", turn.parent() == null ? null : turn.parent().value())
                        .encoded("state", codec.encode(turn.state()))
                        .put("startedAt", turn.startedAt().toString())
                        .put("rolledBack", turn.rolledBack())
                        .put("messages", turn.transcript().size())
                        .put("pending", pending)
                        .encoded("usage", turn.usage() == null ? null : codec.encode(turn.usage()));
        return turn.transcript() instanceof Transcript.Live live
                ? fields.encoded("plan", codec.encode(live.plan()))
                : fields;
    }

    private Answer turn(Call call) {
        OrchestrationReadModel model = states.of(call);
        return Answer.json(bare(knownTurn(model, call)), model.sequence());
    }

    private Answer ofTurn(Call call) {
        OrchestrationReadModel model = states.of(call);
        TurnId id = knownTurn(model, call).id();
        int from = Math.toIntExact(call.number("from", 0, 0, Integer.MAX_VALUE));
        return Answer.json(
                Json.fields(codec.encode(stele.messages(model, id, from, call.limit(USUAL, MOST)))),
                model.sequence());
    }

    private static Turn knownTurn(OrchestrationReadModel model, Call call) {
        TurnId id = call.id("turn", TurnId::new);
        Turn turn = model.turn(id);
        if (turn == null) {
            throw Problem.notFound("There is no turn " + id + ".");
        }
        return turn;
    }

    private Answer checkpoint(Call call) {
        OrchestrationReadModel model = states.of(call);
        CheckpointId id = call.id("checkpoint", CheckpointId::new);
        Checkpoint checkpoint = model.checkpoint(id);
        if (checkpoint == null) {
            throw Problem.refused(new DeciderError.CheckpointNotFound(id));
        }
        return Answer.json(Json.fields(codec.encode(checkpoint)), model.sequence());
    }

    private static ChatThread known(OrchestrationReadModel model, Call call) {
        ThreadId id = call.id("thread", ThreadId::new);
        ChatThread thread = model.thread(id);
        if (thread == null) {
            throw Problem.refused(new DeciderError.ThreadNotFound(id));
        }
        return thread;
    }
}
