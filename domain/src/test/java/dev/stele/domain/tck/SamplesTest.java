package dev.stele.domain.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ToolOutput;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn;
import dev.stele.domain.model.ThreadStatus;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SamplesTest {

    static Stream<Arguments> families() {
        return Stream.of(
                Arguments.of(OrchestrationEvent.class, everything()),
                Arguments.of(StandIn.class, Samples.standIns()),
                Arguments.of(OrchestrationCommand.class, Samples.commands()),
                Arguments.of(ProviderEvent.class, Samples.providerEvents()),
                Arguments.of(MessageContent.class, Samples.contents()),
                Arguments.of(DeciderError.class, Samples.errors()),
                Arguments.of(ToolOutput.class, everything()),
                Arguments.of(ThreadStatus.class, everything()));
    }

    @ParameterizedTest
    @MethodSource("families")
    void every_variant_of_a_family_has_a_sample(Class<?> family, List<?> samples) {
        var seen = new HashSet<Class<?>>();
        records(samples).forEach(value -> seen.add(value.getClass()));

        assertThat(seen).containsAll(variants(family));
    }

    @Test
    void every_optional_field_is_seen_with_and_without_a_value() {
        var missing = new TreeSet<String>();
        for (Class<?> type : records(everything()).map(Object::getClass).toList()) {
            for (RecordComponent field : type.getRecordComponents()) {
                if (field.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                    missing.add(type.getSimpleName() + "." + field.getName() + " set");
                    missing.add(type.getSimpleName() + "." + field.getName() + " unset");
                }
            }
        }
        assertThat(missing).as("optional fields were found at all").isNotEmpty();

        records(everything()).forEach(value -> removeSeen(value, missing));

        assertThat(missing).isEmpty();
    }

    private static void removeSeen(Record value, Set<String> missing) {
        for (RecordComponent field : value.getClass().getRecordComponents()) {
            String state = component(value, field) == null ? " unset" : " set";
            missing.remove(value.getClass().getSimpleName() + "." + field.getName() + state);
        }
    }

    @Test
    void samples_of_a_family_are_all_different() {
        assertThat(Samples.events()).doesNotHaveDuplicates();
        assertThat(Samples.commands()).doesNotHaveDuplicates();
        assertThat(Samples.providerEvents()).doesNotHaveDuplicates();
        assertThat(Samples.contents()).doesNotHaveDuplicates();
        assertThat(Samples.errors()).doesNotHaveDuplicates();
    }

    @Test
    void what_stands_in_for_another_is_among_no_events_that_are_stored() {
        assertThat(Samples.events()).noneMatch(StandIn.class::isInstance);
    }

    @Test
    void stored_samples_count_from_one() {
        var stored = Samples.stored(Samples.events());

        assertThat(stored.getFirst().sequence()).isEqualTo(1);
        assertThat(stored.getLast().sequence()).isEqualTo(Samples.events().size());
        assertThat(stored).extracting(s -> s.event()).isEqualTo(Samples.events());
    }

    @Test
    void the_odd_text_is_well_formed_and_longer_than_its_characters() {
        assertThat(Samples.ODD_TEXT.codePoints().count()).isLessThan(Samples.ODD_TEXT.length());
        assertThat(Samples.ODD_TEXT.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF))
                .isTrue();
    }

    private static List<Object> everything() {
        return Stream.of(
                        Samples.events(),
                        Samples.standIns(),
                        Samples.commands(),
                        Samples.providerEvents(),
                        Samples.contents(),
                        Samples.errors())
                .<Object>flatMap(List::stream)
                .toList();
    }

    /** All records in the values, at any depth. */
    private static Stream<Record> records(@Nullable Object value) {
        return switch (value) {
            case Record r -> Stream.concat(Stream.of(r), fields(r).flatMap(SamplesTest::records));
            case List<?> list -> list.stream().flatMap(SamplesTest::records);
            case null, default -> Stream.empty();
        };
    }

    private static Stream<@Nullable Object> fields(Record value) {
        return Stream.of(value.getClass().getRecordComponents()).map(c -> component(value, c));
    }

    private static @Nullable Object component(Record value, RecordComponent field) {
        try {
            return field.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(field.toString(), e);
        }
    }

    private static Set<Class<?>> variants(Class<?> family) {
        var variants = new HashSet<Class<?>>();
        for (Class<?> permitted : family.getPermittedSubclasses()) {
            variants.addAll(permitted.isSealed() ? variants(permitted) : Set.of(permitted));
        }
        return variants;
    }
}
