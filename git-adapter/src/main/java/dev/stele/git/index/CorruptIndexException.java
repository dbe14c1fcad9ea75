package dev.stele.git.index;

/** An index file that is damaged, or written by rules that are not known here. */
public final class CorruptIndexException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * A damage.
     *
     * @param message what is wrong, in a few words
     */
    public CorruptIndexException(String message) {
        super(message);
    }
}
