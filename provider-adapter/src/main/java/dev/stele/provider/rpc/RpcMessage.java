package dev.stele.provider.rpc;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message of JSON-RPC 2.0, in either direction. Ids are kept as they came; both sides count from
 * 0, so an id means something only together with its direction. Params and results may be a missing
 * node.
 */
public sealed interface RpcMessage {

    /** A line is no JSON. */
    int PARSE_ERROR = -32700;

    /** The method is not known, or not supported. */
    int METHOD_NOT_FOUND = -32601;

    /** The parameters are wrong. */
    int INVALID_PARAMS = -32602;

    /** Something went wrong that is not the asker's fault. */
    int INTERNAL_ERROR = -32603;

    /** It is no request, or does not fit to what was said before. */
    int INVALID_REQUEST = -32600;

    /** The request was cancelled. */
    int REQUEST_CANCELLED = -32800;

    /** The notification that a request is taken back, in either direction. */
    String CANCEL_REQUEST = "$/cancel_request";

    /**
     * Wants an answer.
     *
     * @param id names it among the requests of its direction
     * @param method what is wanted
     * @param params with what
     */
    record Request(JsonNode id, String method, JsonNode params) implements RpcMessage {}

    /**
     * Wants no answer.
     *
     * @param method what it is about
     * @param params with what
     */
    record Notification(String method, JsonNode params) implements RpcMessage {}

    /**
     * The answer to a request of the other side.
     *
     * @param id that request
     * @param result the answer
     */
    record Response(JsonNode id, JsonNode result) implements RpcMessage {}

    /**
     * The refusal of a request of the other side.
     *
     * @param id that request; JSON's null when the other side could not read it
     * @param code the kind of refusal
     * @param message a line for people, empty when there is none
     * @param data more about it, may be missing
     */
    record Failure(JsonNode id, long code, String message, JsonNode data) implements RpcMessage {}

    /** An id as text: equal for equal ids, however a number is written. */
    static String key(JsonNode id) {
        return id.isNumber() ? id.decimalValue().stripTrailingZeros().toString() : Json.write(id);
    }

    /** Whether it can be the id of a request. */
    static boolean isId(JsonNode json) {
        return json.isNumber() || json.isString();
    }

    /**
     * The message that the JSON is, or null when it is none. The member {@code jsonrpc} is not
     * asked for: there are agents that leave it out. With an id of null it is a notification: there
     * are libraries that write so what has no id.
     *
     * @param json any JSON
     */
    static @Nullable RpcMessage of(JsonNode json) {
        if (!json.isObject()) {
            return null;
        }
        String method = Json.text(json, "method");
        JsonNode id = json.path("id");
        if (Json.isPresent(id) && !isId(id)) {
            return null;
        }
        if (method != null) {
            return Json.isPresent(id)
                    ? new Request(id, method, json.path("params"))
                    : new Notification(method, json.path("params"));
        }
        if (id.isMissingNode() || json.has("method")) {
            return null;
        }
        JsonNode error = json.path("error");
        if (Json.isPresent(error)) {
            return failure(id, error);
        }
        return json.has("result") ? new Response(id, json.path("result")) : null;
    }

    private static Failure failure(JsonNode id, JsonNode error) {
        Long code = Json.integer(error, "code");
        String message = Json.text(error, "message");
        return new Failure(
                id, code == null ? 0 : code, message == null ? "" : message, error.path("data"));
    }

    /** This message as JSON. */
    default ObjectNode toJson() {
        ObjectNode json = Json.object().put("jsonrpc", "2.0");
        switch (this) {
            case Request(var id, var method, var params) -> {
                json.set("id", id);
                json.put("method", method);
                putIfPresent(json, "params", params);
            }
            case Notification(var method, var params) -> {
                json.put("method", method);
                putIfPresent(json, "params", params);
            }
            case Response(var id, var result) -> {
                json.set("id", id);
                json.set("result", result);
            }
            case Failure(var id, var code, var message, var data) -> {
                json.set("id", id);
                ObjectNode error =
                        json.putObject("error").put("code", code).put("message", message);
                putIfPresent(error, "data", data);
            }
        }
        return json;
    }

    private static void putIfPresent(ObjectNode json, String name, JsonNode value) {
        if (!value.isMissingNode()) {
            json.set(name, value);
        }
    }
}
