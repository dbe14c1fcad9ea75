package dev.stele.archunit;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.net.URL;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The classes that users get: from the modules' jars in a full build, from their folders of classes
 * where nothing is packaged yet. Found by the one class that every package has, not by a search of
 * the class path, so that no stray folder and no test class comes in.
 */
final class Shipped {
    static final House HOUSE = new House("dev.stele");

    /** The root package of each artifact. */
    static final List<String> ARTIFACTS =
            List.of(
                    "dev.stele.contracts",
                    "dev.stele.domain",
                    "dev.stele.persistence",
                    "dev.stele.git",
                    "dev.stele.provider",
                    "dev.stele.app");

    private static final Pattern TEST_CLASS = Pattern.compile(".*Test(\\$.*)?\\.class");

    private static final JavaClasses ALL = load(ARTIFACTS);

    private Shipped() {}

    /** All of them, in one import, so that they know each other. */
    static JavaClasses classes() {
        return ALL;
    }

    static JavaClasses of(String artifact) {
        return load(List.of(artifact));
    }

    private static JavaClasses load(Collection<String> artifacts) {
        return new ClassFileImporter()
                .withImportOption(Shipped::isPartOfAnArtifact)
                .importLocations(
                        artifacts.stream().map(Shipped::origin).map(Location::of).toList());
    }

    /** Before packaging the kits lie among the domain's tests, which ship with nobody. */
    private static boolean isPartOfAnArtifact(Location location) {
        return !location.contains("/test-classes/")
                || (location.contains("/tck/") && !location.matches(TEST_CLASS));
    }

    /** Where an artifact's classes come from: a jar, or a folder of classes. */
    private static URL origin(String artifact) {
        try {
            return Class.forName(artifact + ".package-info")
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation();
        } catch (ClassNotFoundException e) {
            throw new AssertionError(artifact + " has no package-info that can be found", e);
        }
    }
}
