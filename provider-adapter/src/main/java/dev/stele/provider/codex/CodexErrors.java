package dev.stele.provider.codex;

import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderError.Kind;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.session.Failures;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What codex tells of failures, sorted. */
final class CodexErrors {
    private static final String DISCONNECTED = "stream disconnected before completion";

    private CodexErrors() {}

    /**
     * The error that ended a turn.
     *
     * @param error the turn's error; may be missing
     */
    static ProviderError of(JsonNode error) {
        JsonNode info = error.path("codexErrorInfo");
        String code = code(info);
        Integer http = code == null ? null : Json.smallInteger(info, code, "httpStatusCode");
        Kind kind = http != null ? Failures.kindOfHttp(http) : kind(code);
        return Failures.told(
                kind == Kind.UNKNOWN ? kindByWords(error) : kind, words(error), code, http);
    }

    /** Much of what it calls "other" begins with words that never change. */
    private static Kind kindByWords(JsonNode error) {
        String message = Json.text(error, "message");
        if (message == null) {
            return Kind.UNKNOWN;
        }
        if (message.startsWith(DISCONNECTED)) {
            return Kind.TRANSPORT;
        }
        if (message.contains("reason: max_output_tokens")) {
            return Kind.MAX_OUTPUT;
        }
        return refusal(message) == null ? Kind.UNKNOWN : Kind.BAD_REQUEST;
    }

    /** What the model's endpoint said: codex hands on its answer to a request that is wrong. */
    private static @Nullable String refusal(String message) {
        try {
            return message.startsWith("{")
                    ? Json.text(Json.parse(message), "error", "message")
                    : null;
        } catch (Json.NotJson _) {
            return null;
        }
    }

    /** What is said of an error, with its details. */
    static String words(JsonNode error) {
        String message = Json.text(error, "message");
        String details = Json.text(error, "additionalDetails");
        String refusal = message == null ? null : refusal(message);
        String shown = message == null ? "" : Objects.requireNonNullElse(refusal, message);
        return details == null || shown.contains(details) ? shown : shown + ": " + details;
    }

    /** It is a word, or an object of one word with more about it. */
    private static @Nullable String code(JsonNode info) {
        if (info.isString()) {
            return info.stringValue();
        }
        for (String name : info.propertyNames()) {
            return name;
        }
        return null;
    }

    private static Kind kind(@Nullable String code) {
        return switch (code) {
            case "contextWindowExceeded", "sessionBudgetExceeded" -> Kind.CONTEXT;
            case "usageLimitExceeded", "rateLimitExceeded" -> Kind.RATE_LIMIT;
            case "serverOverloaded",
                    "internalServerError",
                    "flexUnavailable",
                    "responseTooManyFailedAttempts" ->
                    Kind.SERVER;
            case "unauthorized" -> Kind.AUTH;
            case "badRequest", "modelNotFound" -> Kind.BAD_REQUEST;
            case "httpConnectionFailed",
                    "responseStreamConnectionFailed",
                    "responseStreamDisconnected" ->
                    Kind.TRANSPORT;
            case null, default -> Kind.UNKNOWN;
        };
    }
}
