package dev.stele.provider.client;

/** A request cannot be served; the message says why, for the agent. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    /**
     * A refusal.
     *
     * @param code the protocol's code of it
     * @param message why
     */
    Refused(int code, String message) {
        super(message);
        this.code = code;
    }

    int code() {
        return code;
    }
}
