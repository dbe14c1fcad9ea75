package dev.stele.archunit;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.stele.archunit.Wall.Breach;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wall can fall: a rule that cannot fail proves nothing. */
class BreachTest {
    private static final String TREES = "dev.stele.archunit.breach";

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("breaches")
    void a_planted_breach_is_caught(Wall wall, Breach breach) {
        assertCaught(wall.in(breach.house()), breach);
    }

    @Test
    void a_mock_in_the_tests_of_the_domain_is_caught() {
        var breach = new Breach("mocks", "RuleTestWithAMock");
        assertCaught(Manners.domainTestsUseNoMocks(breach.house()), breach);
    }

    @ParameterizedTest
    @EnumSource
    void every_wall_has_a_breach(Wall wall) {
        assertThat(wall.breaches()).isNotEmpty();
    }

    @Test
    void every_planted_tree_is_used() {
        Set<String> planted =
                planted("").stream()
                        .map(type -> type.getPackageName().substring(TREES.length() + 1))
                        .map(tree -> tree.replaceFirst("\\..*", ""))
                        .collect(toSet());
        Set<String> used =
                Stream.concat(breachesOfAll().map(Breach::tree), Stream.of("mocks"))
                        .collect(toSet());
        assertThat(planted).isEqualTo(used);
    }

    private static void assertCaught(ArchRule rule, Breach breach) {
        JavaClasses tree = planted("/" + breach.tree());
        var result = rule.allowEmptyShould(true).evaluate(tree);
        var culprit = Pattern.compile("\\b" + breach.culprit() + "\\b");
        assertThat(result.getFailureReport().getDetails())
                .anyMatch(detail -> culprit.matcher(detail).find());
    }

    /** Read from their folder: a search of the whole class path for each would take a minute. */
    private static JavaClasses planted(String tree) {
        return new ClassFileImporter()
                .importUrl(BreachTest.class.getResource("/" + TREES.replace('.', '/') + tree));
    }

    private static Stream<Breach> breachesOfAll() {
        return Arrays.stream(Wall.values()).flatMap(wall -> wall.breaches().stream());
    }

    private static Stream<Arguments> breaches() {
        return Arrays.stream(Wall.values())
                .flatMap(wall -> wall.breaches().stream().map(breach -> arguments(wall, breach)));
    }
}
