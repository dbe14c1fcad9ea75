package dev.stele.contracts;

/**
 * Names a project.
 *
 * @param value the id's text, see {@link Identifier}
 */
public record ProjectId(String value) implements Identifier {

    /** Checks the text: {@link IllegalArgumentException} when it cannot be an id. */
    public ProjectId {
        Identifier.requireValid(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
