package dev.stele.contracts;

/**
 * Names a thread.
 *
 * @param value the id's text, see {@link Identifier}
 */
public record ThreadId(String value) implements Identifier {

    /** Checks the text: {@link IllegalArgumentException} when it cannot be an id. */
    public ThreadId {
        Identifier.requireValid(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
