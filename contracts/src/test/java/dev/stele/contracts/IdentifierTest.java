package dev.stele.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

    private static final String LONGEST = "x".repeat(100);

    static List<Function<String, Identifier>> kinds() {
        return List.of(
                ProjectId::new,
                ThreadId::new,
                TurnId::new,
                ActionId::new,
                CheckpointId::new,
                OperationId::new,
                CommandId::new);
    }

    @Test
    void the_list_of_kinds_is_whole() {
        assertThat(kinds().stream().<Class<?>>map(kind -> kind.apply("a").getClass()))
                .containsExactlyInAnyOrder(Identifier.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_hundred_characters_are_an_id_and_one_more_is_none(Function<String, Identifier> kind) {
        assertThat(kind.apply(LONGEST).value()).isEqualTo(LONGEST);
        assertThatThrownBy(() -> kind.apply(LONGEST + "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 100 characters");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void an_id_shows_as_its_text(Function<String, Identifier> kind) {
        assertThat(kind.apply("aZ09_-")).hasToString("aZ09_-");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void empty_text_is_no_id(Function<String, Identifier> kind) {
        assertThatThrownBy(() -> kind.apply("")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" ", "a b", "a/b", "a.b", "..", "ä", "a\n", "٣", "a\u0000", "\uD83D\uDE00"})
    void other_characters_make_no_id(String text) {
        assertThat(Identifier.isValid(text)).isFalse();
        assertThatThrownBy(() -> new TurnId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_short_id_is_derived_by_adding_the_end() {
        assertThat(CheckpointId.before(new TurnId("t1"))).hasToString("t1-before");
        assertThat(CheckpointId.after(new TurnId("t1"))).hasToString("t1-after");
        assertThat(CheckpointId.safety(new OperationId("r1"))).hasToString("r1-safety");
    }

    @Test
    void ids_derived_from_ids_of_every_length_are_valid_and_keep_their_end() {
        for (int length = 1; length <= 100; length++) {
            String derived = Identifier.derived("x".repeat(length), "-before");

            assertThat(derived).matches(Identifier::isValid).endsWith("-before");
        }
    }

    @Test
    void long_ids_that_differ_only_at_their_end_derive_different_ids() {
        Set<String> derived = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String base = "x".repeat(95) + String.format(Locale.ROOT, "%05d", i);
            derived.add(Identifier.derived(base, "-before"));
            derived.add(Identifier.derived(base, "-after"));
        }

        assertThat(derived).hasSize(20_000);
    }

    @Test
    void no_other_id_derives_what_a_long_one_derives() {
        String derived = Identifier.derived(LONGEST, "-before");
        String forged = derived.substring(0, derived.length() - "-before".length());

        assertThat(Identifier.derived(forged, "-before")).isNotEqualTo(derived);
    }

    @Test
    void derived_ids_are_the_same_for_ever() {
        assertThat(CheckpointId.before(new TurnId(LONGEST)))
                .hasToString("x".repeat(76) + "_052c9e7cec411035-before");
    }

    @Test
    void the_ends_that_are_kept_for_made_ids_are_recognised() {
        assertThat(new CheckpointId("r1-safety").isSafety()).isTrue();
        assertThat(new CheckpointId("t1-before").isOfATurn()).isTrue();
        assertThat(new CheckpointId("t1-after").isOfATurn()).isTrue();
        assertThat(new CheckpointId("before-after-safety-c").isSafety()).isFalse();
        assertThat(new CheckpointId("before-after-safety-c").isOfATurn()).isFalse();
        assertThat(new CheckpointId("r1-safety").isOfATurn()).isFalse();
    }

    @Test
    void a_message_is_named_by_its_turn_and_its_place() {
        assertThat(new MessageId(new TurnId("t1"), 3)).hasToString("t1/3");
        assertThatThrownBy(() -> new MessageId(new TurnId("t1"), -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
