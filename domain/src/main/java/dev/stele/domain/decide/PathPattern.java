package dev.stele.domain.decide;

import dev.stele.domain.model.TouchedPath;
import java.util.Arrays;

/**
 * A pattern of paths: {@code *} stands for anything within a name, {@code **} for anything, {@code
 * ?} for one character of a name; {@code **}{@code /} may also be nothing, and a slash at the end
 * means all that is below. It takes time in proportion to both lengths, whatever they hold.
 */
final class PathPattern {

    private PathPattern() {}

    /** One from the root is for what is outside the project, any other for what is inside. */
    static boolean matches(String pattern, TouchedPath path) {
        return pattern.startsWith("/") != path.inside()
                && matches(pattern.endsWith("/") ? pattern + "**" : pattern, path.path());
    }

    /** Goes through the pattern, and keeps which beginnings of the text it stands for so far. */
    private static boolean matches(String pattern, String text) {
        boolean[] beginnings = new boolean[text.length() + 1];
        beginnings[0] = true;
        int at = 0;
        while (at < pattern.length()) {
            if (pattern.startsWith("**/", at)) {
                beginnings = folders(beginnings, text);
                at += 3;
            } else if (pattern.startsWith("**", at)) {
                beginnings = anything(beginnings);
                at += 2;
            } else {
                beginnings =
                        pattern.charAt(at) == '*'
                                ? name(beginnings, text)
                                : character(beginnings, text, pattern.charAt(at));
                at++;
            }
        }
        return beginnings[text.length()];
    }

    private static boolean[] folders(boolean[] before, String text) {
        boolean[] after = Arrays.copyOf(before, before.length);
        boolean[] anywhere = anything(before);
        for (int end = 1; end < after.length; end++) {
            after[end] |= text.charAt(end - 1) == '/' && anywhere[end - 1];
        }
        return after;
    }

    private static boolean[] anything(boolean[] before) {
        boolean[] after = Arrays.copyOf(before, before.length);
        for (int end = 1; end < after.length; end++) {
            after[end] |= after[end - 1];
        }
        return after;
    }

    private static boolean[] name(boolean[] before, String text) {
        boolean[] after = Arrays.copyOf(before, before.length);
        for (int end = 1; end < after.length; end++) {
            after[end] |= after[end - 1] && text.charAt(end - 1) != '/';
        }
        return after;
    }

    private static boolean[] character(boolean[] before, String text, char wanted) {
        boolean[] after = new boolean[before.length];
        for (int end = 1; end < after.length; end++) {
            char found = text.charAt(end - 1);
            after[end] = before[end - 1] && (wanted == '?' ? found != '/' : found == wanted);
        }
        return after;
    }
}
