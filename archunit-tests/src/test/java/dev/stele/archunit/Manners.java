package dev.stele.archunit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** What no code of ours does. */
final class Manners {
    private Manners() {}

    static ArchRule everyPackageIsNullMarked(House house) {
        return classes()
                .that(resideInAPackage(house.root() + "..").and(not(House.generated())))
                .should(
                        new ArchCondition<JavaClass>("be in a package that is @NullMarked") {
                            @Override
                            public void check(JavaClass type, ConditionEvents events) {
                                boolean marked =
                                        type.getPackage().isAnnotatedWith(NullMarked.class);
                                String message =
                                        type.getPackageName()
                                                + " is not @NullMarked: "
                                                + type.getName();
                                events.add(new SimpleConditionEvent(type, marked, message));
                            }
                        });
    }

    /** Programs may: the command line, and the entry of a process that speaks over its pipes. */
    static ArchRule onlyProgramsUseTheStandardStreams(House house) {
        return noClasses()
                .that(not(house.in("app.cli").or(hasAMainMethod())))
                .should(ACCESS_STANDARD_STREAMS);
    }

    private static DescribedPredicate<JavaClass> hasAMainMethod() {
        return describe(
                "has a main method",
                type -> House.outermost(type).tryGetMethod("main", String[].class).isPresent());
    }

    static ArchRule exceptionsHaveANameOfTheirOwn(House house) {
        return noClasses()
                .that()
                .resideInAPackage(house.root() + "..")
                .should(THROW_GENERIC_EXCEPTIONS);
    }

    static ArchRule nobodyUsesTheLoggingOfTheJdk(House house) {
        return noClasses()
                .that()
                .resideInAPackage(house.root() + "..")
                .should(USE_JAVA_UTIL_LOGGING);
    }

    static ArchRule nothingIsInjectedIntoFields(House house) {
        return noFields()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(house.root() + "..")
                .should()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("com.google.inject.Inject");
    }

    /** The core is tested with values and hand-written fakes. */
    static ArchRule domainTestsUseNoMocks(House house) {
        return noClasses()
                .that(house.in("domain", "contracts"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.mockito..");
    }
}
