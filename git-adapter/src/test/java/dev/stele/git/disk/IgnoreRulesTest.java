package dev.stele.git.disk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IgnoreRulesTest {

    private static final int ROUNDS = 250;
    private static final String[] PARTS = {
        "a",
        "b",
        "A",
        "*",
        "**",
        "?",
        "[ab]",
        "[!a]",
        "/",
        "/",
        "/**/",
        "\\a",
        "\\*",
        " ",
        ".",
        "a*",
        "[^b]",
        "[a-]",
        "[b-a]",
        "[A]",
        "[A-B]",
        "A",
        "\\A",
        "[]a]",
        "[[:alpha:]]",
        "[[:foo:]]",
        "\\ ",
        "[",
        "]",
        "!",
        "#",
        "\\#",
        "é",
        "\\",
        "\t",
        "-"
    };
    private static final String[] NAMES = {
        "a", "b", "ab", "ba", "aa", "A", "a b", "a.b", "a-", "*", "[", "é", "a ", "ab.a", "]", "!a",
        "#", "-", "a\\"
    };

    private static final long SEED = Long.getLong("stele.seed", 20_261_122);

    @TempDir Path directory;

    @Test
    void every_verdict_is_that_of_git() throws Exception {
        assertSameVerdicts(false, SEED);
    }

    @Test
    void every_verdict_is_that_of_git_where_case_does_not_count() throws Exception {
        assertSameVerdicts(true, SEED);
    }

    @Test
    void a_capital_that_is_escaped_or_in_a_set_matches_nothing_where_case_does_not_count() {
        for (String pattern : List.of("\\A", "[A]", "[\\A]", "?[A]", "[AB-]")) {
            IgnoreRules rules = IgnoreRules.none(true).with("", pattern + "\n");
            assertThat(rules.ignores("a", false)).as(pattern).isFalse();
            assertThat(rules.ignores("A", false)).as(pattern).isFalse();
            assertThat(rules.ignores("aa", false)).as(pattern).isFalse();
        }
        for (String pattern : List.of("\\a", "[a]", "[A-B]", "A", "[!B]")) {
            IgnoreRules rules = IgnoreRules.none(true).with("", pattern + "\n");
            assertThat(rules.ignores("a", false)).as(pattern).isTrue();
            assertThat(rules.ignores("A", false)).as(pattern).isTrue();
        }
    }

    @Test
    void the_innermost_file_decides_and_later_lines_go_before_earlier_ones() {
        IgnoreRules rules =
                IgnoreRules.none(false)
                        .with("", "*.log\n!keep.log\n")
                        .with("sub/", "keep.log\n!x.log\n/only\n");
        assertThat(rules.ignores("a.log", false)).isTrue();
        assertThat(rules.ignores("keep.log", false)).isFalse();
        assertThat(rules.ignores("sub/keep.log", false)).isTrue();
        assertThat(rules.ignores("sub/x.log", false)).isFalse();
        assertThat(rules.ignores("sub/only", false)).isTrue();
        assertThat(rules.ignores("only", false)).isFalse();
    }

    @Test
    void byte_order_mark_and_carriage_returns_do_not_count() {
        String content = new String("\uFEFFa\r\nb\r".getBytes(UTF_8), ISO_8859_1);
        IgnoreRules rules = IgnoreRules.none(false).with("", content);
        assertThat(rules.ignores("a", false)).isTrue();
        assertThat(rules.ignores("b", false)).isFalse();
        assertThat(rules.ignores("b\r", false)).isTrue();
    }

    @Test
    void a_hostile_pattern_costs_no_more_than_its_length() {
        IgnoreRules rules = IgnoreRules.none(false).with("", "a*".repeat(60) + "b\n");
        assertThat(rules.ignores("a".repeat(250), false)).isFalse();
    }

    private void assertSameVerdicts(boolean ignoreCase, long seed) throws Exception {
        Random random = new Random(seed);
        git(List.of("init", "-q"), "");
        git(List.of("config", "core.ignoreCase", Boolean.toString(ignoreCase)), "");
        List<String> paths = paths(random);
        for (int round = 0; round < ROUNDS; round++) {
            String content = lines(random);
            Files.writeString(directory.resolve(".gitignore"), content);
            IgnoreRules rules =
                    IgnoreRules.none(ignoreCase)
                            .with("", new String(content.getBytes(UTF_8), ISO_8859_1));
            var ours = new TreeMap<String, Boolean>();
            paths.forEach(path -> ours.put(path, isIgnored(rules, path)));
            assertThat(ours).as("seed %d, ignore file:%n%s", seed, content).isEqualTo(ofGit(paths));
        }
    }

    private static String lines(Random random) {
        var content = new StringBuilder();
        for (int lines = 1 + random.nextInt(3); lines > 0; lines--) {
            for (int parts = 1 + random.nextInt(5); parts > 0; parts--) {
                content.append(PARTS[random.nextInt(PARTS.length)]);
            }
            content.append('\n');
        }
        return content.toString();
    }

    private static List<String> paths(Random random) {
        List<String> paths = new ArrayList<>(List.of(NAMES));
        for (String first : NAMES) {
            for (String second : NAMES) {
                paths.add(first + "/" + second);
            }
        }
        for (int i = 0; i < 150; i++) {
            paths.add(any(random) + "/" + any(random) + "/" + any(random));
        }
        return paths;
    }

    private static String any(Random random) {
        return NAMES[random.nextInt(NAMES.length)];
    }

    /** The same question that the scan asks from the top down: are it or its parents ignored? */
    private static boolean isIgnored(IgnoreRules rules, String path) {
        String raw = RawNames.fromText(path);
        for (int slash = raw.indexOf('/'); slash >= 0; slash = raw.indexOf('/', slash + 1)) {
            if (rules.ignores(raw.substring(0, slash), true)) {
                return true;
            }
        }
        return rules.ignores(raw, false);
    }

    private Map<String, Boolean> ofGit(List<String> paths) throws Exception {
        String answer =
                git(
                        List.of("check-ignore", "--no-index", "-v", "-n", "--stdin", "-z"),
                        String.join("\0", paths) + "\0");
        String[] fields = answer.split("\0", -1);
        var verdicts = new TreeMap<String, Boolean>();
        for (int i = 0; i + 3 < fields.length; i += 4) {
            verdicts.put(fields[i + 3], !fields[i + 2].isEmpty() && !fields[i + 2].startsWith("!"));
        }
        return verdicts;
    }

    private String git(List<String> arguments, String input)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).directory(directory.toFile()).start();
        Thread writer = Thread.startVirtualThread(() -> write(process, input));
        String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
        writer.join();
        process.waitFor();
        return answer;
    }

    private static void write(Process process, String input) {
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
