package dev.stele.contracts;

/**
 * Names a pending action.
 *
 * @param value the id's text, see {@link Identifier}
 */
public record ActionId(String value) implements Identifier {

    /** Checks the text: {@link IllegalArgumentException} when it cannot be an id. */
    public ActionId {
        Identifier.requireValid(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
