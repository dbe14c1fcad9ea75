package dev.stele.provider.codex;

import dev.stele.contracts.PermissionOption;
import dev.stele.provider.rpc.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The answers to one question of codex, each under an option's id, with what is sent for it.
 *
 * @param results the result of the question's request by the id of the option
 * @param options the options, in their order
 * @param otherwise the result when the question is cancelled
 */
record Decisions(
        Map<String, JsonNode> results, List<PermissionOption> options, JsonNode otherwise) {
    static final String CANCEL = "cancel";
    private static final String ACCEPT = "accept";
    private static final String ACCEPT_FOR_SESSION = "acceptForSession";
    private static final String DECLINE = "decline";

    /** Makes the collections immutable. */
    Decisions {
        results = Map.copyOf(results);
        options = List.copyOf(options);
    }

    /** What is sent for an answer. */
    JsonNode result(@Nullable String optionId) {
        return optionId == null ? otherwise : results.getOrDefault(optionId, otherwise);
    }

    /**
     * The decisions about a command or a change of files.
     *
     * @param params the question's parameters; those on offer may stand there
     */
    static Decisions aboutItem(JsonNode params) {
        JsonNode offered = params.path("availableDecisions");
        var decisions = new LinkedHashMap<String, JsonNode>();
        if (offered.isArray() && !offered.isEmpty()) {
            offered.forEach(decision -> add(decisions, decision));
        }
        if (decisions.isEmpty()) {
            for (String usual : List.of(ACCEPT, ACCEPT_FOR_SESSION, DECLINE, CANCEL)) {
                decisions.put(usual, Json.string(usual));
            }
        }
        var results = new LinkedHashMap<String, JsonNode>();
        var options = new ArrayList<PermissionOption>();
        decisions.forEach((id, decision) -> {
            results.put(id, Json.object().set("decision", decision));
            options.add(option(id));
        });
        return new Decisions(results, options, Json.object().put("decision", CANCEL));
    }

    /** A decision is a word, or an object of one word with more about it. */
    private static void add(Map<String, JsonNode> decisions, JsonNode decision) {
        if (decision.isString()) {
            decisions.putIfAbsent(decision.stringValue(), decision);
        } else {
            for (String name : decision.propertyNames()) {
                decisions.putIfAbsent(name, decision);
            }
        }
    }

    private static PermissionOption option(String id) {
        return switch (id) {
            case ACCEPT -> new PermissionOption(id, "Allow", PermissionOption.Kind.ALLOW_ONCE);
            case ACCEPT_FOR_SESSION ->
                    new PermissionOption(
                            id, "Allow for this session", PermissionOption.Kind.ALLOW_ALWAYS);
            case "acceptWithExecpolicyAmendment" ->
                    new PermissionOption(
                            id,
                            "Allow, and all commands that begin like it",
                            PermissionOption.Kind.ALLOW_ALWAYS);
            case DECLINE -> new PermissionOption(id, "Reject", PermissionOption.Kind.REJECT_ONCE);
            case CANCEL ->
                    new PermissionOption(
                            id, "Reject, and stop the turn", PermissionOption.Kind.REJECT_ONCE);
            default -> new PermissionOption(id, id, PermissionOption.Kind.OTHER);
        };
    }

    /**
     * The decisions about permissions that codex wants beyond those of its sandbox.
     *
     * @param params the question's parameters
     */
    static Decisions aboutPermissions(JsonNode params) {
        JsonNode nothing = granted(Json.object(), "turn");
        return new Decisions(
                Map.of(
                        "turn", granted(params.path("permissions"), "turn"),
                        "session", granted(params.path("permissions"), "session"),
                        "none", nothing),
                List.of(
                        new PermissionOption(
                                "turn", "Allow for this turn", PermissionOption.Kind.ALLOW_ONCE),
                        new PermissionOption(
                                "session",
                                "Allow for this session",
                                PermissionOption.Kind.ALLOW_ALWAYS),
                        new PermissionOption("none", "Reject", PermissionOption.Kind.REJECT_ONCE)),
                nothing);
    }

    private static JsonNode granted(JsonNode permissions, String scope) {
        return Json.object()
                .put("scope", scope)
                .set("permissions", permissions.isObject() ? permissions : Json.object());
    }
}
