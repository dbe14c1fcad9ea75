package dev.stele.provider.acp;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.PermissionOption;
import dev.stele.provider.rpc.Json;
import java.util.ArrayList;
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
record Question(
        JsonNode requestId,
        ActionId actionId,
        @Nullable String toolCallId,
        List<PermissionOption> options) {

    /** Whether an answer means no. */
    boolean isRejectedBy(@Nullable String optionId) {
        return optionId == null
                || options.stream().anyMatch(o -> o.id().equals(optionId) && o.kind().rejects());
    }

    /** The options of a request; one without an id cannot be answered with and is left out. */
    static List<PermissionOption> options(JsonNode array) {
        var options = new ArrayList<PermissionOption>();
        for (JsonNode option : array) {
            String id = Json.text(option, "optionId");
            if (id != null) {
                String name = Json.text(option, "name");
                options.add(
                        new PermissionOption(
                                id, name == null ? id : name, kind(Json.text(option, "kind"))));
            }
        }
        return options;
    }

    private static PermissionOption.Kind kind(@Nullable String word) {
        return switch (word) {
            case "allow_once" -> PermissionOption.Kind.ALLOW_ONCE;
            case "allow_always" -> PermissionOption.Kind.ALLOW_ALWAYS;
            case "reject_once" -> PermissionOption.Kind.REJECT_ONCE;
            case "reject_always" -> PermissionOption.Kind.REJECT_ALWAYS;
            case null, default -> PermissionOption.Kind.OTHER;
        };
    }
}
