package dev.stele.archunit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;

/** Who may know whom. */
final class Layers {
    private Layers() {}

    static ArchRule modulesKnowOnlyTheModulesBelow(House house) {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("contracts")
                .definedBy(house.contracts())
                .layer("domain")
                .definedBy(house.domain())
                .layer("kits")
                .definedBy(house.kits())
                .layer("persistence")
                .definedBy(house.in("persistence"))
                .layer("git")
                .definedBy(house.in("git"))
                .layer("provider")
                .definedBy(house.in("provider"))
                .layer("app")
                .definedBy(house.in("app"))
                .whereLayer("app")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("kits")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("persistence")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("git")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("provider")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("domain")
                .mayOnlyBeAccessedByLayers("persistence", "git", "provider", "kits", "app")
                .ensureAllClassesAreContainedInArchitecture();
    }

    static ArchRule contractsNeedOnlyTheLanguage(House house) {
        return classes()
                .that(house.contracts())
                .should()
                .onlyDependOnClassesThat(
                        house.contracts()
                                .or(
                                        resideInAnyPackage(
                                                "java.lang..",
                                                "java.util..",
                                                "java.time..",
                                                "org.jspecify..")));
    }

    static ArchRule domainNeedsOnlyTheLanguageAndItsCollections(House house) {
        return classes().that(house.domain()).should().onlyDependOnClassesThat(known(house));
    }

    /** Whoever tests an adapter with a kit brings what the kit needs, so that has to be little. */
    static ArchRule kitsAddOnlyJUnitAndAssertJ(House house) {
        return classes()
                .that(house.kits())
                .should()
                .onlyDependOnClassesThat(
                        known(house)
                                .or(house.kits())
                                .or(
                                        resideInAnyPackage(
                                                "org.junit..",
                                                "org.opentest4j..",
                                                "org.assertj..")))
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> known(House house) {
        return house.domain()
                .or(house.contracts())
                .or(resideInAnyPackage("java..", "org.jspecify..", "io.vavr.."));
    }

    static ArchRule pureCodeKnowsNoPortAndNoShell(House house) {
        return noClasses()
                .that(house.pure())
                .should()
                .dependOnClassesThat(
                        house.in("domain.port", "persistence", "git", "provider", "app"));
    }

    static ArchRule deciderAndProjectorDoNotKnowEachOther(House house) {
        return CompositeArchRule.of(
                        noClasses()
                                .that(house.in("domain.decide"))
                                .should()
                                .dependOnClassesThat(house.in("domain.project")))
                .and(
                        noClasses()
                                .that(house.in("domain.project"))
                                .should()
                                .dependOnClassesThat(house.in("domain.decide")));
    }

    static ArchRule adaptersShowOnlyTheirModuleAndItsConfiguration(House house) {
        return CompositeArchRule.of(
                House.ADAPTERS.stream()
                        .map(adapter -> innerLifeIsPrivate(house, adapter))
                        .toList());
    }

    private static ArchRule innerLifeIsPrivate(House house, String adapter) {
        DescribedPredicate<JavaClass> inside = house.in(adapter);
        DescribedPredicate<JavaClass> face =
                describe(
                        "its module or a configuration record",
                        type ->
                                type.getPackageName().equals(house.root() + "." + adapter)
                                        && isModuleOrRecord(House.outermost(type)));
        return noClasses().that(not(inside)).should(dependOnClassesThat(inside.and(not(face))));
    }

    private static boolean isModuleOrRecord(JavaClass type) {
        return type.getSimpleName().endsWith("Module") || type.isRecord();
    }

    static ArchRule packagesAreFreeOfCycles(House house) {
        return slices().matching(house.root() + ".(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(House.generated(), House.generated());
    }
}
