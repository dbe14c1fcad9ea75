package dev.stele.provider.session;

import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderError.Kind;
import dev.stele.contracts.ProviderError.Scope;
import dev.stele.provider.process.Secrets;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What agents say went wrong, sorted and put into a sentence. */
public final class Failures {
    private static final long AUTHENTICATION_REQUIRED = -32000;
    private static final String NOT_SAID = "it did not say why";

    private Failures() {}

    /**
     * The error that an agent answered a request with.
     *
     * @param scope how much is broken by it
     * @param failure the answer
     */
    public static ProviderError of(Scope scope, RpcMessage.Failure failure) {
        Integer http = httpStatus(failure.code());
        Kind kind = http != null ? kindOfHttp(http) : kindOf(failure);
        String code = Long.toString(failure.code());
        return new ProviderError(
                scope, kind, sentence(kind, words(failure)), code, http, isRetryable(kind));
    }

    /**
     * The error that an agent told beside the protocol.
     *
     * @param words what it said, may be blank
     * @param http the status of the model's endpoint, if told
     */
    public static ProviderError told(String words, @Nullable Integer http) {
        Kind kind = http == null ? Kind.UNKNOWN : kindOfHttp(http);
        return told(kind, words, null, http);
    }

    /**
     * The error that ended a turn, told by its kind.
     *
     * @param kind what sort of failure it is
     * @param words what the agent said, may be blank
     * @param code its own code, if it gave one
     * @param http the status of the model's endpoint, if told
     */
    public static ProviderError told(
            Kind kind, String words, @Nullable String code, @Nullable Integer http) {
        String shown = words.isBlank() ? NOT_SAID : words.strip();
        return new ProviderError(
                Scope.TURN, kind, sentence(kind, shown), code, http, isRetryable(kind));
    }

    private static Kind kindOf(RpcMessage.Failure failure) {
        if (failure.code() == AUTHENTICATION_REQUIRED) {
            return Kind.AUTH;
        }
        return switch (Json.text(failure.data(), "errorKind")) {
            case "rate_limit" -> Kind.RATE_LIMIT;
            case "server_error" -> Kind.SERVER;
            case "max_output_tokens" -> Kind.MAX_OUTPUT;
            case null, default ->
                    failure.code() == RpcMessage.INVALID_PARAMS ? Kind.BAD_REQUEST : Kind.UNKNOWN;
        };
    }

    private static @Nullable Integer httpStatus(long code) {
        return code >= 400 && code <= 599 ? (int) code : null;
    }

    /** What sort of failure a status of the model's endpoint is. */
    public static Kind kindOfHttp(int status) {
        return switch (status) {
            case 401, 403 -> Kind.AUTH;
            case 429 -> Kind.RATE_LIMIT;
            default -> status >= 500 ? Kind.SERVER : Kind.BAD_REQUEST;
        };
    }

    private static boolean isRetryable(Kind kind) {
        return kind == Kind.RATE_LIMIT || kind == Kind.SERVER || kind == Kind.TRANSPORT;
    }

    private static String words(RpcMessage.Failure failure) {
        JsonNode data = failure.data();
        String details = data.isString() ? data.stringValue() : Json.text(data, "details");
        String message = failure.message().isBlank() ? NOT_SAID : failure.message();
        return details == null || message.contains(details) ? message : message + ": " + details;
    }

    private static String sentence(Kind kind, String words) {
        String end = words.endsWith(".") ? "" : ".";
        String cure =
                switch (kind) {
                    case AUTH ->
                            " Log in to the agent with its own command, then send the prompt"
                                    + " again.";
                    case RATE_LIMIT, SERVER, TRANSPORT ->
                            " Wait a while, then send the prompt again.";
                    case BAD_REQUEST,
                            CONTEXT,
                            MAX_OUTPUT,
                            CRASH,
                            TIMEOUT,
                            PROTOCOL,
                            START,
                            UNKNOWN ->
                            "";
                };
        return "The agent reports an error: " + Secrets.removedFrom(words) + end + cure;
    }
}
