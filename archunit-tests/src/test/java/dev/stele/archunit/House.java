package dev.stele.archunit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;

/**
 * The rooms of the house, under a root package. The root is a parameter, so that every rule can be
 * run on what ships and on a small tree with a breach planted in it.
 *
 * @param root the package that holds all of them
 */
record House(String root) {

    /** The technical packages of the adapters, in the order of the modules. */
    static final List<String> ADAPTERS = List.of("persistence", "git", "provider");

    /** The package identifier of a room and everything below it. */
    String room(String name) {
        return root + "." + name + "..";
    }

    DescribedPredicate<JavaClass> in(String... rooms) {
        String[] packages = List.of(rooms).stream().map(this::room).toArray(String[]::new);
        return resideInAnyPackage(packages).as("in " + String.join(", ", rooms));
    }

    DescribedPredicate<JavaClass> contracts() {
        return in("contracts");
    }

    /** The kits and the memory store live below the domain's packages but ship on their own. */
    DescribedPredicate<JavaClass> kits() {
        return resideInAPackage("..tck..").and(in("domain")).as("the kits");
    }

    DescribedPredicate<JavaClass> domain() {
        return in("domain").and(not(kits())).as("the domain");
    }

    /** The packages of the decider and the projector. */
    DescribedPredicate<JavaClass> pure() {
        return in("domain.decide", "domain.project").and(not(kits())).as("the pure packages");
    }

    /** Whether a type is the named one or nested in it. */
    DescribedPredicate<JavaClass> type(String relativeName) {
        String name = root + "." + relativeName;
        return describe(relativeName, type -> outermost(type).getName().equals(name));
    }

    /** Written by a generator at build time: not ours to shape. */
    static DescribedPredicate<JavaClass> generated() {
        return resideInAPackage("..generated..").as("generated");
    }

    /** Made by the compiler, such as the table behind a switch over an enum. */
    static DescribedPredicate<JavaClass> written() {
        return describe(
                "written by hand", type -> !type.getModifiers().contains(JavaModifier.SYNTHETIC));
    }

    /** A module of the dependency injector, with whatever is nested in it. */
    static DescribedPredicate<JavaClass> injectorModule() {
        return describe("*Module", type -> outermost(type).getSimpleName().endsWith("Module"));
    }

    static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(House::outermost).orElse(type);
    }
}
