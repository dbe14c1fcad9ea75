package dev.stele.persistence.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.TurnState;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NamesTest {

    static List<Class<?>> families() {
        return ReachableTypes.families().toList();
    }

    @Test
    void the_families_are_found() {
        assertThat(families())
                .contains(
                        OrchestrationEvent.class,
                        OrchestrationEvent.TurnEvent.class,
                        TurnState.class)
                .hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @MethodSource("families")
    void every_variant_has_a_name_of_its_own_in_its_family(Class<?> family) {
        assertThat(Shapes.leaves(family)).allMatch(Names::isNamed);
        assertThat(Shapes.leaves(family).map(Names::of)).doesNotHaveDuplicates().isNotEmpty();
    }

    @Test
    void no_field_takes_the_place_of_a_name() {
        assertThat(
                        ReachableTypes.records()
                                .flatMap(type -> Stream.of(type.getRecordComponents()))
                                .map(RecordComponent::getName))
                .doesNotContain("type");
    }

    @Test
    void a_type_of_no_family_has_no_name() {
        assertThat(Names.isNamed(OrchestrationReadModel.class)).isFalse();
        assertThatThrownBy(() -> Names.of(OrchestrationReadModel.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OrchestrationReadModel");
    }
}
