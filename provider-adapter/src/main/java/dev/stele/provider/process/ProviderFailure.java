package dev.stele.provider.process;

import dev.stele.contracts.ProviderError;

/** An agent cannot be used; says why, in words for people. */
public final class ProviderFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ProviderError error;

    /**
     * A failure.
     *
     * @param error what is wrong
     */
    public ProviderFailure(ProviderError error) {
        super(error.message());
        this.error = error;
    }

    /** What is wrong. */
    public ProviderError error() {
        return error;
    }

    /**
     * A failure to start.
     *
     * @param message a sentence for people: cause and cure
     */
    public static ProviderFailure start(String message) {
        return new ProviderFailure(
                ProviderError.of(ProviderError.Scope.PROCESS, ProviderError.Kind.START, message));
    }
}
