package dev.stele.provider.acp;

import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import dev.stele.provider.session.Asking;
import dev.stele.provider.session.Opening;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The first words with an agent, up to a session that can be prompted. */
final class Handshake {
    private static final int PROTOCOL_VERSION = 1;
    private static final long LOGIN_MISSING = -32000;
    private static final Duration END_OF_HISTORY = Duration.ofMillis(500);

    private final Asking agent;
    private final Opening opening;

    /**
     * A handshake that was not begun.
     *
     * @param agent who is asked
     * @param opening what session is wanted
     */
    Handshake(Asking agent, Opening opening) {
        this.agent = agent;
        this.opening = opening;
    }

    /**
     * Agrees on the protocol, and logs in where that is wanted.
     *
     * @param served the requests that the agent may make
     * @return what the agent tells of itself
     */
    JsonNode initialize(Set<String> served) throws ProviderFailure, InterruptedException {
        JsonNode initialized = agent.ask(AcpNormaliser.INITIALIZE, initializeParams(served));
        Long version = Json.integer(initialized, "protocolVersion");
        if (version == null || version != PROTOCOL_VERSION) {
            throw agent.lastWords().otherProtocol(version);
        }
        if (opening.login() != null) {
            logIn(initialized, opening.login());
        }
        return initialized;
    }

    private void logIn(JsonNode initialized, String method)
            throws ProviderFailure, InterruptedException {
        boolean offered = false;
        for (JsonNode way : initialized.path("authMethods")) {
            offered |= method.equals(Json.text(way, "id"));
        }
        if (!offered) {
            throw agent.lastWords().loginMissing("it does not offer " + method, ways(initialized));
        }
        orLogin(agent.answer("authenticate", Json.object().put("methodId", method)), initialized);
    }

    /**
     * Opens the session, in a mode in which the agent asks.
     *
     * @param initialized what the agent tells of itself
     * @return whether it is the earlier session that was wanted
     */
    boolean openSession(JsonNode initialized) throws ProviderFailure, InterruptedException {
        String earlier = opening.earlier();
        JsonNode again = earlier == null ? null : goOn(initialized, earlier);
        if (earlier != null && again != null) {
            askBeforeActing(earlier, again);
            if (AgentKind.of(initialized).tellsHistoryLate()) {
                agent.awaitQuiet(END_OF_HISTORY);
            }
            return true;
        }
        JsonNode session =
                orLogin(agent.answer(AcpNormaliser.NEW_SESSION, sessionParams()), initialized);
        String id = Json.text(session, "sessionId");
        if (id == null) {
            throw agent.lastWords().noSession();
        }
        askBeforeActing(id, session);
        return false;
    }

    /** What the agent answers when it goes on with a session, or null when it cannot. */
    private @Nullable JsonNode goOn(JsonNode initialized, String id)
            throws ProviderFailure, InterruptedException {
        JsonNode capabilities = initialized.path("agentCapabilities");
        String method =
                Json.isPresent(Json.below(capabilities, "sessionCapabilities", "resume"))
                        ? AcpNormaliser.RESUME_SESSION
                        : capabilities.path("loadSession").asBoolean(false)
                                ? AcpNormaliser.LOAD_SESSION
                                : null;
        if (method == null) {
            return null;
        }
        return agent.answer(method, sessionParams().put("sessionId", id))
                        instanceof RpcMessage.Response(_, var result)
                ? result
                : null;
    }

    private JsonNode orLogin(RpcMessage answer, JsonNode initialized) throws ProviderFailure {
        return switch (answer) {
            case RpcMessage.Response(_, var result) -> result;
            case RpcMessage.Failure(_, var code, var message, _) when code == LOGIN_MISSING ->
                    throw agent.lastWords().loginMissing(message, ways(initialized));
            case RpcMessage.Failure failure -> throw agent.lastWords().refused(failure);
            case RpcMessage.Request _, RpcMessage.Notification _ ->
                    throw agent.lastWords().noSession();
        };
    }

    private static List<String> ways(JsonNode initialized) {
        var ways = new ArrayList<String>();
        for (JsonNode way : initialized.path("authMethods")) {
            String id = Json.text(way, "id");
            if (id != null) {
                String name = Json.text(way, "name");
                ways.add(name == null ? id : "%s (%s)".formatted(name, id));
            }
        }
        return ways;
    }

    private void askBeforeActing(String id, JsonNode session)
            throws ProviderFailure, InterruptedException {
        AskingModes.Change change = AskingModes.insteadOf(session);
        if (change != null) {
            ObjectNode params = Json.object().put("sessionId", id);
            change.put(params);
            agent.ask(change.method(), params);
        }
    }

    private static ObjectNode initializeParams(Set<String> served) {
        ObjectNode params = Json.object().put("protocolVersion", PROTOCOL_VERSION);
        ObjectNode capabilities = params.putObject("clientCapabilities");
        capabilities
                .putObject("fs")
                .put("readTextFile", served.contains("fs/read_text_file"))
                .put("writeTextFile", served.contains("fs/write_text_file"));
        capabilities.put("terminal", served.contains("terminal/create"));
        Asking.ClientInfo self = Asking.clientInfo();
        params.putObject("clientInfo")
                .put("name", self.name())
                .put("title", self.title())
                .put("version", self.version());
        return params;
    }

    /** The meta data keeps claude-agent-acp from failing for root; others ignore it. */
    private ObjectNode sessionParams() {
        ObjectNode params = Json.object().put("cwd", opening.directory().toString());
        params.putArray("mcpServers");
        params.putObject("_meta")
                .putObject("claudeCode")
                .putObject("options")
                .put("allowDangerouslySkipPermissions", false);
        return params;
    }
}
