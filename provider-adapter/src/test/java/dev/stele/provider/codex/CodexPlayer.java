package dev.stele.provider.codex;

import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcConnection;
import dev.stele.provider.rpc.RpcListener;
import dev.stele.provider.rpc.RpcMessage;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The main class of an agent that speaks codex's protocol and conducts itself as its first argument
 * says: the name of a conduct or a manner of the kit.
 */
public final class CodexPlayer implements RpcListener {
    private static final String THREAD = "thread-1";
    private static final int MAX_LINE = 1 << 20;

    private final String conduct;
    private final RpcConnection connection;
    private final CountDownLatch inputEnded = new CountDownLatch(1);
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile CompletableFuture<String> interrupted = new CompletableFuture<>();
    private volatile String turnId = "";

    private CodexPlayer(String conduct) {
        this.conduct = conduct;
        connection =
                new RpcConnection(
                        "client",
                        new FileInputStream(FileDescriptor.in),
                        new FileOutputStream(FileDescriptor.out),
                        MAX_LINE,
                        this);
    }

    /**
     * What runs it.
     *
     * @param conduct how it conducts itself
     */
    static String commandLine(String conduct) {
        return "\"%s\" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp \"%s\" %s %s app-server"
                .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        CodexPlayer.class.getName(),
                        conduct);
    }

    /**
     * Plays until its input ends.
     *
     * @param args the conduct
     */
    public static void main(String[] args) throws InterruptedException {
        var player = new CodexPlayer(args[0]);
        player.connection.start();
        player.inputEnded.await();
        Runtime.getRuntime().halt(0);
    }

    @Override
    public void received(RpcMessage message) {
        if (message instanceof RpcMessage.Request(var id, var method, _)) {
            switch (method) {
                case "initialize" ->
                        answer(id, Json.object().put("userAgent", "player/1.2.3 (any)"));
                case "account/read" ->
                        answer(
                                id,
                                Json.object()
                                        .put("requiresOpenaiAuth", conduct.equals("LOGGED_OUT")));
                case "thread/start", "thread/resume" -> {
                    ObjectNode opened = Json.object();
                    opened.putObject("thread").put("id", THREAD);
                    answer(id, opened);
                }
                case "turn/start" -> startTurn(id);
                case "turn/interrupt" -> {
                    answer(id, Json.object());
                    interrupted.complete("interrupted");
                }
                default -> {}
            }
        }
    }

    private void answer(JsonNode id, JsonNode result) {
        connection.send(new RpcMessage.Response(id, result));
    }

    private void startTurn(JsonNode id) {
        turnId = "turn-" + numbers.incrementAndGet();
        interrupted = new CompletableFuture<>();
        ObjectNode started = Json.object();
        started.putObject("turn").put("id", turnId).put("status", "inProgress");
        answer(id, started);
        Thread.ofVirtual().start(this::play);
    }

    @Override
    public void ended() {
        inputEnded.countDown();
    }

    private void tell(String method, ObjectNode params) {
        connection.notify(method, params.put("threadId", THREAD).put("turnId", turnId));
    }

    private void say(String item, String text) {
        tell(
                "item/agentMessage/delta",
                Json.object().put("itemId", item + turnId).put("delta", text));
    }

    private void item(String method, String id, @Nullable String status) {
        ObjectNode params = Json.object();
        ObjectNode item =
                params.putObject("item")
                        .put("type", "commandExecution")
                        .put("id", id)
                        .put("command", "true");
        item.put("status", status == null ? "inProgress" : status);
        tell(method, params);
    }

    private CompletableFuture<RpcMessage> ask(String call) {
        item("item/started", call, null);
        return connection.request(
                "item/commandExecution/requestApproval",
                Json.object().put("threadId", THREAD).put("turnId", turnId).put("itemId", call));
    }

    private static boolean isAllowed(CompletableFuture<RpcMessage> answer) {
        return answer.join() instanceof RpcMessage.Response(_, var result)
                && "accept".equals(Json.text(result, "decision"));
    }

    private void complete(String status, @Nullable ObjectNode error) {
        ObjectNode params = Json.object();
        ObjectNode turn = params.putObject("turn").put("id", turnId).put("status", status);
        if (error != null) {
            turn.set("error", error);
        }
        tell("turn/completed", params);
    }

    private void play() {
        try {
            if (plays()) {
                complete("completed", null);
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether the turn is to be completed in order. */
    private boolean plays() throws InterruptedException, ExecutionException {
        String call = "call-" + turnId;
        switch (conduct) {
            case "SPEAKS" -> {
                say("a", "one ");
                say("a", "two ");
                say("a", "three");
            }
            case "USES_A_TOOL" -> {
                item("item/started", call, null);
                item("item/completed", call, "completed");
            }
            case "ASKS" -> {
                CompletableFuture<RpcMessage> asked = ask(call);
                CompletableFuture.anyOf(asked, interrupted).get();
                if (interrupted.isDone()) {
                    return interrupted();
                }
                boolean allowed = isAllowed(asked);
                item("item/completed", call, allowed ? "completed" : "declined");
                say("a", allowed ? "allowed" : "rejected");
            }
            case "WAITS" -> {
                say("a", "waiting");
                interrupted.get();
                return interrupted();
            }
            case "CRASHES" -> {
                say("a", "so far");
                connection.closeOutput();
                connection.awaitWritten(Duration.ofSeconds(10));
                Runtime.getRuntime().halt(3);
            }
            case "ASKS_TWICE_AT_ONCE" -> askTwice(call);
            case "LEAVES_A_CALL_OPEN" -> item("item/started", call, null);
            case "SPEAKS_IN_TONGUES" -> {
                tell("telepathy/started", Json.object().put("thought", "x"));
                say("a", "done");
            }
            case "FAILS" -> {
                say("a", "so far");
                complete("failed", Json.object().put("message", "the model is overloaded"));
                return false;
            }
            case "THINKS_AND_PLANS" -> thinkAndPlan();
            case "SPEAKS_IN_MESSAGES" -> {
                say("a", "one");
                say("b", "two");
            }
            case "SPEAKS_AFTER_THE_END" -> {
                say("a", "in time");
                complete("completed", null);
                say("a", "too late");
                return false;
            }
            default -> throw new AssertionError(conduct);
        }
        return true;
    }

    private boolean interrupted() {
        connection.notify(
                "serverRequest/resolved",
                Json.object().put("threadId", THREAD).put("requestId", 0));
        complete("interrupted", null);
        return false;
    }

    private void askTwice(String call) {
        CompletableFuture<RpcMessage> first = ask(call + "a");
        CompletableFuture<RpcMessage> second = ask(call + "b");
        item("item/completed", call + "a", isAllowed(first) ? "completed" : "declined");
        item("item/completed", call + "b", isAllowed(second) ? "completed" : "declined");
    }

    private void thinkAndPlan() {
        tell(
                "item/reasoning/summaryTextDelta",
                Json.object().put("itemId", "r" + turnId).put("delta", "hm"));
        ObjectNode plan = Json.object();
        for (String step : new String[] {"look", "do"}) {
            plan.withArray("plan").addObject().put("step", step).put("status", "pending");
        }
        tell("turn/plan/updated", plan);
        say("a", "done");
    }
}
