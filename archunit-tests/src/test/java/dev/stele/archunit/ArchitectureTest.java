package dev.stele.archunit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The walls stand in what ships. */
class ArchitectureTest {
    private static final Path DOMAIN_TESTS = Path.of("..", "domain", "target", "test-classes");

    @ParameterizedTest
    @EnumSource
    void the_wall_stands(Wall wall) {
        wall.in(Shipped.HOUSE).check(Shipped.classes());
    }

    /** A rule over classes that nobody found is green. */
    @ParameterizedTest
    @CsvSource({
        "dev.stele.contracts, 45",
        "dev.stele.domain, 200",
        "dev.stele.domain.tck, 25",
        "dev.stele.persistence, 50",
        "dev.stele.git, 70",
        "dev.stele.provider, 80",
        "dev.stele.app, 60"
    })
    void the_rules_see_the_code(String artifact, int atLeast) {
        JavaClasses classes = Shipped.of(artifact);
        assertThat(classes)
                .hasSizeGreaterThanOrEqualTo(atLeast)
                .allMatch(type -> type.getPackageName().startsWith(artifact));
    }

    @Test
    void no_package_is_split_between_two_artifacts() {
        Map<String, Set<String>> artifactsByPackage =
                Shipped.ARTIFACTS.stream()
                        .flatMap(ArchitectureTest::packagesOf)
                        .collect(
                                groupingBy(
                                        Map.Entry::getKey, mapping(Map.Entry::getValue, toSet())));
        assertThat(artifactsByPackage).allSatisfy((name, owners) -> assertThat(owners).hasSize(1));
    }

    private static Stream<Map.Entry<String, String>> packagesOf(String artifact) {
        return Shipped.of(artifact).stream()
                .map(JavaClass::getPackageName)
                .distinct()
                .map(name -> Map.entry(name, artifact));
    }

    /** Tests do not ship, so they are read from the folder that the domain's build leaves. */
    @Test
    void the_domain_is_tested_without_mocks() {
        JavaClasses tests = new ClassFileImporter().importPath(DOMAIN_TESTS);
        Manners.domainTestsUseNoMocks(Shipped.HOUSE).check(tests);
    }
}
