package dev.stele.domain.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A text that is to be erased, in the forms in which it is found: as it is; escaped once or twice
 * as JSON escapes it, since tools' inputs and notices are kept as raw JSON; and each of these in
 * base64, in which pictures and files are kept. It is found across the ends of lines and pieces,
 * but not compressed, and in base64 neither when that is broken into lines nor when it has less
 * than {@link #SHORTEST_IN_BASE64} bytes.
 *
 * <p>Its {@code toString} does not tell it. Immutable.
 */
public final class SecretText {

    /** What stands in the place of the text; within base64 it is letters that spell "erased". */
    public static final String MASK = "[erased]";

    /** Shorter texts are found everywhere. */
    public static final int SHORTEST = 4;

    /** Shorter ones would be found in pictures that do not hold them. */
    public static final int SHORTEST_IN_BASE64 = 6;

    private static final String FILLER = "erased";

    private final List<String> forms;
    private final Set<String> inBase64;

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
        Set<String> plain = new LinkedHashSet<>();
        plain.add(text);
        for (JsonEscapes escapes : JsonEscapes.values()) {
            String once = escapes.in(text);
            plain.add(once);
            plain.add(escapes.in(once));
        }
        Set<String> encoded = new LinkedHashSet<>();
        plain.forEach(form -> addBase64(form.getBytes(UTF_8), encoded));
        encoded.removeAll(plain);
        this.inBase64 = Set.copyOf(encoded);
        List<String> longestFirst = new ArrayList<>(plain);
        longestFirst.addAll(encoded);
        longestFirst.sort((a, b) -> Integer.compare(b.length(), a.length()));
        this.forms = List.copyOf(longestFirst);
    }

    /**
     * Three bytes are four letters: bytes within others are spelt in one of three ways, and what is
     * before and after them has a part in the letters at both ends, which are left out.
     */
    private static void addBase64(byte[] bytes, Set<String> forms) {
        if (bytes.length < SHORTEST_IN_BASE64) {
            return;
        }
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            int first = (before * 8 + 5) / 6;
            int end = shifted.length * 8 / 6;
            for (Base64.Encoder alphabet : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                forms.add(alphabet.encodeToString(shifted).substring(first, end));
            }
        }
    }

    /** {@return the forms in which it is found, the longest first} */
    public List<String> forms() {
        return forms;
    }

    /**
     * {@return what stands in the place of a form: in base64 as many letters, so that it stays
     * base64}
     *
     * @param form one of {@link #forms}
     */
    public String maskOf(String form) {
        return inBase64.contains(form)
                ? FILLER.repeat(form.length() / FILLER.length() + 1).substring(0, form.length())
                : MASK;
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
            masked = masked.replace(form, maskOf(form));
        }
        return masked;
    }

    @Override
    public String toString() {
        return MASK;
    }
}
