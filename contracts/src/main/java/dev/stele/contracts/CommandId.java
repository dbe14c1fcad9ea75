package dev.stele.contracts;

/**
 * Names one sending of a command, so that a repeat of it gets the first answer.
 *
 * @param value the id's text, see {@link Identifier}
 */
public record CommandId(String value) implements Identifier {

    /** The id that no other exceeds, by the order of {@link String#compareTo}. */
    public static final CommandId GREATEST = new CommandId("z".repeat(MAX_LENGTH));

    /** Checks the text: {@link IllegalArgumentException} when it cannot be an id. */
    public CommandId {
        Identifier.requireValid(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
