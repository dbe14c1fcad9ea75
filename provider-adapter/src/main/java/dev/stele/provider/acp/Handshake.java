package dev.stele.provider.acp;

import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcConnection;
import dev.stele.provider.rpc.RpcMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The first words with an agent, up to a session that can be prompted. */
final class Handshake {
    private static final int PROTOCOL_VERSION = 1;

    private final RpcConnection connection;
    private final LastWords lastWords;
    private final Duration limit;
    private final long deadline;

    /**
     * A handshake that begins now.
     *
     * @param connection to the agent
     * @param lastWords for errors
     * @param limit how long it may take
     */
    Handshake(RpcConnection connection, LastWords lastWords, Duration limit) {
        this.connection = connection;
        this.lastWords = lastWords;
        this.limit = limit;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** Agrees on the protocol. Returns what the agent tells of itself. */
    JsonNode initialize() throws ProviderFailure, InterruptedException {
        JsonNode initialized = ask(Normaliser.INITIALIZE, initializeParams());
        Long version = Json.integer(initialized, "protocolVersion");
        if (version == null || version != PROTOCOL_VERSION) {
            throw lastWords.otherProtocol(version);
        }
        return initialized;
    }

    /** Opens a session in a directory, in a mode in which the agent asks. */
    void openSession(Path directory) throws ProviderFailure, InterruptedException {
        JsonNode session = ask(Normaliser.NEW_SESSION, newSessionParams(directory));
        String id = Json.text(session, "sessionId");
        if (id == null) {
            throw lastWords.noSession();
        }
        String mode = AskingModes.insteadOf(session);
        if (mode != null) {
            ask("session/set_mode", Json.object().put("sessionId", id).put("modeId", mode));
        }
    }

    private JsonNode ask(String method, JsonNode params)
            throws ProviderFailure, InterruptedException {
        CompletableFuture<RpcMessage> answer = connection.request(method, params);
        try {
            return switch (answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                case RpcMessage.Response(_, var result) -> result;
                case RpcMessage.Failure failure -> throw refusal(failure);
                case RpcMessage.Request _, RpcMessage.Notification _ -> throw lastWords.noSession();
            };
        } catch (TimeoutException _) {
            throw lastWords.noAnswer(method, limit);
        } catch (ExecutionException e) {
            throw new AssertionError("answers never fail", e);
        }
    }

    /** The connection answers with an id of null when it ends before the agent has answered. */
    private ProviderFailure refusal(RpcMessage.Failure failure) {
        return failure.id().isNull() ? lastWords.exitedAtOnce() : lastWords.refused(failure);
    }

    private static ObjectNode initializeParams() {
        ObjectNode params = Json.object().put("protocolVersion", PROTOCOL_VERSION);
        ObjectNode capabilities = params.putObject("clientCapabilities");
        capabilities.putObject("fs").put("readTextFile", false).put("writeTextFile", false);
        capabilities.put("terminal", false);
        params.putObject("clientInfo")
                .put("name", "stele")
                .put("title", "Stele")
                .put("version", ownVersion());
        return params;
    }

    private static String ownVersion() {
        @Nullable String version = Handshake.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The meta data keeps claude-agent-acp from failing for root; others ignore it. */
    private static ObjectNode newSessionParams(Path directory) {
        ObjectNode params = Json.object().put("cwd", directory.toString());
        params.putArray("mcpServers");
        params.putObject("_meta")
                .putObject("claudeCode")
                .putObject("options")
                .put("allowDangerouslySkipPermissions", false);
        return params;
    }
}
