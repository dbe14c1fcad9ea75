package dev.stele.app.live;

import java.util.List;

/**
 * What came of a scenario.
 *
 * @param name the scenario
 * @param kept whether the promise was kept
 * @param words how the agent did it, or what was broken
 */
record Verdict(String name, boolean kept, String words) {

    /** The name of what is looked at last: whether the log or a checkpoint holds the key. */
    static final String KEY = "KEY";

    private static final int LONGEST = 300;
    private static final String MARK = "verdict";

    /** Shortens words: assertions may quote all that was said. */
    Verdict {
        words = words.replaceAll("\\s+", " ").strip();
        words = words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…";
    }

    /** As a line. */
    String line() {
        return String.join("\t", MARK, name, Boolean.toString(kept), words);
    }

    /** The verdict of a line; none when it is another line. */
    static List<Verdict> of(String line) {
        String[] parts = line.split("\t", 4);
        return parts.length == 4 && parts[0].equals(MARK)
                ? List.of(new Verdict(parts[1], Boolean.parseBoolean(parts[2]), parts[3]))
                : List.of();
    }
}
