package dev.stele.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CommandId;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentIdsTest {
    @Test
    void nothing_is_new_to_who_knows_only_the_greatest() {
        var recent = new RecentIds(new CommandId("b"));

        assertThat(recent.isNew(new CommandId("a"))).isFalse();
        assertThat(recent.isNew(new CommandId("b"))).isFalse();
        assertThat(recent.isNew(new CommandId("c"))).isTrue();

        recent.add(new CommandId("c"));
        assertThat(recent.isNew(new CommandId("c"))).isFalse();
    }

    @Test
    void everything_is_new_before_the_first_answer() {
        assertThat(new RecentIds(null).isNew(new CommandId("-"))).isTrue();
    }

    /** Ids in any order: nearly sorted ones are told to be new, and none that was answered is. */
    @ParameterizedTest
    @ValueSource(ints = {50, 5_000_000})
    void no_answered_id_is_taken_for_a_new_one(int disorder) {
        var random = new Random(7);
        var recent = new RecentIds(null);
        Set<CommandId> answered = new HashSet<>();
        int asked = 0;
        for (int i = 0; i < 50_000; i++) {
            var id = new CommandId(String.format("%09d", i + random.nextInt(disorder)));
            if (!recent.isNew(id)) {
                asked++;
            } else {
                assertThat(answered.contains(id)).as(id.value()).isFalse();
            }
            recent.add(id);
            answered.add(id);
        }
        int repeats = 50_000 - answered.size();
        assertThat(asked).isBetween(repeats, disorder == 50 ? repeats : 50_000);
    }
}
