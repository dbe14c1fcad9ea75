package dev.stele.git.disk;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is ignored below a directory: the patterns of one ignore file, then those of the files that
 * it goes before. Immutable, and compared by identity: as long as a directory has the same rules
 * every verdict of them still stands.
 */
public final class IgnoreRules {

    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    private final @Nullable IgnoreRules outer;
    private final String base;
    private final String text;
    private final boolean ignoreCase;
    private final List<IgnorePattern> patterns;

    private IgnoreRules(@Nullable IgnoreRules outer, String base, String text, boolean ignoreCase) {
        this.outer = outer;
        this.base = base;
        this.text = text;
        this.ignoreCase = ignoreCase;
        this.patterns = patterns(text, ignoreCase);
    }

    /**
     * Rules that ignore nothing.
     *
     * @param ignoreCase whether ASCII letters match in either case ({@code core.ignoreCase})
     */
    public static IgnoreRules none(boolean ignoreCase) {
        return new IgnoreRules(null, "", "", ignoreCase);
    }

    /**
     * These rules with those of a file that goes before them.
     *
     * @param base the raw path of the file's directory from the top of the working tree: empty, or
     *     with a slash at its end
     * @param content the file's raw content
     */
    public IgnoreRules with(String base, String content) {
        return new IgnoreRules(this, base, content, ignoreCase);
    }

    /** Whether these are the rules that {@link #with} would make of the given ones. */
    public boolean isMadeFrom(IgnoreRules given, String content) {
        return outer == given && text.equals(content);
    }

    /** Whether these rules go before the given ones, with nothing in between. */
    public boolean isRightBefore(IgnoreRules given) {
        return outer == given;
    }

    /** Whether the other rules were read from the same files with the same content. */
    public boolean isSameAs(IgnoreRules other) {
        IgnoreRules a = this;
        IgnoreRules b = other;
        while (a != null && b != null && a != b) {
            if (!a.text.equals(b.text) || !a.base.equals(b.base) || a.ignoreCase != b.ignoreCase) {
                return false;
            }
            a = a.outer;
            b = b.outer;
        }
        return a == b;
    }

    /**
     * Whether a path is ignored, as far as patterns tell: a path below an ignored directory is
     * ignored too, and what is tracked is not.
     *
     * @param path the raw path from the top of the working tree
     * @param directory whether it is a directory
     */
    public boolean ignores(String path, boolean directory) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        for (IgnoreRules rules = this; rules != null; rules = rules.outer) {
            IgnorePattern deciding = rules.lastMatch(path, name, directory);
            if (deciding != null) {
                return !deciding.isNegated();
            }
        }
        return false;
    }

    /** The rules that these go before, or null for the last ones. */
    public @Nullable IgnoreRules outer() {
        return outer;
    }

    /** Writes these rules for {@link #read}, without those that they go before. */
    public void write(DataOutput out) throws IOException {
        byte[] content = RawNames.bytes(text);
        out.writeBoolean(ignoreCase);
        out.writeUTF(base);
        out.writeInt(content.length);
        out.write(content);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param outer the rules that they go before
     */
    public static IgnoreRules read(DataInput in, @Nullable IgnoreRules outer) throws IOException {
        boolean ignoreCase = in.readBoolean();
        String base = in.readUTF();
        var content = new byte[in.readInt()];
        in.readFully(content);
        return new IgnoreRules(outer, base, RawNames.raw(content), ignoreCase);
    }

    private @Nullable IgnorePattern lastMatch(String path, String name, boolean directory) {
        if (patterns.isEmpty() || !path.startsWith(base)) {
            return null;
        }
        String relative = path.substring(base.length());
        for (int i = patterns.size() - 1; i >= 0; i--) {
            if (patterns.get(i).matches(relative, name, directory)) {
                return patterns.get(i);
            }
        }
        return null;
    }

    private static List<IgnorePattern> patterns(String text, boolean ignoreCase) {
        List<IgnorePattern> patterns = new ArrayList<>();
        int start = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int stop = end < 0 ? text.length() : end;
            boolean carriageReturn = end > start && text.charAt(end - 1) == '\r';
            String line = text.substring(start, carriageReturn ? stop - 1 : stop);
            IgnorePattern pattern = IgnorePattern.parse(line, ignoreCase);
            if (pattern != null) {
                patterns.add(pattern);
            }
            start = stop + 1;
        }
        return List.copyOf(patterns);
    }
}
