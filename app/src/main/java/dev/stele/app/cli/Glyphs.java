package dev.stele.app.cli;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The characters that a terminal can show. For those that Stele draws with there is one of ASCII
 * where they cannot be shown; what else cannot be is a question mark. So nothing outside of the
 * terminal's characters reaches it: read in others, a byte of UTF-8 may be a command to it.
 */
final class Glyphs {

    /** All there are. */
    static final Glyphs ALL = new Glyphs(StandardCharsets.UTF_8);

    private static final Map<Integer, String> PLAIN =
            Map.ofEntries(
                    Map.entry((int) '●', "*"),
                    Map.entry((int) '⎿', "`-"),
                    Map.entry((int) '◆', "*"),
                    Map.entry((int) '◇', "o"),
                    Map.entry((int) '─', "-"),
                    Map.entry((int) '…', "..."),
                    Map.entry((int) '→', "->"),
                    Map.entry((int) '·', "-"),
                    Map.entry((int) '–', "-"),
                    Map.entry((int) '—', "-"),
                    Map.entry((int) '‘', "'"),
                    Map.entry((int) '’', "'"),
                    Map.entry((int) '“', "\""),
                    Map.entry((int) '”', "\""),
                    Map.entry((int) '•', "*"),
                    Map.entry((int) '✓', "x"),
                    Map.entry((int) '▸', ">"));

    private final Charset charset;
    private final ThreadLocal<CharsetEncoder> encoder;

    private Glyphs(Charset charset) {
        this.charset = charset;
        this.encoder = ThreadLocal.withInitial(charset::newEncoder);
    }

    /** Those of a character set. */
    static Glyphs of(Charset charset) {
        return charset.equals(StandardCharsets.UTF_8) ? ALL : new Glyphs(charset);
    }

    /**
     * Those of a locale, by its name as in {@code LANG}. Where none is set, as in containers, the
     * terminal is taken for one of today.
     */
    static Glyphs ofLocale(@Nullable String name) {
        String locale = name == null ? "" : name.replaceFirst("@.*", "");
        if (locale.equals("C") || locale.equals("POSIX")) {
            return of(StandardCharsets.US_ASCII);
        }
        int dot = locale.indexOf('.');
        return dot < 0 ? ALL : of(charset(locale.substring(dot + 1)));
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.US_ASCII;
        }
    }

    /** The character set that they are of. */
    Charset charset() {
        return charset;
    }

    /** Whether all can be shown. */
    boolean areAll() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    /** The text in characters that can be shown. */
    String shown(String text) {
        return areAll() || encoder.get().canEncode(text) ? text : replaced(text);
    }

    private String replaced(String text) {
        var result = new StringBuilder(text.length());
        text.codePoints().forEach(c -> result.append(shown(c)));
        return result.toString();
    }

    private String shown(int c) {
        String character = Character.toString(c);
        return encoder.get().canEncode(character) ? character : PLAIN.getOrDefault(c, "?");
    }
}
