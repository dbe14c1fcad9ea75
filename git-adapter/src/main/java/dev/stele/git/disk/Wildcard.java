package dev.stele.git.disk;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shell pattern as git reads it in ignore files, over raw paths: {@code *} and {@code ?} stop at
 * slashes, {@code **} between slashes does not. Matching takes time in proportion to pattern times
 * path, whatever the pattern. Immutable.
 */
final class Wildcard {

    /** A step of the pattern. */
    private sealed interface Step {
        /** Exactly one byte out of a set. */
        record One(BitSet bytes) implements Step {}

        /** Any bytes but slashes. */
        record Star() implements Step {}

        /** Any bytes. */
        record Anything() implements Step {}

        /** Nothing, or any bytes up to and with a slash. */
        record Directories() implements Step {}
    }

    private final List<Step> steps;

    private Wildcard(List<Step> steps) {
        this.steps = steps;
    }

    /**
     * Reads a pattern.
     *
     * @param pattern the raw pattern
     * @param literal how many bytes at its start hold no special character; git takes a {@code **}
     *     right behind them as if it stood at the start
     * @param ignoreCase whether ASCII letters match in either case
     * @return the pattern, or null when it can match nothing
     */
    static @Nullable Wildcard compile(String pattern, int literal, boolean ignoreCase) {
        var parser = new Parser(pattern, literal, ignoreCase);
        return parser.parse() ? new Wildcard(List.copyOf(parser.steps)) : null;
    }

    /** Whether the whole raw text matches. */
    boolean matches(String text) {
        var places = new BitSet(steps.size() + 1);
        enter(places, 0);
        for (int i = 0; i < text.length() && !places.isEmpty(); i++) {
            places = after(places, text.charAt(i));
        }
        return places.get(steps.size());
    }

    /** A step that may match nothing is passed as soon as it is reached. */
    private void enter(BitSet places, int at) {
        places.set(at);
        if (at < steps.size() && !(steps.get(at) instanceof Step.One)) {
            enter(places, at + 1);
        }
    }

    private BitSet after(BitSet places, char c) {
        var next = new BitSet(steps.size() + 1);
        for (int at = places.nextSetBit(0);
                at >= 0 && at < steps.size();
                at = places.nextSetBit(at + 1)) {
            step(next, at, c);
        }
        return next;
    }

    private void step(BitSet next, int at, char c) {
        boolean stays;
        boolean leaves;
        switch (steps.get(at)) {
            case Step.One(var bytes) -> {
                stays = false;
                leaves = bytes.get(c);
            }
            case Step.Star() -> {
                stays = c != '/';
                leaves = stays;
            }
            case Step.Anything() -> {
                stays = true;
                leaves = true;
            }
            case Step.Directories() -> {
                stays = true;
                leaves = c == '/';
            }
        }
        if (stays) {
            next.set(at);
        }
        if (leaves) {
            enter(next, at + 1);
        }
    }

    /** Reads a pattern once, from left to right. */
    private static final class Parser {
        private final String pattern;
        private final int literal;
        private final boolean ignoreCase;
        private final List<Step> steps = new ArrayList<>();
        private int at;

        Parser(String pattern, int literal, boolean ignoreCase) {
            this.pattern = pattern;
            this.literal = literal;
            this.ignoreCase = ignoreCase;
        }

        boolean parse() {
            while (at < pattern.length()) {
                char c = pattern.charAt(at++);
                boolean sound =
                        switch (c) {
                            case '*' -> stars();
                            case '?' -> add(allButSlash());
                            case '[' -> set();
                            case '\\' -> at < pattern.length() && escaped(pattern.charAt(at++));
                            default -> one(c);
                        };
                if (!sound) {
                    return false;
                }
            }
            return true;
        }

        private boolean add(BitSet bytes) {
            steps.add(new Step.One(bytes));
            return true;
        }

        private boolean one(char c) {
            var bytes = new BitSet();
            setBothCases(bytes, c);
            return add(bytes);
        }

        private boolean escaped(char c) {
            var bytes = new BitSet();
            setAsGit(bytes, c);
            return add(bytes);
        }

        /**
         * Git makes names small where case does not count, but neither what is escaped nor what
         * stands in a set: a capital there matches nothing.
         */
        private void setAsGit(BitSet bytes, char c) {
            if (!ignoreCase || c < 'A' || c > 'Z') {
                setBothCases(bytes, c);
            }
        }

        private void setBothCases(BitSet bytes, char c) {
            bytes.set(c);
            if (ignoreCase && c < 0x80) {
                bytes.set(Character.toLowerCase(c));
                bytes.set(Character.toUpperCase(c));
            }
        }

        private static BitSet allButSlash() {
            var bytes = new BitSet();
            bytes.set(0, 256);
            bytes.clear('/');
            return bytes;
        }

        private boolean stars() {
            int first = at - 1;
            while (at < pattern.length() && pattern.charAt(at) == '*') {
                at++;
            }
            boolean opens = first == literal || first == 0 || pattern.charAt(first - 1) == '/';
            boolean closes =
                    at == pattern.length()
                            || pattern.charAt(at) == '/'
                            || pattern.startsWith("\\/", at);
            if (at - first < 2 || !opens || !closes) {
                steps.add(new Step.Star());
            } else if (at < pattern.length() && pattern.charAt(at) == '/') {
                at++;
                steps.add(new Step.Directories());
            } else {
                steps.add(new Step.Anything());
            }
            return true;
        }

        /** A set in brackets; false when it does not end or names an unknown class. */
        private boolean set() {
            boolean negated = peek() == '!' || peek() == '^';
            if (negated) {
                at++;
            }
            var bytes = new BitSet();
            char previous = 0;
            do {
                if (at >= pattern.length()) {
                    return false;
                }
                int item = setItem(bytes, previous);
                if (item < 0) {
                    return false;
                }
                previous = (char) item;
            } while (peek() != ']');
            at++;
            if (negated) {
                bytes.flip(0, 256);
            }
            bytes.clear('/');
            return add(bytes);
        }

        /** Reads one byte, range or class; returns what a range may start from, 0 for nothing. */
        private int setItem(BitSet bytes, char previous) {
            char c = pattern.charAt(at++);
            if (c == '-' && previous != 0 && at < pattern.length() && peek() != ']') {
                return range(bytes, previous);
            }
            if (c == '[' && peek() == ':') {
                return namedClass(bytes);
            }
            if (c == '\\') {
                if (at >= pattern.length()) {
                    return -1;
                }
                c = pattern.charAt(at++);
            }
            setAsGit(bytes, c);
            return c;
        }

        private int range(BitSet bytes, char from) {
            char to = pattern.charAt(at++);
            if (to == '\\') {
                if (at >= pattern.length()) {
                    return -1;
                }
                to = pattern.charAt(at++);
            }
            for (char c = from; c <= to; c++) {
                setBothCases(bytes, c);
            }
            return 0;
        }

        private int namedClass(BitSet bytes) {
            int end = pattern.indexOf(']', at + 1);
            if (end < 0) {
                return -1;
            }
            if (end - 1 <= at || pattern.charAt(end - 1) != ':') {
                bytes.set('[');
                return '[';
            }
            String name = pattern.substring(at + 1, end - 1);
            at = end + 1;
            return CharacterClasses.addTo(bytes, name, ignoreCase) ? 0 : -1;
        }

        private char peek() {
            return at < pattern.length() ? pattern.charAt(at) : 0;
        }
    }
}
