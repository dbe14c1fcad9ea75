package dev.stele.archunit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** What the core may not do: ask the clock, roll dice, touch the outside, run on its own. */
final class Purity {
    private static final Set<String> DICE =
            Set.of(
                    "java.util.UUID.randomUUID",
                    "java.lang.Math.random",
                    "java.util.Collections.shuffle");

    private Purity() {}

    static ArchRule timeAndChanceAreArguments(House house) {
        return noClasses()
                .that(values(house))
                .should()
                .accessTargetWhere(asksTheClock())
                .orShould()
                .accessTargetWhere(rollsDice())
                .orShould()
                .dependOnClassesThat(
                        belongToAnyOf(
                                Random.class,
                                SplittableRandom.class,
                                SecureRandom.class,
                                RandomGenerator.class));
    }

    static ArchRule pureCodeTouchesNothingOutside(House house) {
        return noClasses()
                .that(house.contracts().or(house.pure()))
                .should()
                .dependOnClassesThat(
                        belongToAnyOf(
                                        System.class,
                                        Thread.class,
                                        Runtime.class,
                                        ProcessHandle.class,
                                        Files.class)
                                .or(
                                        resideInAnyPackage(
                                                "java.io..",
                                                "java.net..",
                                                "java.nio.file..",
                                                "java.nio.channels..",
                                                "java.util.concurrent..")));
    }

    /** Commands, events and the model are as free of clock and dice as those who work on them. */
    private static DescribedPredicate<JavaClass> values(House house) {
        return house.contracts()
                .or(house.pure())
                .or(house.in("domain.command", "domain.event", "domain.model"));
    }

    private static DescribedPredicate<JavaAccess<?>> asksTheClock() {
        return describe(
                "the clock",
                access ->
                        access.getTarget().getName().equals("now")
                                || access.getTargetOwner().isAssignableTo(java.time.Clock.class));
    }

    private static DescribedPredicate<JavaAccess<?>> rollsDice() {
        return describe(
                "dice",
                access ->
                        DICE.contains(
                                access.getTargetOwner().getName()
                                        + "."
                                        + access.getTarget().getName()));
    }
}
