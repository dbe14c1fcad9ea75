package dev.stele.domain.model;

import dev.stele.contracts.Characters;

/**
 * A file or folder that an action would touch, with all symbolic links and {@code ..} followed.
 *
 * @param path where it really is: from the project's directory with {@code /} between names when it
 *     is inside, else absolute
 * @param inside whether it is the project's directory or in it
 */
public record TouchedPath(String path, boolean inside) {
    /** Makes the text well-formed. */
    public TouchedPath {
        path = Characters.wellFormed(path);
    }
}
