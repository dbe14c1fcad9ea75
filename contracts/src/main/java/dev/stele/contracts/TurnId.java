package dev.stele.contracts;

/**
 * Names a turn.
 *
 * @param value the id's text, see {@link Identifier}
 */
public record TurnId(String value) implements Identifier {

    /** Checks the text: {@link IllegalArgumentException} when it cannot be an id. */
    public TurnId {
        Identifier.requireValid(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
