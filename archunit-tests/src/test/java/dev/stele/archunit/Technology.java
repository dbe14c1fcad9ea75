package dev.stele.archunit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URL;
import java.net.URLConnection;
import java.util.Set;

/** Every technology has its room and stays in it. */
final class Technology {
    private static final Set<String> EXEC = Set.of("exec");

    private static final Set<String> OPEN = Set.of("openStream", "openConnection");

    private Technology() {}

    static ArchRule sqlStaysInPersistence(House house) {
        return noClasses()
                .that(not(house.in("persistence")))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "org.jooq..",
                                "org.sqlite..",
                                "org.flywaydb..",
                                "org.postgresql..",
                                "java.sql..",
                                "javax.sql.."));
    }

    static ArchRule jgitStaysInTheGitAdapter(House house) {
        return noClasses()
                .that(not(house.in("git")))
                .should()
                .dependOnClassesThat(resideInAPackage("org.eclipse.jgit.."));
    }

    static ArchRule processesAreTheBusinessOfProviderAndGit(House house) {
        return noClasses()
                .that(
                        not(
                                house.in("provider", "git")
                                        .or(house.type("app.cli.Programs"))
                                        .or(house.type("app.config.Processes"))))
                .should()
                .dependOnClassesThat(
                        belongToAnyOf(ProcessBuilder.class, ProcessHandle.class, Process.class))
                .orShould()
                .accessTargetWhere(
                        describe("Runtime.exec", access -> calls(access, Runtime.class, EXEC)));
    }

    private static boolean calls(JavaAccess<?> access, Class<?> owner, Set<String> methods) {
        return access.getTargetOwner().isEquivalentTo(owner) && methods.contains(access.getName());
    }

    static ArchRule httpClientsStayInTheProviderAndOnTheWayToAServer(House house) {
        return noClasses()
                .that(not(house.in("provider", "app.attach")))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("java.net.http..").or(assignableTo(URLConnection.class)))
                .orShould()
                .accessTargetWhere(describe("URL.open*", access -> calls(access, URL.class, OPEN)));
    }

    static ArchRule jettyStaysInTheServer(House house) {
        return noClasses()
                .that(not(house.in("app.server")))
                .should()
                .dependOnClassesThat(resideInAPackage("org.eclipse.jetty.."));
    }

    static ArchRule coreKnowsNoJson(House house) {
        return noClasses()
                .that(house.in("contracts", "domain"))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson.."));
    }

    /**
     * Jackson 3 still takes its annotations from the old group; nothing else may come from there.
     */
    static ArchRule nobodyUsesTheOldJackson(House house) {
        return noClasses()
                .that(resideInAPackage(house.root() + ".."))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("com.fasterxml.jackson..")
                                .and(not(resideInAPackage("com.fasterxml.jackson.annotation.."))));
    }

    static ArchRule injectorIsSeenOnlyWhereThingsAreWired(House house) {
        return noClasses()
                .that(
                        not(
                                House.injectorModule()
                                        .or(house.type("app.Stele"))
                                        .or(house.type("app.cli.Main"))))
                .should()
                .dependOnClassesThat(resideInAPackage("com.google.inject.."));
    }
}
