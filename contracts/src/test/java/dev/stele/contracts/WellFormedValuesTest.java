package dev.stele.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value that holds text keeps lone surrogates out at its constructor. */
class WellFormedValuesTest {

    static Stream<Class<?>> records() {
        return Stream.concat(
                        Stream.of(
                                PermissionOption.class,
                                PlanEntry.class,
                                ProviderError.class,
                                TokenUsage.Cost.class,
                                ToolLocation.class),
                        Stream.of(ProviderEvent.class, MessageContent.class, ToolOutput.class)
                                .flatMap(family -> Stream.of(family.getPermittedSubclasses())))
                .filter(WellFormedValuesTest::holdsText);
    }

    private static boolean holdsText(Class<?> type) {
        return Stream.of(type.getRecordComponents()).anyMatch(c -> c.getType() == String.class);
    }

    @Test
    void there_are_records_to_look_at() {
        assertThat(records()).hasSizeGreaterThan(18);
    }

    @ParameterizedTest
    @MethodSource("records")
    void text_loses_lone_surrogates(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : components) {
            values.add(sample(component.getType()));
        }
        Class<?>[] types =
                Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object made = type.getDeclaredConstructor(types).newInstance(values.toArray());

        for (RecordComponent component : components) {
            if (component.getType() == String.class) {
                assertThat(component.getAccessor().invoke(made))
                        .as(component.getName())
                        .isEqualTo("a\uFFFDb");
            }
        }
    }

    private static Object sample(Class<?> type) {
        if (type == String.class) {
            return "a\uD83Db";
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return switch (type.getSimpleName()) {
            case "boolean" -> false;
            case "double" -> 1.0;
            case "Integer" -> 1;
            case "List" -> List.of();
            case "ActionId" -> new ActionId("a1");
            case "TokenUsage" -> new TokenUsage(1L, null, null, null, null, null, null, null, null);
            default -> throw new AssertionError("no sample of " + type);
        };
    }
}
