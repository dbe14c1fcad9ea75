package dev.stele.provider.scripted;

/** A script cannot be played; the message says where it is wrong and what would be right. */
final class BadScript extends Exception {
    private static final long serialVersionUID = 1L;

    BadScript(String message) {
        super(message);
    }
}
