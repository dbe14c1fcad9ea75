package dev.stele.provider.codex;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.MessageContent;
import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import dev.stele.provider.session.Asking;
import dev.stele.provider.session.Normaliser;
import dev.stele.provider.session.Opening;
import dev.stele.provider.session.Protocol;
import dev.stele.provider.session.Question;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The protocol of {@code codex app-server}. */
public final class CodexProtocol implements Protocol {
    private final CodexNormaliser normaliser;

    /**
     * A session that is not opened yet.
     *
     * @param newActionId gives each question of the open turn an id that was never used
     */
    public CodexProtocol(Supplier<ActionId> newActionId) {
        this.normaliser = new CodexNormaliser(newActionId);
    }

    @Override
    public Normaliser normaliser() {
        return normaliser;
    }

    @Override
    public boolean open(Asking agent, Opening opening)
            throws ProviderFailure, InterruptedException {
        agent.ask(CodexNormaliser.INITIALIZE, initializeParams());
        agent.tell(new RpcMessage.Notification("initialized", MissingNode.getInstance()));
        requireLogin(agent);
        ObjectNode params = askingBeforeActing(opening);
        if (opening.earlier() != null
                && agent.answer(
                                CodexNormaliser.RESUME_THREAD,
                                params.deepCopy().put("threadId", opening.earlier()))
                        instanceof RpcMessage.Response) {
            return true;
        }
        JsonNode started = agent.ask(CodexNormaliser.START_THREAD, params);
        if (Json.text(started, "thread", "id") == null) {
            throw agent.lastWords().noSession();
        }
        return false;
    }

    /** It would open a session all the same, and fail in the first turn. */
    private static void requireLogin(Asking agent) throws ProviderFailure, InterruptedException {
        if (agent.answer(CodexNormaliser.READ_ACCOUNT, Json.object())
                        instanceof RpcMessage.Response(_, var login)
                && login.path("requiresOpenaiAuth").asBoolean(false)
                && !login.path("account").isObject()) {
            throw agent.lastWords().loginMissing("nobody is logged in", List.of());
        }
    }

    private static ObjectNode initializeParams() {
        ObjectNode params = Json.object();
        Asking.ClientInfo self = Asking.clientInfo();
        params.putObject("clientInfo")
                .put("name", self.name())
                .put("title", self.title())
                .put("version", self.version());
        return params;
    }

    private static ObjectNode askingBeforeActing(Opening opening) {
        return Json.object()
                .put("cwd", opening.directory().toString())
                .put("approvalPolicy", "untrusted")
                .put("sandbox", "workspace-write");
    }

    @Override
    public RpcMessage.Request prompt(List<MessageContent> prompt) throws ProviderFailure {
        ObjectNode params = Json.object().put("threadId", normaliser.threadId());
        params.set("input", PromptInput.of(prompt));
        return new RpcMessage.Request(
                MissingNode.getInstance(), CodexNormaliser.START_TURN, params);
    }

    @Override
    public List<RpcMessage> cancel(@Nullable String cause) {
        return normaliser.cancel(cause);
    }

    @Override
    public RpcMessage.@Nullable Response answer(Question question, @Nullable String optionId) {
        return normaliser.answer(question, optionId);
    }
}
