package dev.stele.contracts;

/**
 * Names one sending of a command, so that a repeat of it gets the first answer.
 *
 * @param value the id's text, see {@link Identifier}
 */
public record CommandId(String value) implements Identifier {

    /** Checks the text: {@link IllegalArgumentException} when it cannot be an id. */
    public CommandId {
        Identifier.requireValid(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
