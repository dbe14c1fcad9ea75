package dev.stele.app.server;

import dev.stele.app.error.SteleException;
import dev.stele.app.report.RefusalKind;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.RepositoryException;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.TreeDiffException;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** A request that is not answered as asked; it becomes a problem as RFC 9457 describes it. */
final class Problem extends RuntimeException {
    static final String TYPE = "application/problem+json";

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String name;
    private final transient @Nullable DeciderError error;
    private final transient Map<String, String> headers;

    private Problem(
            int status,
            String name,
            String detail,
            @Nullable DeciderError error,
            Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.name = name;
        this.error = error;
        this.headers = headers;
    }

    /**
     * A problem.
     *
     * @param status the status of HTTP
     * @param name what kind it is, for programs
     * @param detail a sentence for people: the cause and the cure
     */
    static Problem of(int status, String name, String detail) {
        Map<String, String> headers =
                switch (status) {
                    case 401 -> Map.of("WWW-Authenticate", "Bearer realm=\"stele\"");
                    case 408 -> Map.of("Connection", "close");
                    case 429, 503 -> Map.of("Retry-After", "1");
                    default -> Map.of();
                };
        return new Problem(status, name, detail, null, headers);
    }

    static Problem malformed(String detail) {
        return of(400, "Malformed", detail);
    }

    static Problem notFound(String detail) {
        return of(404, "NotFound", detail);
    }

    /** Another method is wanted at this address. */
    static Problem wrongMethod(SortedSet<String> allowed) {
        String all = String.join(", ", allowed);
        return new Problem(
                405, "WrongMethod", "Here one asks with " + all + ".", null, Map.of("Allow", all));
    }

    /** Refused by the decider; nothing changed. */
    static Problem refused(DeciderError error) {
        return new Problem(
                statusOf(error),
                error.getClass().getSimpleName(),
                error.message(),
                error,
                Map.of());
    }

    /** The answer to a command that was not accepted. */
    static Problem of(DispatchResult result) {
        return switch (result) {
            case DispatchResult.Accepted _ ->
                    throw new IllegalArgumentException("what was accepted is no problem");
            case DispatchResult.Rejected(var error) -> refused(error);
            case DispatchResult.Overloaded() ->
                    of(503, "Overloaded", "Stele has too much to do; send it again in a moment.");
            case DispatchResult.CommandIdConflict(var id) ->
                    of(
                            422,
                            "CommandIdConflict",
                            "The command id " + id + " belongs to another command; take a new id.");
            case DispatchResult.Unencodable(var why) -> of(422, "Unencodable", why);
            case DispatchResult.NotTheWriter(var node) ->
                    of(
                            503,
                            "NotTheWriter",
                            String.valueOf(new SteleException.NotTheWriter(node).getMessage()));
            case DispatchResult.Unavailable(var why) -> of(503, "Unavailable", why);
        };
    }

    /** What was thrown on the way; null when it is a defect. */
    static @Nullable Problem of(Throwable thrown) {
        String detail = String.valueOf(thrown.getMessage());
        return switch (thrown) {
            case Problem problem -> problem;
            case SteleException refusal -> of(refusal, detail);
            case Codec.MalformedJson _ -> of(422, "InvalidValue", detail);
            case TreeDiffException _ -> of(422, "NotComparable", detail);
            case RepositoryException _ -> of(422, "RepositoryUnreadable", detail);
            case StoreException.Damaged _ -> of(500, "LogDamaged", detail);
            case StoreException _ -> of(503, "LogUnavailable", detail);
            default -> null;
        };
    }

    private static Problem of(SteleException refusal, String detail) {
        return switch (refusal) {
            case SteleException.Refused refused -> refused(refused.error());
            case SteleException.NothingToUndo _ -> of(409, "NothingToUndo", detail);
            case SteleException.InvalidDirectory _ -> of(422, "InvalidDirectory", detail);
            case SteleException.InvalidHome _, SteleException.InvalidConfiguration _ ->
                    of(500, "InvalidConfiguration", detail);
            case SteleException.NotTheWriter _ -> of(503, "NotTheWriter", detail);
            case SteleException.Unavailable _ -> of(503, "Unavailable", detail);
        };
    }

    private static int statusOf(DeciderError error) {
        return switch (RefusalKind.of(error)) {
            case INPUT -> 422;
            case NOT_THERE -> 404;
            case STATE, DAMAGED -> 409;
        };
    }

    /** Why something failed at the bottom, in as many words as it told. */
    static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        String told = failure.getMessage();
        return cause != null
                ? reason(cause)
                : told == null ? failure.getClass().getSimpleName() : told;
    }

    int status() {
        return status;
    }

    /** What is sent. */
    Answer.Whole answer(Codec codec) {
        Json.Fields fields =
                Json.fields()
                        .put("type", "urn:stele:problem:" + name)
                        .put("title", title(status))
                        .put("status", status)
                        .put("detail", getMessage())
                        .encoded("error", error == null ? null : codec.encode(error));
        return new Answer.Whole(status, TYPE, headers, fields.bytes());
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "The request is malformed";
            case 401 -> "The start token is missing or wrong";
            case 403 -> "That is not allowed";
            case 404 -> "There is no such thing";
            case 405 -> "That method is not for this address";
            case 408 -> "The request took too long to arrive";
            case 409 -> "It cannot be done in this state";
            case 413 -> "The body is too large";
            case 415 -> "The body is of another type";
            case 421 -> "The request was meant for somebody else";
            case 422 -> "The input is not valid";
            case 429, 503 -> "It cannot be done right now";
            default -> status < 500 ? "The request was refused" : "It failed";
        };
    }
}
