package dev.stele.app.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much room text takes on a terminal, in columns. */
final class Columns {

    private static final Pattern STYLE = Pattern.compile("\u001b\\[[0-9;]*m");

    private static final int TAB = 8;

    /** The first and the last of each stretch. */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x231A, 0x231B, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3, 0x25FD,
        0x25FE, 0x2614, 0x2615, 0x2648, 0x2653, 0x267F, 0x267F, 0x2693, 0x2693, 0x26A1, 0x26A1,
        0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26C4, 0x26C5, 0x26CE, 0x26CE, 0x26D4, 0x26D4, 0x26EA,
        0x26EA, 0x26F2, 0x26F3, 0x26F5, 0x26F5, 0x26FA, 0x26FA, 0x26FD, 0x26FD, 0x2705, 0x2705,
        0x270A, 0x270B, 0x2728, 0x2728, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755, 0x2757,
        0x2757, 0x2795, 0x2797, 0x27B0, 0x27B0, 0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50,
        0x2B55, 0x2B55, 0x2E80, 0x303E, 0x3041, 0xA4CF, 0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xF900,
        0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6F, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x18CFF,
        0x1B000, 0x1B2FB, 0x1F004, 0x1F004, 0x1F0CF, 0x1F0CF, 0x1F18E, 0x1F18E, 0x1F191, 0x1F19A,
        0x1F200, 0x1F320, 0x1F32D, 0x1F64F, 0x1F680, 0x1F6FC, 0x1F7E0, 0x1F7F0, 0x1F90C, 0x1FAFF,
        0x20000, 0x3FFFD
    };

    private Columns() {}

    /** The text without its styles. */
    static String plain(String text) {
        return text.indexOf('\u001b') < 0 ? text : STYLE.matcher(text).replaceAll("");
    }

    /**
     * Where the cursor stands after a text.
     *
     * @param column where it stood before; 0 is the first
     * @param width how wide the screen is; a line that is longer goes on in the next one
     */
    static int after(String text, int column, int width) {
        int at = column;
        for (int c : plain(text).codePoints().toArray()) {
            int next = c == '\t' ? (at / TAB + 1) * TAB : at + of(c);
            at = c == '\n' ? 0 : width > 0 && next > width ? of(c) : next;
        }
        return at;
    }

    /** The columns of a text without line ends. */
    static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    /** As much of a line as fits, with its styles; {@code …} stands for what does not. */
    static String cut(String line, int width) {
        if (of(plain(line)) <= width) {
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

    /** As of the East Asian widths of Unicode, by blocks and by the signs that agents like. */
    private static boolean isWide(int c) {
        if (c < 0x1100) {
            return false;
        }
        for (int i = 0; i < WIDE.length; i += 2) {
            if (c >= WIDE[i] && c <= WIDE[i + 1]) {
                return true;
            }
        }
        return false;
    }
}
