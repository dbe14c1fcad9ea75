package dev.stele.git.program;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What came of running git. Immutable. */
public final class GitRun {

    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/\\s]+(?=@)");

    /** How shells and Java tell the signals INT, QUIT, KILL, PIPE and TERM. */
    private static final Set<Integer> STOPPED = Set.of(130, 131, 137, 141, 143);

    /** What git prints of its progress, which explains nothing. */
    private static final Pattern PROGRESS =
            Pattern.compile(
                    "(remote: )?(Enumerating|Counting|Compressing|Writing|Resolving|Updating) "
                            + "\\w+: .*|(remote: )?Total \\d+ .*|Delta compression using .*");

    private static final int MOST_LINES = 12;
    private static final int MOST_CHARACTERS = 1_000;

    private final int code;
    private final byte[] output;
    private final String errors;

    GitRun(int code, byte[] output, byte[] errors) {
        this.code = code;
        this.output = output;
        this.errors = new String(errors, UTF_8);
    }

    /** Its exit code. */
    public int code() {
        return code;
    }

    /** Whether it succeeded. */
    public boolean succeeded() {
        return code == 0;
    }

    /** The first line that it printed, without blanks around it; empty when there is none. */
    public String line() {
        return new String(output, UTF_8).lines().findFirst().orElse("").strip();
    }

    /** The raw fields of output that separates them with zero bytes. */
    public List<String> rawFields() {
        return Arrays.stream(new String(output, ISO_8859_1).split("\0", -1))
                .filter(field -> !field.isEmpty())
                .toList();
    }

    /** Its output as text. */
    public String text() {
        return new String(output, UTF_8);
    }

    /** What it complained of, as it said it. */
    public String errors() {
        return errors;
    }

    /** A line without the names and passwords in its addresses. */
    static String withoutSecrets(String line) {
        return CREDENTIALS.matcher(line).replaceAll("***");
    }

    /** The end of what it complained of, for people: without secrets, and not too long. */
    public String explanation() {
        List<String> lines =
                (errors.isBlank() ? text() : errors)
                        .lines()
                        .map(GitRun::withoutSecrets)
                        .filter(line -> !line.isBlank() && !PROGRESS.matcher(line).matches())
                        .toList();
        String end =
                String.join(
                        "\n", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
        String told =
                end.length() <= MOST_CHARACTERS
                        ? end
                        : "…" + end.substring(end.length() - MOST_CHARACTERS);
        return STOPPED.contains(code)
                ? "git was stopped by a signal before it was done. " + told
                : told;
    }
}
