package dev.stele.provider.codex;

import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderError.Kind;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.session.Failures;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What codex tells of failures, sorted. */
final class CodexErrors {

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
        return Failures.told(kind, words(error), code, http);
    }

    /** What is said of an error, with its details. */
    static String words(JsonNode error) {
        String message = Json.text(error, "message");
        String details = Json.text(error, "additionalDetails");
        String shown = message == null ? "" : message;
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
