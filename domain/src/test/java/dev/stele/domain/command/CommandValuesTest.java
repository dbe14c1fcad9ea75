package dev.stele.domain.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.decide.Families;
import dev.stele.domain.model.ActionPolicy;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.CheckpointStats;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.domain.model.ThinningPolicy;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command keeps lone surrogates out, and what is smaller than a millisecond. */
class CommandValuesTest {

    private static final Instant FINE = Instant.parse("2026-03-01T10:00:00.123456789Z");
    private static final Instant CUT = Instant.parse("2026-03-01T10:00:00.123Z");
    private static final Map<Class<?>, Object> SAMPLES =
            Map.ofEntries(
                    Map.entry(String.class, "a\uD83Db"),
                    Map.entry(Instant.class, FINE),
                    Map.entry(int.class, 1),
                    Map.entry(long.class, 1L),
                    Map.entry(List.class, List.of()),
                    Map.entry(ProjectId.class, new ProjectId("p1")),
                    Map.entry(ThreadId.class, new ThreadId("t1")),
                    Map.entry(TurnId.class, new TurnId("u1")),
                    Map.entry(ActionId.class, new ActionId("a1")),
                    Map.entry(CheckpointId.class, new CheckpointId("c1")),
                    Map.entry(OperationId.class, new OperationId("o1")),
                    Map.entry(Actor.class, Actor.policy("rule")),
                    Map.entry(ActionPolicy.class, ActionPolicy.NONE),
                    Map.entry(ChangeSelection.class, new ChangeSelection.All()),
                    Map.entry(RestoreScope.class, RestoreScope.FILES),
                    Map.entry(RestoreSummary.class, new RestoreSummary(0, 0, List.of())),
                    Map.entry(CheckpointStats.class, new CheckpointStats(0, 0, List.of())),
                    Map.entry(ThinningPolicy.class, ThinningPolicy.USUAL),
                    Map.entry(ProviderEvent.class, new ProviderEvent.Retrying("again")));

    static Stream<Class<?>> commands() {
        return Families.leaves(OrchestrationCommand.class);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void texts_are_well_formed_and_times_are_cut(Class<?> type)
            throws ReflectiveOperationException {
        Object command = made(type);

        for (RecordComponent component : type.getRecordComponents()) {
            Object value = component.getAccessor().invoke(command);
            if (component.getType() == String.class) {
                assertThat(value).as(component.getName()).isEqualTo("a\uFFFDb");
            } else if (component.getType() == Instant.class) {
                assertThat(value).as(component.getName()).isEqualTo(CUT);
            } else {
                // a list that has nothing in it may be left out
                assertThat(value == null ? List.of() : value)
                        .isEqualTo(SAMPLES.get(component.getType()));
            }
        }
    }

    private static Object made(Class<?> type) throws ReflectiveOperationException {
        List<Class<?>> types = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            assertThat(SAMPLES).containsKey(component.getType());
            types.add(component.getType());
            values.add(SAMPLES.get(component.getType()));
        }
        return type.getDeclaredConstructor(types.toArray(Class<?>[]::new))
                .newInstance(values.toArray());
    }
}
