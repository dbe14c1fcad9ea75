package dev.stele.domain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GrowingTextTest {

    @Test
    void it_reads_like_the_string_that_it_is() {
        GrowingText text = GrowingText.of("Hello, ").plus("stone").plus("");

        assertThat(text.toString()).isEqualTo("Hello, stone");
        assertThat(text.length()).isEqualTo(12);
        assertThat(text.charAt(11)).isEqualTo('e');
        assertThat(text.subSequence(7, 12)).hasToString("stone");
        assertThat(text.subSequence(0, 0)).hasToString("");
        assertThat(text.chars().filter(c -> c == 'o').count()).isEqualTo(2);
    }

    @Test
    void no_text_is_empty() {
        assertThat(GrowingText.EMPTY.length()).isZero();
        assertThat(GrowingText.EMPTY.toString()).isEmpty();
        assertThat(GrowingText.of("")).isEqualTo(GrowingText.EMPTY);
    }

    @Test
    void nothing_is_read_beyond_its_own_end_though_a_newer_version_goes_on() {
        GrowingText old = GrowingText.of("abc");
        GrowingText newer = old.plus("def");

        assertThat(newer.charAt(3)).isEqualTo('d');
        assertThatThrownBy(() -> old.charAt(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> old.charAt(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> old.subSequence(0, 4))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> old.subSequence(-1, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> old.subSequence(2, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void it_equals_by_its_words_and_not_by_its_past() {
        GrowingText pieces = GrowingText.of("a").plus("b").plus("c");
        GrowingText shorter = GrowingText.of("ab");
        GrowingText longer = shorter.plus("d");

        assertThat(pieces).isEqualTo(GrowingText.of("abc")).hasSameHashCodeAs("abc");
        assertThat(shorter).isEqualTo(GrowingText.of("ab")).isNotEqualTo(longer);
        assertThat(pieces).isNotEqualTo(longer).isNotEqualTo("abc");
    }

    @Test
    void nothing_added_is_the_same_text() {
        GrowingText text = GrowingText.of("abc");

        assertThat(text.plus("")).isSameAs(text);
    }

    @Test
    void versions_share_one_buffer() {
        GrowingText text = GrowingText.of("x".repeat(200_000));
        List<GrowingText> versions = new ArrayList<>();

        // Copies would be 20 GB.
        for (int i = 0; i < 50_000; i++) {
            text = text.plus("y");
            versions.add(text);
        }

        assertThat(versions.getFirst().length()).isEqualTo(200_001);
        assertThat(versions.getLast().length()).isEqualTo(250_000);
    }

    @Test
    void a_fork_goes_its_own_way() {
        GrowingText trunk = GrowingText.of("abc");

        GrowingText one = trunk.plus("1");
        GrowingText two = trunk.plus("2");
        GrowingText three = trunk.plus("33");

        assertThat(List.of(trunk, one, two, three, one.plus("!"), two.plus("?")))
                .map(GrowingText::toString)
                .containsExactly("abc", "abc1", "abc2", "abc33", "abc1!", "abc2?");
    }

    @Test
    void every_version_of_a_random_tree_keeps_its_words() {
        long seed = 7L;
        var random = new Random(seed);
        List<GrowingText> versions = new ArrayList<>(List.of(GrowingText.EMPTY));
        List<String> expected = new ArrayList<>(List.of(""));
        for (int i = 0; i < 20_000; i++) {
            int newest = versions.size() - 1;
            int parent = random.nextInt(4) == 0 ? random.nextInt(newest + 1) : newest;
            String piece = "abcdefghij".substring(random.nextInt(10));
            if (expected.get(parent).length() < 500) {
                versions.add(versions.get(parent).plus(piece));
                expected.add(expected.get(parent) + piece);
            } else {
                versions.add(GrowingText.of(piece));
                expected.add(piece);
            }
        }

        assertThat(versions.stream().map(GrowingText::toString).toList())
                .as("seed %d", seed)
                .isEqualTo(expected);
    }

    @Test
    void readers_in_other_threads_see_whole_versions_while_it_grows()
            throws InterruptedException, ExecutionException {
        var newest = new AtomicReference<>(GrowingText.EMPTY);
        var done = new AtomicBoolean();
        Callable<String> reader = () -> firstFlaw(newest, done);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<String>> readers = List.of(threads.submit(reader), threads.submit(reader));
            for (int i = 0; i < 200_000; i++) {
                newest.set(newest.get().plus(i % 2 == 0 ? "abc" : "d"));
            }
            done.set(true);

            for (Future<String> found : readers) {
                assertThat(found.get()).isEmpty();
            }
        }
    }

    private static String firstFlaw(AtomicReference<GrowingText> newest, AtomicBoolean done) {
        while (!done.get()) {
            GrowingText text = newest.get();
            for (int i = Math.max(0, text.length() - 64); i < text.length(); i++) {
                if (text.charAt(i) != "abcd".charAt(i % 4)) {
                    return "at " + i + " of " + text.length() + ": " + (int) text.charAt(i);
                }
            }
        }
        return "";
    }

    @Test
    void when_two_threads_extend_one_version_each_gets_its_own_words()
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 2_000; i++) {
                GrowingText trunk = GrowingText.of("trunk ".repeat(10));
                Future<GrowingText> one = threads.submit(() -> trunk.plus("one"));
                Future<GrowingText> two = threads.submit(() -> trunk.plus("two"));

                assertThat(one.get().toString()).isEqualTo(trunk + "one");
                assertThat(two.get().toString()).isEqualTo(trunk + "two");
            }
        }
    }
}
