package dev.stele.provider.acp;

import dev.stele.contracts.PermissionOption;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The answers that an agent offers to its question, and the one that it gets. */
final class Options {

    private Options() {}

    /** The options of a request; one without an id cannot be answered with and is left out. */
    static List<PermissionOption> read(JsonNode array) {
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

    /**
     * The answer to a question.
     *
     * @param requestId the question's request
     * @param optionId the option that is chosen, or null when it is cancelled
     */
    static RpcMessage.Response answer(JsonNode requestId, @Nullable String optionId) {
        ObjectNode result = Json.object();
        ObjectNode outcome = result.putObject("outcome");
        if (optionId == null) {
            outcome.put("outcome", "cancelled");
        } else {
            outcome.put("outcome", "selected").put("optionId", optionId);
        }
        return new RpcMessage.Response(requestId, result);
    }
}
