package dev.stele.provider.scripted;

import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcConnection;
import dev.stele.provider.rpc.RpcListener;
import dev.stele.provider.rpc.RpcMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Speaks with a scripted agent as any client would. */
final class AgentClient implements AutoCloseable {
    private final Process process;
    private final RpcConnection connection;
    private final List<JsonNode> updates = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<RpcMessage.Request> questions = new LinkedBlockingQueue<>();

    AgentClient(List<String> command) throws IOException {
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        connection =
                new RpcConnection(
                        "client",
                        process.getInputStream(),
                        process.getOutputStream(),
                        1 << 20,
                        new Ears());
        connection.start();
    }

    private final class Ears implements RpcListener {
        @Override
        public void received(RpcMessage message) {
            if (message instanceof RpcMessage.Request request) {
                questions.add(request);
            } else if (message instanceof RpcMessage.Notification(_, var params)) {
                updates.add(params);
            }
        }

        @Override
        public void ended() {}
    }

    RpcMessage ask(String method, ObjectNode params) throws Exception {
        return connection.request(method, params).get(20, TimeUnit.SECONDS);
    }

    /** Opens a session; its id, or the message of the refusal. */
    String open(Path directory) throws Exception {
        ask("initialize", Json.object().put("protocolVersion", 1));
        return switch (ask("session/new", Json.object().put("cwd", directory.toString()))) {
            case RpcMessage.Response(_, var result) ->
                    Objects.requireNonNull(Json.text(result, "sessionId"));
            case RpcMessage.Failure failure -> failure.message();
            case RpcMessage other -> throw new AssertionError(other);
        };
    }

    CompletableFuture<RpcMessage> prompt(String session, String text) {
        ObjectNode params = Json.object().put("sessionId", session);
        params.putArray("prompt").addObject().put("type", "text").put("text", text);
        return connection.request("session/prompt", params);
    }

    /** Prompts and waits for the stop reason, or the message of the error. */
    String play(String session) throws Exception {
        return reason(prompt(session, "please"));
    }

    static String reason(CompletableFuture<RpcMessage> answer) throws Exception {
        return switch (answer.get(20, TimeUnit.SECONDS)) {
            case RpcMessage.Response(_, var result) ->
                    String.valueOf(Json.text(result, "stopReason"));
            case RpcMessage.Failure failure -> failure.message();
            case RpcMessage other -> throw new AssertionError(other);
        };
    }

    void cancel(String session) {
        connection.notify("session/cancel", Json.object().put("sessionId", session));
    }

    RpcMessage.Request question() throws InterruptedException {
        return Objects.requireNonNull(questions.poll(20, TimeUnit.SECONDS), "a question");
    }

    void answer(RpcMessage.Request question, String optionId) {
        ObjectNode result = Json.object();
        result.putObject("outcome").put("outcome", "selected").put("optionId", optionId);
        connection.send(new RpcMessage.Response(question.id(), result));
    }

    /** What a session has said of one kind so far. */
    List<JsonNode> updates(String session, String kind) {
        return updates.stream()
                .filter(params -> session.equals(Json.text(params, "sessionId")))
                .map(params -> params.path("update"))
                .filter(update -> kind.equals(Json.text(update, "sessionUpdate")))
                .toList();
    }

    /** All words of a session so far. */
    String words(String session) {
        var words = new StringBuilder();
        for (JsonNode update : updates(session, "agent_message_chunk")) {
            words.append(Json.text(update, "content", "text"));
        }
        return words.toString();
    }

    /** How the tool calls of a session ended, in order, with what they said. */
    List<String> results(String session) {
        return updates(session, "tool_call_update").stream()
                .filter(update -> !"in_progress".equals(Json.text(update, "status")))
                .map(update -> Json.text(update, "status") + ": " + Json.text(update, "rawOutput"))
                .toList();
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /** Ends the agent's input and waits for its exit code. */
    int hangUp() throws InterruptedException {
        connection.closeOutput();
        return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
