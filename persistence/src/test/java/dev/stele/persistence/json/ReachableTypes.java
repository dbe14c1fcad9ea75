package dev.stele.persistence.json;

import dev.stele.contracts.Identifier;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.LogStats;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.Receipt;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All types that stand in the log, in a model, or in a door's requests and answers. */
final class ReachableTypes {

    private static final List<Class<?>> ROOTS =
            List.of(
                    StoredEvent.class,
                    CommandEnvelope.class,
                    Receipt.class,
                    DispatchResult.class,
                    LogVerification.class,
                    LogStats.class,
                    OrchestrationReadModel.class);

    private ReachableTypes() {}

    /** The sealed families, without that of the ids, which are texts. */
    static Stream<Class<?>> families() {
        return all().filter(type -> type.isSealed() && type != Identifier.class);
    }

    /** The enums, by name. */
    static Stream<Class<?>> enums() {
        return all().filter(Class::isEnum).sorted(Comparator.comparing(Class::getName));
    }

    /** The records. */
    static Stream<Class<?>> records() {
        return all().filter(Class::isRecord);
    }

    /** The records that stand in values of a type. */
    static Stream<Class<?>> recordsOf(Class<?> root) {
        Set<Class<?>> seen = new LinkedHashSet<>();
        visit(root, seen);
        return seen.stream().filter(Class::isRecord);
    }

    private static Stream<Class<?>> all() {
        Set<Class<?>> seen = new LinkedHashSet<>();
        ROOTS.forEach(root -> visit(root, seen));
        return seen.stream();
    }

    private static void visit(Type type, Set<Class<?>> seen) {
        if (type instanceof ParameterizedType generic) {
            Stream.of(generic.getActualTypeArguments()).forEach(part -> visit(part, seen));
        } else if (type instanceof Class<?> c && seen.add(c)) {
            if (c.isSealed()) {
                Stream.of(c.getPermittedSubclasses()).forEach(variant -> visit(variant, seen));
            } else if (c.isRecord()) {
                Stream.of(c.getRecordComponents())
                        .map(RecordComponent::getGenericType)
                        .forEach(part -> visit(part, seen));
            }
        }
    }
}
