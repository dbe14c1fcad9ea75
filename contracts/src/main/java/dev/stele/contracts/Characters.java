package dev.stele.contracts;

import org.jspecify.annotations.Nullable;

/** Rules for text: it never holds half a surrogate pair, so that it survives UTF-8 unchanged. */
public interface Characters {

    /**
     * {@return the text with every lone surrogate replaced by U+FFFD; the same object when there is
     * none}
     *
     * @param text any text
     */
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return replaceLoneSurrogates(text);
            }
        }
        return text;
    }

    /**
     * {@return the same for text that may be absent}
     *
     * @param text any text, or null
     */
    static @Nullable String wellFormedOrNull(@Nullable String text) {
        return text == null ? null : wellFormed(text);
    }

    /**
     * {@return the text between quotes for a message to people: cut at 80 characters, control
     * characters shown as {@code ?}}
     *
     * @param text any text
     */
    static String quoted(String text) {
        return "'" + wellFormed(shortened(text)).replaceAll("\\p{Cc}", "?") + "'";
    }

    private static String shortened(String text) {
        if (text.length() <= 80) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(78)) ? 78 : 79;
        return text.substring(0, end) + "…";
    }

    private static String replaceLoneSurrogates(String text) {
        var result = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(result::appendCodePoint);
        return result.toString();
    }
}
