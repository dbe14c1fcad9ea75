package dev.stele.app.cli;

import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An agent's words for a terminal, piece by piece as they come: lines are broken between words, and
 * headings, code and strong words have a style. Where a line is broken a line end stands in place
 * of the spaces, and what goes on an item of a list stands below its words; else not a character is
 * left out or added, so that what is copied is what was said. Not thread-safe.
 */
final class Prose {

    private static final String FENCE = "```";
    private static final int BEGINNING = 64;
    private static final Pattern INDENT = Pattern.compile(" *+(?:(?:[-*+•]|\\d{1,9}[.)]) +)?");

    private final IntSupplier screen;
    private final boolean styles;
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder word = new StringBuilder();
    private StringBuilder out = new StringBuilder();
    private int width;
    private int column;
    private int spaces;
    private boolean strong;
    private boolean code;
    private boolean fenced;
    private @Nullable Style shown;

    /**
     * Words to come.
     *
     * @param screen the columns of the terminal, asked for each line; 0 leaves lines as they are
     * @param styles whether the terminal knows styles
     */
    Prose(IntSupplier screen, boolean styles) {
        this.screen = screen;
        this.width = screen.getAsInt();
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
        flushSpaces();
        wear(null);
        forget();
        return taken();
    }

    /** Words of which no more comes. */
    String whole(String text) {
        return piece(text) + end();
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
        flushSpaces();
        if (line.toString().stripLeading().startsWith(FENCE)) {
            fenced = !fenced;
        }
        wear(null);
        out.append('\n');
        forget();
    }

    private void forget() {
        width = screen.getAsInt();
        line.setLength(0);
        column = 0;
        strong = false;
        code = false;
    }

    /** Printed before the next word, if that stays on this line. */
    private void space() {
        flushWord();
        spaces++;
    }

    private void flushSpaces() {
        if (spaces > 0) {
            wear(style());
            out.repeat(' ', spaces);
            remember(" ".repeat(spaces));
            column += spaces;
            spaces = 0;
        }
    }

    /** Whether the next characters may make the word too long for its line. */
    private boolean isNearEnd() {
        return isBroken() && column + spaces + Columns.of(word.toString()) > width - 20;
    }

    private boolean isHalfAMark() {
        return styles && !word.isEmpty() && word.charAt(word.length() - 1) == '*';
    }

    /** Code keeps its lines. */
    private boolean isBroken() {
        return width > 0 && !isCode();
    }

    private void flushWord() {
        String text = word.toString();
        word.setLength(0);
        if (text.isEmpty()) {
            return;
        }
        int columns = Columns.of(text);
        if (isBroken() && column > 0 && spaces > 0 && column + spaces + columns > width) {
            int indent = indent();
            out.append('\n').repeat(' ', indent);
            remember(" ");
            column = indent;
            spaces = 0;
        }
        flushSpaces();
        remember(text);
        column += columns;
        int at = 0;
        while (at < text.length()) {
            at = append(text, at);
        }
    }

    /** The columns before the first word of this line; in narrow terminals room goes first. */
    private int indent() {
        var beginning = INDENT.matcher(line);
        int indent = beginning.lookingAt() ? beginning.end() : 0;
        return indent > width / 3 ? 0 : indent;
    }

    /** How a line begins tells what it is; lines may be endless. */
    private void remember(String text) {
        if (line.length() < BEGINNING) {
            line.append(text, 0, Math.min(text.length(), BEGINNING));
        }
    }

    /** What the next plain character wears. */
    private @Nullable Style style() {
        if (isCode()) {
            return Style.CYAN;
        }
        if (!line.isEmpty() && line.charAt(0) == '#') {
            return Style.BOLD;
        }
        return code ? Style.CYAN : strong ? Style.BOLD : null;
    }

    /** Whether this line is one of a block of code, or the fence around it. */
    private boolean isCode() {
        return fenced || line.toString().stripLeading().startsWith(FENCE);
    }

    /** Appends a mark with what it changes, or one character; returns where the rest begins. */
    private int append(String text, int at) {
        boolean marks = !isCode() && line.charAt(0) != '#';
        if (marks && !code && text.startsWith("**", at) && (strong || isAtWordStart(text, at))) {
            return mark(text, at, 2, () -> strong = !strong);
        }
        if (marks && text.charAt(at) == '`') {
            return mark(text, at, 1, () -> code = !code);
        }
        wear(style());
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
        wear(style());
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
