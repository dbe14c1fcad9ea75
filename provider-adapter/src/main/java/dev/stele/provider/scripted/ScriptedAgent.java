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
    private static final int LOGIN_WANTED = -32000;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final @Nullable Path scriptFile;
    private final LineOutput out;
    private final RpcConnection connection;
    private final Map<String, ScriptedSession> sessions = new ConcurrentHashMap<>();
    private final CountDownLatch inputEnded = new CountDownLatch(1);
    private @Nullable Script script;
    private volatile boolean loggedIn;

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
            case "initialize" -> connection.send(initialize(request));
            case "authenticate" -> {
                loggedIn = true;
                connection.send(new RpcMessage.Response(request.id(), Json.object()));
            }
            case "session/set_mode", "session/set_config_option" ->
                    connection.send(new RpcMessage.Response(request.id(), Json.object()));
            case "session/new", "session/load", "session/resume" -> open(request);
            case "session/prompt" -> prompt(request);
            default ->
                    refuse(
                            request,
                            RpcMessage.METHOD_NOT_FOUND,
                            "The scripted agent does not offer " + request.method());
        }
    }

    /** A script that cannot be played is told when a session is opened. */
    private RpcMessage initialize(RpcMessage.Request request) {
        ObjectNode itself = itself();
        try {
            Script played = script();
            ObjectNode capabilities = (ObjectNode) itself.path("agentCapabilities");
            capabilities.put("loadSession", played.history() != null);
            if (played.resumes()) {
                capabilities.putObject("sessionCapabilities").putObject("resume");
            }
            if (played.itself() instanceof ObjectNode more) {
                itself.setAll(more);
            }
        } catch (BadScript _) {
            // Told later.
        }
        return new RpcMessage.Response(request.id(), itself);
    }

    private synchronized Script script() throws BadScript {
        Script read = script;
        if (read == null) {
            read = scriptFile == null ? Script.own() : Script.of(scriptFile);
            script = read;
        }
        return read;
    }

    private synchronized @Nullable Script readScript() {
        return script;
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

    private void open(RpcMessage.Request request) {
        String cwd = Json.text(request.params(), "cwd");
        if (cwd == null || !Path.of(cwd).isAbsolute()) {
            refuse(request, RpcMessage.INVALID_PARAMS, "cwd is an absolute path");
            return;
        }
        try {
            Script played = script();
            if (played.login() != null && !loggedIn) {
                refuse(request, LOGIN_WANTED, played.login());
            } else if (isOffered(request.method(), played)) {
                open(request, Path.of(cwd), played);
            } else {
                refuse(
                        request,
                        RpcMessage.METHOD_NOT_FOUND,
                        "The scripted agent does not offer " + request.method());
            }
        } catch (BadScript e) {
            refuse(request, RpcMessage.INVALID_PARAMS, String.valueOf(e.getMessage()));
        }
    }

    private static boolean isOffered(String method, Script played) {
        return switch (method) {
            case "session/load" -> played.history() != null;
            case "session/resume" -> played.resumes();
            default -> true;
        };
    }

    private void open(RpcMessage.Request request, Path cwd, Script played) {
        String earlier = Json.text(request.params(), "sessionId");
        String id = earlier == null ? UUID.randomUUID().toString() : earlier;
        var session = new ScriptedSession(id, new Workspace(cwd), connection);
        sessions.put(id, session);
        ObjectNode result = Json.object();
        if (earlier == null) {
            result.put("sessionId", id);
        }
        if (played.session() instanceof ObjectNode more) {
            result.setAll(more);
        }
        var opened = new RpcMessage.Response(request.id(), result);
        if (request.method().equals("session/load") && played.history() != null) {
            new Player(session, opened, played.history(), Map.of(), this).start();
        } else {
            connection.send(opened);
        }
    }

    private void prompt(RpcMessage.Request request) {
        ScriptedSession session = sessionOf(request.params());
        Script played = readScript();
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
            var end =
                    new RpcMessage.Response(
                            request.id(), Json.object().put("stopReason", "end_turn"));
            var player = new Player(session, end, played.stepsOf(turn), words, this);
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
