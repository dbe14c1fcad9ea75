package dev.stele.app.cli;

import org.jspecify.annotations.Nullable;

/**
 * An agent's words for a terminal, piece by piece as they come: lines are broken between words, and
 * headings, code and strong words have a style. Not a character of the text is left out or added
 * but for line ends in place of spaces, so that what is copied is what was said. Not thread-safe.
 */
final class Prose {

    private static final String FENCE = "```";

    private final int width;
    private final boolean styles;
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder word = new StringBuilder();
    private StringBuilder out = new StringBuilder();
    private int column;
    private boolean strong;
    private boolean code;
    private boolean fenced;
    private @Nullable Style shown;

    /**
     * Words to come.
     *
     * @param width the columns of the terminal; 0 leaves lines as they are
     * @param styles whether the terminal knows styles
     */
    Prose(int width, boolean styles) {
        this.width = width;
        this.styles = styles;
    }

    /** What is to be printed now that this piece has come; a word at a line's end may be kept. */
    String piece(String text) {
        text.codePoints().forEach(this::take);
        if (!isNearEnd() && !isHalfAMark()) {
            flushWord();
        }
        return taken();
    }

    /** What is still to be printed when no more comes; the style ends with it. */
    String end() {
        flushWord();
        wear(null);
        forget();
        return taken();
    }

    private void take(int c) {
        switch (c) {
            case '\n' -> endLine();
            case ' ' -> space();
            default -> word.appendCodePoint(c);
        }
    }

    private void endLine() {
        flushWord();
        if (line.toString().stripLeading().startsWith(FENCE)) {
            fenced = !fenced;
        }
        wear(null);
        out.append('\n');
        forget();
    }

    private void forget() {
        line.setLength(0);
        column = 0;
        strong = false;
        code = false;
    }

    private void space() {
        flushWord();
        line.append(' ');
        out.append(' ');
        column++;
    }

    /** Whether the next characters may make the word too long for its line. */
    private boolean isNearEnd() {
        return isBroken() && column + Columns.of(word.toString()) > width - 20;
    }

    private boolean isHalfAMark() {
        return styles && !word.isEmpty() && word.charAt(word.length() - 1) == '*';
    }

    /** Code keeps its lines. */
    private boolean isBroken() {
        return width > 0 && !fenced && !line.toString().stripLeading().startsWith(FENCE);
    }

    private void flushWord() {
        String text = word.toString();
        word.setLength(0);
        int columns = Columns.of(text);
        if (isBroken() && column > 0 && column + columns > width && isAfterSpace()) {
            out.setLength(out.length() - trailingSpace());
            out.append('\n');
            column = 0;
        }
        line.append(text);
        column += columns;
        int at = 0;
        while (at < text.length()) {
            at = append(text, at);
        }
    }

    private boolean isAfterSpace() {
        return !line.isEmpty() && line.charAt(line.length() - 1) == ' ';
    }

    /** A space that was printed already stays. */
    private int trailingSpace() {
        return !out.isEmpty() && out.charAt(out.length() - 1) == ' ' ? 1 : 0;
    }

    /** Appends a mark with what it changes, or one character; returns where the rest begins. */
    private int append(String text, int at) {
        if (fenced || line.toString().stripLeading().startsWith(FENCE)) {
            wear(Style.CYAN);
        } else if (line.charAt(0) == '#') {
            wear(Style.BOLD);
        } else if (text.startsWith("**", at) && !code && (strong || isAtWordStart(text, at))) {
            return mark(text, at, 2, () -> strong = !strong);
        } else if (text.charAt(at) == '`') {
            return mark(text, at, 1, () -> code = !code);
        } else {
            wear(code ? Style.CYAN : strong ? Style.BOLD : null);
        }
        int next = text.offsetByCodePoints(at, 1);
        out.append(text, at, next);
        return next;
    }

    /** Strong words begin at the start of a word: paths and formulas have asterisks, too. */
    private static boolean isAtWordStart(String text, int at) {
        return text.length() > at + 2 && (at == 0 || "(\"'".indexOf(text.charAt(at - 1)) >= 0);
    }

    /** A mark belongs to what it opens and what it closes. */
    private int mark(String text, int at, int length, Runnable change) {
        boolean opens = !(code || strong);
        if (opens) {
            change.run();
        }
        wear(code ? Style.CYAN : strong ? Style.BOLD : null);
        out.append(text, at, at + length);
        if (!opens) {
            change.run();
        }
        return at + length;
    }

    private void wear(@Nullable Style style) {
        if (styles && style != shown) {
            out.append(shown == null ? "" : Style.END).append(style == null ? "" : style.start());
            shown = style;
        }
    }

    private String taken() {
        String result = out.toString();
        out = new StringBuilder();
        return result;
    }
}
