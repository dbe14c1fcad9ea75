package dev.stele.git.diff;

import java.util.Locale;

/** Paths in the headers of a patch, quoted where git would quote them. */
final class QuotedPaths {

    private QuotedPaths() {}

    /**
     * A path as git writes it.
     *
     * @param raw the raw path, with a prefix such as {@code a/}
     * @return itself when it is plain, else between quotes with escapes, which are all ASCII
     */
    static String quoted(String raw) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < raw.length(); i++) {
            quoted.append(escaped(raw.charAt(i)));
        }
        return quoted.length() == raw.length() + 1 ? raw : quoted.append('"').toString();
    }

    private static String escaped(char c) {
        return switch (c) {
            case '\u0007' -> "\\a";
            case '\b' -> "\\b";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\u000B' -> "\\v";
            case '\f' -> "\\f";
            case '\r' -> "\\r";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            default ->
                    c < ' ' || c >= 0x7F
                            ? String.format(Locale.ROOT, "\\%03o", (int) c)
                            : String.valueOf(c);
        };
    }

    /** The same behind {@code ---} and {@code +++}, where a blank would end the path. */
    static String beforeHunks(String raw) {
        return quoted(raw) + (raw.indexOf(' ') >= 0 ? "\t" : "");
    }
}
