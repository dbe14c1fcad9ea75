package dev.stele.provider.session;

import dev.stele.contracts.Characters;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderError.Kind;
import dev.stele.contracts.ProviderError.Scope;
import dev.stele.provider.process.AgentProcess;
import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.process.Secrets;
import dev.stele.provider.rpc.RpcMessage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said to people when an agent process fails: the cause, the agent's own last words, and
 * the cure. Thread-safe.
 */
public final class LastWords {
    private static final int MOST_SHOWN = 1_000;

    private final AgentProcess process;
    private volatile @Nullable String firstGarbage;

    LastWords(AgentProcess process) {
        this.process = process;
    }

    /** It printed something that is no message. */
    void printed(String text) {
        if (firstGarbage == null) {
            firstGarbage = text;
        }
    }

    /** It never answered at its start. */
    public ProviderFailure noAnswer(String method, Duration limit) {
        return failure(
                Kind.TIMEOUT,
                "The agent %s did not answer %s within %s"
                        .formatted(process.shown(), method, seconds(limit)),
                "Check that the command speaks the Agent Client Protocol on its standard streams.");
    }

    /** It ended before it could be used. */
    public ProviderFailure exitedAtOnce() {
        process.awaitExit(Duration.ofSeconds(1));
        return failure(
                Kind.START,
                "The agent %s %s before it could be used".formatted(process.shown(), exit()),
                "Check that the command speaks the Agent Client Protocol on its standard streams.");
    }

    /** It speaks another version. */
    public ProviderFailure otherProtocol(@Nullable Long version) {
        return failure(
                Kind.PROTOCOL,
                "The agent %s speaks version %s of the protocol, and Stele speaks 1"
                        .formatted(process.shown(), version == null ? "?" : version.toString()),
                "Use a version of it that speaks 1.");
    }

    /** It opened no session. */
    public ProviderFailure noSession() {
        return failure(
                Kind.PROTOCOL,
                "The agent %s opened no session".formatted(process.shown()),
                "Check that the command speaks the Agent Client Protocol on its standard streams.");
    }

    /** It refused to start a session. */
    public ProviderFailure refused(RpcMessage.Failure failure) {
        return new ProviderFailure(Failures.of(Scope.SESSION, failure));
    }

    /**
     * It wants a login first.
     *
     * @param said what it said about it, may be blank
     * @param ways what it offers for it, each with its name and its id; may be empty
     */
    public ProviderFailure loginMissing(String said, List<String> ways) {
        String offered =
                ways.isEmpty()
                        ? ""
                        : ". It offers: %s. An id of these can be set as the agent's login"
                                .formatted(String.join("; ", ways));
        return failure(
                Kind.AUTH,
                "The agent %s wants a login%s%s"
                        .formatted(
                                process.shown(),
                                said.isBlank() ? "" : ": " + said.strip().replaceFirst("\\.+$", ""),
                                offered),
                "Log in with the agent's own command, then send the prompt again.");
    }

    /** It ended in the middle of a turn. */
    ProviderError crashed() {
        return error(
                Kind.CRASH,
                "The agent %s %s in the middle of the turn".formatted(process.shown(), exit()),
                "Send the prompt again to start it anew.");
    }

    /**
     * It did not stop when it was told to.
     *
     * @param limit how long it had
     */
    public ProviderError didNotStop(Duration limit) {
        return error(
                Kind.TIMEOUT,
                "The agent %s did not stop within %s of the cancel and was ended"
                        .formatted(process.shown(), seconds(limit)),
                "The next prompt starts it anew.");
    }

    private String exit() {
        Integer code = process.exitCode();
        if (code == null) {
            return "closed its output";
        }
        return code > 128
                ? "was ended by signal %d".formatted(code - 128)
                : "ended with exit code %d".formatted(code);
    }

    private ProviderFailure failure(Kind kind, String what, String cure) {
        return new ProviderFailure(error(kind, what, cure));
    }

    private ProviderError error(Kind kind, String what, String cure) {
        var words = new StringBuilder(what).append('.');
        String errors = Secrets.removedFrom(process.lastErrors());
        String garbage = firstGarbage;
        if (!errors.isEmpty()) {
            words.append(" It last wrote: ").append(end(errors));
        } else if (garbage != null) {
            words.append(" It printed: ").append(Characters.quoted(Secrets.removedFrom(garbage)));
        }
        words.append(words.charAt(words.length() - 1) == '.' ? " " : ". ").append(cure);
        return ProviderError.of(Scope.PROCESS, kind, Secrets.removedFrom(words.toString()));
    }

    private static String end(String text) {
        return text.length() <= MOST_SHOWN
                ? text
                : "…" + text.substring(text.length() - MOST_SHOWN);
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
