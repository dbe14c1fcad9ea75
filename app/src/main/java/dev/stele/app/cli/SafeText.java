package dev.stele.app.cli;

/**
 * Text from outside made safe for a terminal: an agent's words, a file's name or a prompt must not
 * move the cursor, change colours, retitle the window or hide what stands there.
 */
final class SafeText {

    private SafeText() {}

    /** The text with everything that commands a terminal shown as a replacement character. */
    static String of(String text) {
        return text.codePoints().allMatch(SafeText::isHarmless) ? text : replaced(text);
    }

    /** The same on one line, cut to a number of characters. */
    static String line(String text, int length) {
        String line = of(text).strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= length
                ? line
                : line.substring(0, line.offsetByCodePoints(0, length - 1)) + "…";
    }

    /** A line of code, with its blanks, cut to a number of characters. */
    static String code(String line, int length) {
        String safe = of(line).replace("\t", "    ");
        return safe.codePointCount(0, safe.length()) <= length
                ? safe
                : safe.substring(0, safe.offsetByCodePoints(0, length - 1)) + "…";
    }

    /** A value of JSON, in which what commands a terminal is written as JSON can write it. */
    static String ofJson(String json) {
        if (json.codePoints().allMatch(SafeText::isHarmless)) {
            return json;
        }
        var result = new StringBuilder(json.length());
        json.codePoints()
                .forEach(c ->
                        result.append(
                                isHarmless(c) ? Character.toString(c) : "\\u%04x".formatted(c)));
        return result.toString();
    }

    private static String replaced(String text) {
        var result = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c != '\r')
                .map(c -> isHarmless(c) ? c : 0xFFFD)
                .forEach(result::appendCodePoint);
        return result.toString();
    }

    private static boolean isHarmless(int c) {
        return c == '\n' || c == '\t' || !(Character.isISOControl(c) || isDirectionMark(c));
    }

    /** Marks that turn the direction of writing can make a line read other than it is. */
    private static boolean isDirectionMark(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }
}
