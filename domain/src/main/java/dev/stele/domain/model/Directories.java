package dev.stele.domain.model;

/** Rules for project directories, given as absolute canonical paths. */
public interface Directories {

    /**
     * {@return whether the text is an absolute path, of a Unix or a Windows system}
     *
     * @param path any text
     */
    static boolean isAbsolute(String path) {
        return path.startsWith("/")
                || path.startsWith("\\\\")
                || (path.length() >= 3
                        && Character.isLetter(path.charAt(0))
                        && path.charAt(1) == ':'
                        && isSeparator(path.charAt(2)));
    }

    /**
     * {@return whether two directories are the same or one holds the other}
     *
     * @param a one
     * @param b the other
     */
    static boolean overlap(String a, String b) {
        return holds(a, b) || holds(b, a);
    }

    /**
     * {@return whether a directory is another or holds it}
     *
     * @param outer the one
     * @param inner the other
     */
    static boolean holds(String outer, String inner) {
        if (!inner.startsWith(outer)) {
            return false;
        }
        return inner.length() == outer.length()
                || outer.isEmpty()
                || isSeparator(outer.charAt(outer.length() - 1))
                || isSeparator(inner.charAt(outer.length()));
    }

    private static boolean isSeparator(char c) {
        return c == '/' || c == '\\';
    }
}
