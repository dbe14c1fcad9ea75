package dev.stele.contracts;

/**
 * Names outside work that an event asks for: a restore, commit, branch, push or clean-up.
 *
 * @param value the id's text, see {@link Identifier}
 */
public record OperationId(String value) implements Identifier {

    /** Checks the text: {@link IllegalArgumentException} when it cannot be an id. */
    public OperationId {
        Identifier.requireValid(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
