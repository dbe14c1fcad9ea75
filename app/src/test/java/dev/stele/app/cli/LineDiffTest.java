package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {

    @Test
    void lines_that_come_and_go_are_shown_with_those_around_them() {
        assertThat(LineDiff.of("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nD\ne\nf\n"))
                .containsExactly(" b", " c", "-d", "+D", " e", " f");
    }

    @Test
    void changes_that_are_far_from_each_other_are_shown_as_two() {
        String old = numbers(1, 20);
        String changed = old.replace("n2\n", "two\n").replace("n18\n", "");

        assertThat(LineDiff.of(old, changed))
                .containsExactly(
                        " n1", "-n2", "+two", " n3", " n4", "…", " n16", " n17", "-n18", " n19",
                        " n20");
    }

    @Test
    void a_new_file_is_all_new_and_an_equal_one_is_nothing() {
        assertThat(LineDiff.of(null, "a\nb\n")).containsExactly("+a", "+b");
        assertThat(LineDiff.of("a\n", "a\n")).isEmpty();
        assertThat(LineDiff.of("a\n", "")).containsExactly("-a");
    }

    @Test
    void texts_that_differ_in_very_much_are_shown_as_old_and_new() {
        String old = numbers(1, 2_000);
        String changed = numbers(5_001, 7_000);

        List<String> diff = LineDiff.of(old, changed);

        assertThat(diff).hasSize(4_000).startsWith("-n1").endsWith("+n7000");
    }

    /** The seed is shown when it fails. */
    @Test
    void what_is_taken_away_and_put_in_makes_the_new_text_of_the_old_one() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<String> old = lines(random);
            List<String> changed = lines(random);
            List<String> diff = LineDiff.of(String.join("\n", old), String.join("\n", changed));

            assertThat(only(diff, '-')).as("seed %d", seed).isSubsetOf(old);
            var left = new ArrayList<>(old);
            only(diff, '-').forEach(left::remove);
            left.addAll(only(diff, '+'));
            Collections.sort(left);
            Collections.sort(changed);
            assertThat(left).as("seed %d", seed).isEqualTo(changed);
        }
    }

    private static List<String> only(List<String> diff, char sign) {
        return diff.stream()
                .filter(line -> line.charAt(0) == sign)
                .map(line -> line.substring(1))
                .toList();
    }

    private static List<String> lines(Random random) {
        return random.ints(random.nextInt(12), 0, 5)
                .mapToObj(i -> "line" + i)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static String numbers(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> "n" + i + "\n")
                .collect(Collectors.joining());
    }
}
