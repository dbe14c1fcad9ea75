package dev.stele.contracts;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong with an agent, said once for all of them.
 *
 * @param scope how much of it is broken
 * @param kind what sort of failure it is
 * @param message a sentence for people, without secrets
 * @param providerCode the agent's own code, if it gave one
 * @param httpStatus the status of the model's endpoint, if the agent tells it
 * @param retryable whether the same prompt may well work when it is sent again
 */
public record ProviderError(
        Scope scope,
        Kind kind,
        String message,
        @Nullable String providerCode,
        @Nullable Integer httpStatus,
        boolean retryable) {

    /** Makes texts well-formed. */
    public ProviderError {
        message = Characters.wellFormed(message);
        providerCode = Characters.wellFormedOrNull(providerCode);
    }

    /**
     * {@return an error of which only the core is known; it is not retryable}
     *
     * @param scope how much is broken
     * @param kind what sort of failure
     * @param message a sentence for people
     */
    public static ProviderError of(Scope scope, Kind kind, String message) {
        return new ProviderError(scope, kind, message, null, null, false);
    }

    /** How much of the agent is broken. */
    public enum Scope {
        /** This turn; the next one may work. */
        TURN,
        /** The session; the process may open another. */
        SESSION,
        /** The process. */
        PROCESS,
        /** What it speaks is not the protocol. */
        PROTOCOL
    }

    /** What sort of failure it is. */
    public enum Kind {
        /** Not logged in, or not allowed. */
        AUTH,
        /** Too many requests. */
        RATE_LIMIT,
        /** The model's server failed. */
        SERVER,
        /** The request was refused as wrong. */
        BAD_REQUEST,
        /** The context is full. */
        CONTEXT,
        /** The answer was too long. */
        MAX_OUTPUT,
        /** The connection broke. */
        TRANSPORT,
        /** The process ended. */
        CRASH,
        /** It took too long. */
        TIMEOUT,
        /** A message broke the protocol. */
        PROTOCOL,
        /** The agent could not be started. */
        START,
        /** Nobody knows. */
        UNKNOWN
    }
}
