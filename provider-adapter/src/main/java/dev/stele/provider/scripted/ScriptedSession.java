package dev.stele.provider.scripted;

import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcConnection;
import dev.stele.provider.rpc.RpcMessage;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a session of the scripted agent says to the client. Thread-safe. */
final class ScriptedSession {
    private final String id;
    private final Workspace workspace;
    private final RpcConnection connection;
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger messages = new AtomicInteger();
    private final Queue<CompletableFuture<RpcMessage>> open = new ConcurrentLinkedQueue<>();
    private volatile boolean allowsAlways;
    private volatile @Nullable Player player;

    ScriptedSession(String id, Workspace workspace, RpcConnection connection) {
        this.id = id;
        this.workspace = workspace;
        this.connection = connection;
    }

    Workspace workspace() {
        return workspace;
    }

    /** The number of a new turn, from 0. */
    int nextTurn() {
        return turns.getAndIncrement();
    }

    /** A new id for a tool call. */
    String nextCall() {
        return "call_" + calls.incrementAndGet();
    }

    /** A new id for a message. */
    String nextMessage() {
        return "message_" + messages.incrementAndGet();
    }

    /** Who plays the turn that is open, or null. */
    @Nullable Player player() {
        return player;
    }

    void setPlayer(@Nullable Player newPlayer) {
        player = newPlayer;
    }

    boolean allowsAlways() {
        return allowsAlways;
    }

    void allowAlways() {
        allowsAlways = true;
    }

    /** Sends an update of a kind, waiting while the client reads too slowly. */
    void update(String kind, ObjectNode content) throws InterruptedException {
        connection.awaitRoom();
        ObjectNode update = Json.object().put("sessionUpdate", kind);
        update.setAll(content);
        ObjectNode params = Json.object().put("sessionId", id);
        params.set("update", update);
        connection.notify("session/update", params);
    }

    /** Sends an update as it is. */
    void update(JsonNode update) throws InterruptedException {
        connection.awaitRoom();
        ObjectNode params = Json.object().put("sessionId", id);
        params.set("update", update);
        connection.notify("session/update", params);
    }

    /** Sends a notification. */
    void tell(String method, JsonNode params) throws InterruptedException {
        connection.awaitRoom();
        connection.notify(method, params);
    }

    /** Asks for a permission and waits for the outcome. */
    JsonNode ask(ObjectNode toolCall, JsonNode options) throws InterruptedException {
        ObjectNode params = Json.object();
        params.set("toolCall", toolCall);
        params.set("options", options);
        return ask("session/request_permission", params);
    }

    /** Asks for something; {@link #awaitAnswers} waits for the answer. */
    void askLater(String method, ObjectNode params) {
        open.add(connection.request(method, params.put("sessionId", id)));
    }

    /** Waits for all that was asked for and not waited for. */
    void awaitAnswers() throws InterruptedException {
        for (CompletableFuture<RpcMessage> asked = open.poll();
                asked != null;
                asked = open.poll()) {
            outcome(asked);
        }
    }

    /** Asks for something and waits for the outcome of the answer. */
    JsonNode ask(String method, ObjectNode params) throws InterruptedException {
        return outcome(connection.request(method, params.put("sessionId", id)));
    }

    private static JsonNode outcome(CompletableFuture<RpcMessage> answer)
            throws InterruptedException {
        try {
            return answer.get() instanceof RpcMessage.Response(_, var result)
                    ? result.path("outcome")
                    : Json.object().put("outcome", "cancelled");
        } catch (ExecutionException e) {
            throw new AssertionError("answers never fail", e);
        }
    }

    /** Answers a prompt. */
    void answer(RpcMessage message) {
        connection.send(message);
    }
}
