package dev.stele.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void an_id_is_twenty_letters_and_digits() {
        assertThat(Ids.turn().value()).matches("[0-9a-hjkmnp-tv-z]{20}");
    }

    @Test
    void a_later_id_sorts_after_an_earlier_one() {
        var random = new Random(1);
        long time = 0;
        String before = Ids.text(time, random.nextLong());
        for (int i = 0; i < 1_000; i++) {
            time += random.nextLong(1, 1L << 34);
            String next = Ids.text(time, random.nextLong());
            assertThat(next).isGreaterThan(before);
            before = next;
        }
    }

    @Test
    void ids_of_one_moment_differ() {
        Set<String> ids = new HashSet<>();
        IntStream.range(0, 100_000).forEach(_ -> ids.add(Ids.command().value()));
        assertThat(ids).hasSize(100_000);
    }

    @Test
    void the_text_is_the_same_for_the_same_numbers() {
        assertThat(Ids.text(0, 0)).isEqualTo("00000000000000000000");
        assertThat(Ids.text((1L << 45) - 1, -1)).isEqualTo("zzzzzzzzzzzzzzzzzzzz");
        assertThat(Ids.text(1_772_357_400_000L, 42)).isEqualTo("1kjmbqde00000000001a");
    }
}
