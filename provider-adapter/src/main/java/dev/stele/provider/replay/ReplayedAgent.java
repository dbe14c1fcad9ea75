package dev.stele.provider.replay;

import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.replay.Recording.Line;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcConnection;
import dev.stele.provider.rpc.RpcListener;
import dev.stele.provider.rpc.RpcMessage;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The main class of an agent that plays a recording on its standard streams. What the agent said is
 * said again as soon as the client has done what the recording's client did before: greeted, opened
 * a session, prompted, cancelled, answered. What a client may leave out is not waited for, and what
 * it does beyond is answered with what the recording holds for it, or with nothing.
 */
public final class ReplayedAgent implements RpcListener {
    private static final int MAX_LINE = 64 * 1024 * 1024;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Recording recording;
    private final RpcConnection connection;
    private final Inbox inbox = new Inbox();
    private final Map<String, JsonNode> clientIds = new HashMap<>();
    private @Nullable String openTurn;

    private ReplayedAgent(Recording recording) {
        this.recording = recording;
        this.connection =
                new RpcConnection(
                        "client",
                        new FileInputStream(FileDescriptor.in),
                        new FileOutputStream(FileDescriptor.out),
                        MAX_LINE,
                        this);
    }

    /**
     * Plays a recording until it is over and the standard input ends.
     *
     * @param args the recording's file
     * @throws ProviderFailure when it cannot be played
     * @throws InterruptedException never: nobody interrupts it
     */
    public static void main(String[] args) throws ProviderFailure, InterruptedException {
        var agent = new ReplayedAgent(Recording.read(Path.of(args[0])));
        agent.connection.start();
        int code = agent.play();
        agent.connection.closeOutput();
        agent.connection.awaitWritten(LAST_WORDS);
        Runtime.getRuntime().halt(code);
    }

    @Override
    public void received(RpcMessage message) {
        if (message instanceof RpcMessage.Request request && Step.of(message) == Step.ASIDE) {
            connection.send(
                    new RpcMessage.Response(request.id(), recordedAnswer(request.method())));
        } else {
            inbox.add(message);
        }
    }

    @Override
    public void ended() {
        inbox.close();
    }

    /** What the recording's client was answered when it asked the same, or nothing. */
    private JsonNode recordedAnswer(String method) {
        String asked = null;
        for (Line line : recording.lines()) {
            if (line instanceof Line.Sent(RpcMessage.Request(var id, var name, _))
                    && name.equals(method)) {
                asked = RpcMessage.key(id);
            } else if (line instanceof Line.Received(RpcMessage.Response(var id, var result))
                    && RpcMessage.key(id).equals(asked)) {
                return result;
            }
        }
        return Json.object();
    }

    /** Plays line after line. Returns the exit code. */
    private int play() throws InterruptedException {
        int code = 0;
        for (Iterator<Line> lines = recording.lines().iterator(); lines.hasNext(); ) {
            switch (lines.next()) {
                case Line.Sent(var message) -> {
                    if (!await(message, lines)) {
                        return code;
                    }
                }
                case Line.Received(var message) -> say(message);
                case Line.Exit(var exitCode) -> {
                    if (openTurn != null) {
                        return exitCode;
                    }
                    code = exitCode;
                }
            }
        }
        refuseWhatFollows();
        return code;
    }

    /** Waits until the client does what the recording's client did. False when it is gone. */
    private boolean await(RpcMessage recorded, Iterator<Line> lines) throws InterruptedException {
        Step step = Step.of(recorded);
        if (step == Step.ASIDE) {
            return true;
        }
        RpcMessage done =
                inbox.take(said ->
                        Step.of(said) == step && (step != Step.ANSWER || sameId(recorded, said)));
        if (recorded instanceof RpcMessage.Request(var id, var method, var params)
                && done instanceof RpcMessage.Request(var clientId, var clientMethod, _)) {
            clientIds.put(RpcMessage.key(id), clientId);
            if (step == Step.PROMPT) {
                openTurn = RpcMessage.key(id);
                inbox.drop(said -> Step.of(said) == Step.CANCEL);
            } else if (method.equals("session/load") && !clientMethod.equals(method)) {
                skipHistory(id, Json.text(params, "sessionId"), lines);
            }
        }
        return done != null;
    }

    private static boolean sameId(RpcMessage recorded, RpcMessage said) {
        return idOf(recorded).equals(idOf(said));
    }

    private static String idOf(RpcMessage answer) {
        return switch (answer) {
            case RpcMessage.Response(var id, _) -> RpcMessage.key(id);
            case RpcMessage.Failure(var id, _, _, _) -> RpcMessage.key(id);
            case RpcMessage.Request _, RpcMessage.Notification _ -> "";
        };
    }

    /** A client that opens a new session does not hear what was said in the one that was loaded. */
    private void skipHistory(JsonNode load, @Nullable String session, Iterator<Line> lines) {
        while (lines.hasNext()) {
            if (lines.next() instanceof Line.Received(RpcMessage.Response(var id, var result))
                    && id.equals(load)) {
                ObjectNode opened = Json.object().put("sessionId", session);
                if (result instanceof ObjectNode more) {
                    opened.setAll(more);
                }
                answer(load, new RpcMessage.Response(load, opened));
                return;
            }
        }
    }

    private void say(RpcMessage message) {
        switch (message) {
            case RpcMessage.Response(var id, _) -> answer(id, message);
            case RpcMessage.Failure(var id, _, _, _) -> answer(id, message);
            case RpcMessage.Request _ -> connection.send(message);
            case RpcMessage.Notification(var method, _) -> {
                connection.send(message);
                if (method.equals("turn/completed")) {
                    openTurn = null;
                }
            }
        }
    }

    /** An answer goes to the client's own id; one to what the client did not ask is left out. */
    private void answer(JsonNode recordedId, RpcMessage answer) {
        String key = RpcMessage.key(recordedId);
        JsonNode clientId = clientIds.remove(key);
        if (clientId == null) {
            return;
        }
        connection.send(
                switch (answer) {
                    case RpcMessage.Response(_, var result) ->
                            new RpcMessage.Response(clientId, result);
                    case RpcMessage.Failure(_, var code, var message, var data) ->
                            new RpcMessage.Failure(clientId, code, message, data);
                    case RpcMessage.Request _, RpcMessage.Notification _ -> answer;
                });
        if (!recording.isOfCodex() && key.equals(openTurn)) {
            openTurn = null;
        }
    }

    /** Beyond the recording's end every request is refused, but one that it left open. */
    private void refuseWhatFollows() throws InterruptedException {
        for (RpcMessage said = inbox.take(_ -> true); said != null; said = inbox.take(_ -> true)) {
            if (said instanceof RpcMessage.Request(var id, _, _)) {
                connection.send(
                        new RpcMessage.Failure(
                                id,
                                RpcMessage.INVALID_REQUEST,
                                "the recording is over; begin a new thread to play it again",
                                MissingNode.getInstance()));
            }
        }
    }
}
