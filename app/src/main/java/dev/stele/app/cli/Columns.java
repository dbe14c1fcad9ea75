package dev.stele.app.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much room text takes on a terminal, in columns. */
final class Columns {

    private static final Pattern STYLE = Pattern.compile("\u001b\\[[0-9;]*m");

    private Columns() {}

    /** The columns of a text without line ends. */
    static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    /** As much of a line as fits, with its styles; {@code …} stands for what does not. */
    static String cut(String line, int width) {
        if (of(STYLE.matcher(line).replaceAll("")) <= width) {
            return line;
        }
        var kept = new StringBuilder();
        Matcher style = STYLE.matcher(line);
        int left = width - 1;
        for (int at = 0; at < line.length(); ) {
            if (style.region(at, line.length()).lookingAt()) {
                kept.append(style.group());
                at = style.end();
                continue;
            }
            int c = line.codePointAt(at);
            left -= of(c);
            if (left < 0) {
                break;
            }
            kept.appendCodePoint(c);
            at += Character.charCount(c);
        }
        boolean styled = kept.indexOf("\u001b") >= 0;
        return kept + "…" + (styled ? Style.END : "");
    }

    /** The columns of one character: 0 for marks on the one before it, 2 for wide ones. */
    static int of(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(c) ? 2 : 1;
        };
    }

    /** As of the East Asian widths of Unicode, by blocks. */
    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
    }
}
