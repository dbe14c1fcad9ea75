package dev.stele.git.disk;

import java.util.BitSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The named classes of a bracket expression, over ASCII. */
final class CharacterClasses {

    private CharacterClasses() {}

    /**
     * Adds a class to a set of bytes.
     *
     * @param name its name without the colons
     * @return whether there is such a class
     */
    static boolean addTo(BitSet bytes, String name, boolean ignoreCase) {
        IntPredicate members = named(name, ignoreCase);
        if (members == null) {
            return false;
        }
        for (int c = 0; c < 0x80; c++) {
            if (members.test(c)) {
                bytes.set(c);
            }
        }
        return true;
    }

    private static @Nullable IntPredicate named(String name, boolean ignoreCase) {
        return switch (name) {
            case "alnum" -> c -> isLetter(c) || isDigit(c);
            case "alpha" -> CharacterClasses::isLetter;
            case "blank" -> c -> c == ' ' || c == '\t';
            case "cntrl" -> c -> c < 0x20 || c == 0x7f;
            case "digit" -> CharacterClasses::isDigit;
            case "graph" -> c -> c > 0x20 && c < 0x7f;
            case "lower" -> c -> isLower(c) || (ignoreCase && isUpper(c));
            case "print" -> c -> c >= 0x20 && c < 0x7f;
            case "punct" -> c -> c > 0x20 && c < 0x7f && !isLetter(c) && !isDigit(c);
            case "space" -> c -> c == ' ' || (c >= '\t' && c <= '\r');
            case "upper" -> c -> isUpper(c) || (ignoreCase && isLower(c));
            case "xdigit" -> c -> isDigit(c) || (isLetter(c) && (c | 0x20) <= 'f');
            default -> null;
        };
    }

    private static boolean isLetter(int c) {
        return isLower(c) || isUpper(c);
    }

    private static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(int c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
