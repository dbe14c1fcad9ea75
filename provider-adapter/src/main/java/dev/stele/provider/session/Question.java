package dev.stele.provider.session;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.PermissionOption;
import dev.stele.provider.rpc.RpcMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A permission that the agent asked for and that is not answered yet.
 *
 * @param requestId the id of its request
 * @param actionId our id of it
 * @param toolCallId the call that it is about, if told
 * @param options the answers on offer
 */
public record Question(
        JsonNode requestId,
        ActionId actionId,
        @Nullable String toolCallId,
        List<PermissionOption> options) {

    /** Makes the list immutable. */
    public Question {
        options = List.copyOf(options);
    }

    /** The id of its request, as text. */
    public String key() {
        return RpcMessage.key(requestId);
    }

    /** Whether an answer means no. */
    public boolean isRejectedBy(@Nullable String optionId) {
        return optionId == null
                || options.stream().anyMatch(o -> o.id().equals(optionId) && o.kind().rejects());
    }
}
