package dev.stele.archunit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the types of the core look like: values, closed families, interfaces at the border. */
final class Shapes {
    private static final List<Class<?>> CHANGEABLE =
            List.of(Date.class, ArrayList.class, HashMap.class, HashSet.class);

    private Shapes() {}

    static ArchRule portsAreInterfacesOrValues(House house) {
        return classes()
                .that(house.in("domain.port").and(not(house.kits())))
                .and()
                .areTopLevelClasses()
                .should(
                        be(
                                "an interface, record, enum or RuntimeException",
                                type ->
                                        type.isInterface()
                                                || type.isRecord()
                                                || type.isEnum()
                                                || type.isAssignableTo(RuntimeException.class)));
    }

    static ArchRule contractsAreValues(House house) {
        return classes()
                .that(
                        house.contracts()
                                .or(house.type("domain.event.StoredEvent"))
                                .or(house.type("domain.model.OrchestrationReadModel")))
                .and(House.written())
                .and()
                .areNotInterfaces()
                .should(be("a record or enum", type -> type.isRecord() || type.isEnum()));
    }

    static ArchRule familiesAreClosed(House house) {
        return classes().that(house.in("contracts", "domain")).should(new ClosedFamilies());
    }

    static ArchRule recordsHoldNothingThatChanges(House house) {
        DescribedPredicate<JavaField> partOfARecord =
                describe(
                        "parts of records",
                        field ->
                                field.getOwner().isRecord()
                                        && !field.getModifiers().contains(JavaModifier.STATIC));
        return noFields()
                .that(partOfARecord)
                .and()
                .areDeclaredInClassesThat(house.contracts().or(house.domain()))
                .should(holdSomethingChangeable());
    }

    private static ArchCondition<JavaField> holdSomethingChangeable() {
        return new ArchCondition<>("hold an array or a changeable collection") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                String changeable =
                        parts(field.getType())
                                .filter(Shapes::canChange)
                                .map(JavaClass::getName)
                                .collect(Collectors.joining(", "));
                String message = field.getFullName() + " holds " + changeable;
                events.add(new SimpleConditionEvent(field, !changeable.isEmpty(), message));
            }
        };
    }

    /** A type and everything between its angle brackets. */
    private static Stream<JavaClass> parts(JavaType type) {
        Stream<JavaClass> arguments =
                type instanceof JavaParameterizedType generic
                        ? generic.getActualTypeArguments().stream().flatMap(Shapes::parts)
                        : Stream.empty();
        return Stream.concat(Stream.of(type.toErasure()), arguments);
    }

    private static boolean canChange(JavaClass type) {
        return type.isArray() || CHANGEABLE.stream().anyMatch(type::isAssignableTo);
    }

    static ArchRule coreHasNoSetters(House house) {
        return noMethods()
                .that()
                .areDeclaredInClassesThat(house.contracts().or(house.domain()))
                .should()
                .haveNameMatching("set[A-Z].*");
    }

    private static ArchCondition<JavaClass> be(String shape, Predicate<JavaClass> test) {
        return new ArchCondition<>("be " + shape) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String message = type.getName() + " is not " + shape;
                events.add(new SimpleConditionEvent(type, test.test(type), message));
            }
        };
    }

    /** Also reports a name that is gone: a rename must not switch the rule off. */
    private static final class ClosedFamilies extends ArchCondition<JavaClass> {
        private static final Set<String> NAMES =
                Set.of(
                        "OrchestrationCommand",
                        "OrchestrationEvent",
                        "DeciderError",
                        "ProviderEvent",
                        "MessageContent");

        private final Set<String> missing = new TreeSet<>(NAMES);

        private ClosedFamilies() {
            super("be sealed where they are closed families");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            if (NAMES.contains(type.getSimpleName())) {
                missing.remove(type.getSimpleName());
                String message = type.getName() + " is not sealed";
                events.add(new SimpleConditionEvent(type, type.reflect().isSealed(), message));
            }
        }

        @Override
        public void finish(ConditionEvents events) {
            for (String name : missing) {
                String message = "there is no type named " + name;
                events.add(SimpleConditionEvent.violated(name, message));
            }
        }
    }
}
