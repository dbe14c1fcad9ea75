package dev.stele.provider.scripted;

import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcConnection;
import dev.stele.provider.rpc.RpcListener;
import dev.stele.provider.rpc.RpcMessage;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The main class of the scripted agent: an ACP agent on its standard streams that plays a script
 * against the real files of each session's directory. Its one argument is the script's file;
 * without it a script of its own is played.
 */
public final class ScriptedAgent implements RpcListener {
    private static final int MAX_LINE = 64 * 1024 * 1024;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final @Nullable Path scriptFile;
    private final LineOutput out;
    private final RpcConnection connection;
    private final Map<String, ScriptedSession> sessions = new ConcurrentHashMap<>();
    private final CountDownLatch inputEnded = new CountDownLatch(1);
    private @Nullable Script script;

    private ScriptedAgent(@Nullable Path scriptFile) {
        this.scriptFile = scriptFile;
        this.out = new LineOutput(new FileOutputStream(FileDescriptor.out));
        this.connection =
                new RpcConnection(
                        "client", new FileInputStream(FileDescriptor.in), out, MAX_LINE, this);
    }

    /**
     * Runs the agent until its standard input ends.
     *
     * @param args the script's file, or nothing
     * @throws InterruptedException never: nobody interrupts it
     */
    public static void main(String[] args) throws InterruptedException {
        var agent = new ScriptedAgent(args.length == 0 ? null : Path.of(args[0]));
        agent.connection.start();
        agent.inputEnded.await();
        for (ScriptedSession session : agent.sessions.values()) {
            Player player = session.player();
            if (player != null) {
                player.stop();
            }
        }
        Runtime.getRuntime().halt(0);
    }

    @Override
    public void received(RpcMessage message) {
        switch (message) {
            case RpcMessage.Request request -> take(request);
            case RpcMessage.Notification(var method, var params) -> {
                if (method.equals("session/cancel")) {
                    cancel(params);
                }
            }
            case RpcMessage.Response _, RpcMessage.Failure _ -> {}
        }
    }

    @Override
    public void ended() {
        inputEnded.countDown();
    }

    private void take(RpcMessage.Request request) {
        switch (request.method()) {
            case "initialize" -> connection.send(new RpcMessage.Response(request.id(), itself()));
            case "session/new" -> connection.send(newSession(request));
            case "session/prompt" -> prompt(request);
            default ->
                    refuse(
                            request,
                            RpcMessage.METHOD_NOT_FOUND,
                            "The scripted agent does not offer " + request.method());
        }
    }

    private static ObjectNode itself() {
        ObjectNode itself = Json.object().put("protocolVersion", 1);
        ObjectNode capabilities = itself.putObject("agentCapabilities").put("loadSession", false);
        capabilities
                .putObject("promptCapabilities")
                .put("image", true)
                .put("embeddedContext", true);
        itself.putObject("agentInfo")
                .put("name", "stele-scripted-agent")
                .put("title", "Scripted agent")
                .put("version", "1");
        itself.putArray("authMethods");
        return itself;
    }

    private RpcMessage newSession(RpcMessage.Request request) {
        String cwd = Json.text(request.params(), "cwd");
        if (cwd == null || !Path.of(cwd).isAbsolute()) {
            return failure(request, RpcMessage.INVALID_PARAMS, "cwd is an absolute path");
        }
        try {
            if (script == null) {
                script = scriptFile == null ? Script.own() : Script.of(scriptFile);
            }
        } catch (BadScript e) {
            return failure(request, RpcMessage.INVALID_PARAMS, String.valueOf(e.getMessage()));
        }
        String id = UUID.randomUUID().toString();
        sessions.put(id, new ScriptedSession(id, new Workspace(Path.of(cwd)), connection));
        return new RpcMessage.Response(request.id(), Json.object().put("sessionId", id));
    }

    private void prompt(RpcMessage.Request request) {
        ScriptedSession session = sessionOf(request.params());
        Script played = script;
        if (session == null || played == null) {
            refuse(request, RpcMessage.INVALID_PARAMS, "there is no such session");
        } else if (session.player() != null) {
            refuse(request, RpcMessage.INVALID_REQUEST, "the session has a prompt already");
        } else {
            int turn = session.nextTurn();
            Map<String, String> words =
                    Map.of(
                            "prompt", textOf(request.params().path("prompt")),
                            "earlier", resourcesOf(request.params().path("prompt")),
                            "turn", Integer.toString(turn + 1),
                            "cwd", session.workspace().directory().toString());
            var player = new Player(session, request.id(), played.stepsOf(turn), words, this);
            session.setPlayer(player);
            player.start();
        }
    }

    private static String textOf(JsonNode prompt) {
        var text = new StringBuilder();
        for (JsonNode block : prompt) {
            String words = Json.text(block, "text");
            text.append(words == null ? "" : words);
        }
        return text.toString();
    }

    private static String resourcesOf(JsonNode prompt) {
        var text = new StringBuilder();
        for (JsonNode block : prompt) {
            String words = Json.text(block.path("resource"), "text");
            text.append(words == null ? "" : words);
        }
        return text.toString();
    }

    private void cancel(JsonNode params) {
        ScriptedSession session = sessionOf(params);
        Player player = session == null ? null : session.player();
        if (player != null) {
            player.cancel();
        }
    }

    private @Nullable ScriptedSession sessionOf(JsonNode params) {
        String id = Json.text(params, "sessionId");
        return id == null ? null : sessions.get(id);
    }

    private void refuse(RpcMessage.Request request, int code, String message) {
        connection.send(failure(request, code, message));
    }

    private static RpcMessage failure(RpcMessage.Request request, int code, String message) {
        return new RpcMessage.Failure(request.id(), code, message, MissingNode.getInstance());
    }

    /** Prints lines that are no messages. */
    void print(String text, int times) {
        byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            for (int i = 0; i < times; i++) {
                out.write(line);
            }
        } catch (IOException _) {
            // The client is gone; the end of the input says so.
        }
    }

    /** Ends the process when everything is written. */
    void crash(int exitCode) throws InterruptedException {
        connection.closeOutput();
        connection.awaitWritten(LAST_WORDS);
        Runtime.getRuntime().halt(exitCode);
    }
}
