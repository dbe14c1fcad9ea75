package dev.stele.provider.acp;

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
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The Agent Client Protocol, version 1. */
public final class AcpProtocol implements Protocol {
    private final AcpNormaliser normaliser;
    private final Set<String> served;
    private volatile JsonNode initialized = MissingNode.getInstance();

    /**
     * A session that is not opened yet.
     *
     * @param newActionId gives each question of the open turn an id that was never used
     * @param served the agent's requests that this client serves; they are told to the agent
     */
    public AcpProtocol(Supplier<ActionId> newActionId, Set<String> served) {
        this.normaliser = new AcpNormaliser(newActionId, served);
        this.served = Set.copyOf(served);
    }

    @Override
    public Normaliser normaliser() {
        return normaliser;
    }

    @Override
    public boolean open(Asking agent, Opening opening)
            throws ProviderFailure, InterruptedException {
        var handshake = new Handshake(agent, opening);
        initialized = handshake.initialize(served);
        return handshake.openSession(initialized);
    }

    @Override
    public RpcMessage.Request prompt(List<MessageContent> prompt) throws ProviderFailure {
        ObjectNode params = ofSession();
        params.set("prompt", new PromptBlocks(initialized).of(prompt));
        return new RpcMessage.Request(MissingNode.getInstance(), AcpNormaliser.PROMPT, params);
    }

    @Override
    public List<RpcMessage> cancel(@Nullable String cause) {
        return normaliser.cancelBecause(cause)
                ? List.of(new RpcMessage.Notification(AcpNormaliser.CANCEL, ofSession()))
                : List.of();
    }

    @Override
    public RpcMessage.Response answer(Question question, @Nullable String optionId) {
        return Options.answer(question.requestId(), optionId);
    }

    private ObjectNode ofSession() {
        return Json.object().put("sessionId", normaliser.sessionId());
    }
}
