package dev.stele.archunit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.net.URL;
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
                    "dev.stele.domain.tck",
                    "dev.stele.persistence",
                    "dev.stele.git",
                    "dev.stele.provider",
                    "dev.stele.app");

    private static final Pattern TEST_CLASS = Pattern.compile(".*Test(\\$.*)?\\.class");

    /** One import for all, so that they know each other. */
    private static final JavaClasses ALL =
            new ClassFileImporter()
                    .withImportOption(Shipped::isPartOfAnArtifact)
                    .importLocations(
                            ARTIFACTS.stream().map(Shipped::origin).map(Location::of).toList());

    private Shipped() {}

    static JavaClasses classes() {
        return ALL;
    }

    static JavaClasses of(String artifact) {
        String origin = origin(artifact).getPath();
        return ALL.that(
                describe(
                        "from " + artifact,
                        type ->
                                type.getSource()
                                        .orElseThrow()
                                        .getUri()
                                        .toString()
                                        .contains(origin)));
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
