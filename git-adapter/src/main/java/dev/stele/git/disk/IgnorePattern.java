package dev.stele.git.disk;

import org.jspecify.annotations.Nullable;

/**
 * One line of an ignore file. Immutable.
 *
 * @see <a href="https://git-scm.com/docs/gitignore">gitignore</a>
 */
final class IgnorePattern {

    private static final String SPECIAL = "*?[\\";

    private final boolean negated;
    private final boolean directoriesOnly;
    private final boolean nameOnly;
    private final boolean ignoreCase;

    /** The whole pattern, when it holds nothing special. */
    private final @Nullable String literal;

    private final @Nullable Wildcard wildcard;

    private IgnorePattern(String body, boolean negated, boolean directoriesOnly, boolean fold) {
        this.negated = negated;
        this.directoriesOnly = directoriesOnly;
        this.nameOnly = body.indexOf('/') < 0;
        this.ignoreCase = fold;
        String anchored = body.startsWith("/") ? body.substring(1) : body;
        int plain = plainLength(anchored);
        this.literal = plain == anchored.length() ? anchored : null;
        this.wildcard =
                literal != null ? null : Wildcard.compile(anchored, nameOnly ? 0 : plain, fold);
    }

    /**
     * Reads a line.
     *
     * @param line the raw line without its end
     * @param ignoreCase whether ASCII letters match in either case
     * @return the pattern, or null for an empty line or a comment
     */
    static @Nullable IgnorePattern parse(String line, boolean ignoreCase) {
        String body = withoutTrailingBlanks(line);
        if (body.isEmpty() || body.startsWith("#")) {
            return null;
        }
        boolean negated = body.startsWith("!");
        if (negated) {
            body = body.substring(1);
        }
        boolean directoriesOnly = body.endsWith("/");
        if (directoriesOnly) {
            body = body.substring(0, body.length() - 1);
        }
        return new IgnorePattern(body, negated, directoriesOnly, ignoreCase);
    }

    /** Blanks at the end do not count unless a backslash stands before them. */
    private static String withoutTrailingBlanks(String line) {
        int end = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                i++;
                end = i + 1;
            } else if (c != ' ') {
                end = i + 1;
            }
        }
        return line.substring(0, end);
    }

    private static int plainLength(String body) {
        int length = 0;
        while (length < body.length() && SPECIAL.indexOf(body.charAt(length)) < 0) {
            length++;
        }
        return length;
    }

    /** Whether what matches is not ignored. */
    boolean isNegated() {
        return negated;
    }

    /**
     * Whether it is about a path.
     *
     * @param path the raw path, relative to the directory of the ignore file
     * @param name its last part
     * @param directory whether it is a directory
     */
    boolean matches(String path, String name, boolean directory) {
        if (directoriesOnly && !directory) {
            return false;
        }
        String subject = nameOnly ? name : path;
        if (literal != null) {
            return ignoreCase ? literal.equalsIgnoreCase(subject) : literal.equals(subject);
        }
        return wildcard != null && wildcard.matches(subject);
    }
}
