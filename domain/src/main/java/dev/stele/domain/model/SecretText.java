package dev.stele.domain.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A text that is to be erased, in the forms in which it is found: as it is, and escaped once or
 * twice as JSON escapes it, since tools' inputs and notices are kept as raw JSON. It is found
 * across the ends of lines and pieces, but not in base64, in pictures, or compressed.
 *
 * <p>Its {@code toString} does not tell it. Immutable.
 */
public final class SecretText {

    /** What stands in the place of the text. */
    public static final String MASK = "[erased]";

    /** Shorter texts are found everywhere. */
    public static final int SHORTEST = 4;

    private final List<String> forms;

    /**
     * A text.
     *
     * @param text at least {@link #SHORTEST} characters, not blank
     * @throws IllegalArgumentException when it is too short
     */
    public SecretText(String text) {
        if (text.length() < SHORTEST || text.isBlank() || MASK.contains(text)) {
            throw new IllegalArgumentException(
                    "A text that is erased has at least "
                            + SHORTEST
                            + " characters; a shorter one would be found everywhere.");
        }
        Set<String> all = new LinkedHashSet<>();
        all.add(text);
        String once = escaped(text, false);
        all.add(once);
        all.add(escaped(once, false));
        String ascii = escaped(text, true);
        all.add(ascii);
        all.add(escaped(ascii, false));
        List<String> longestFirst = new ArrayList<>(all);
        longestFirst.sort((a, b) -> Integer.compare(b.length(), a.length()));
        this.forms = List.copyOf(longestFirst);
    }

    /** As JSON has it between quotes. */
    private static String escaped(String text, boolean onlyAscii) {
        var out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || (onlyAscii && c > 0x7e)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }

    /** {@return the forms in which it is found, the longest first} */
    public List<String> forms() {
        return forms;
    }

    /**
     * {@return whether a text holds it in any form}
     *
     * @param text any text
     */
    public boolean isIn(CharSequence text) {
        String whole = text.toString();
        return forms.stream().anyMatch(whole::contains);
    }

    /**
     * {@return a text with the mask in place of each form}
     *
     * @param text any text
     */
    public String masked(String text) {
        String masked = text;
        for (String form : forms) {
            masked = masked.replace(form, MASK);
        }
        return masked;
    }

    @Override
    public String toString() {
        return MASK;
    }
}
