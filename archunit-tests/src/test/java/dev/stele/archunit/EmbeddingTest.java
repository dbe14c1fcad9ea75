package dev.stele.archunit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.Stele;
import dev.stele.app.TurnResult;
import dev.stele.app.approval.ApprovalPolicy;
import dev.stele.app.config.SteleHome;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody gets who depends on {@code stele-app}. This module does just that, so its class
 * path is an embedder's, and the libraries of the tests.
 */
@Timeout(180)
class EmbeddingTest {
    /** Neither a command line, nor a web server, nor a logging back end. */
    private static final Set<String> LIBRARIES =
            Set.of(
                    "JavaEWAH",
                    "aopalliance",
                    "commons-codec",
                    "error_prone_annotations",
                    "failureaccess",
                    "flyway-core",
                    "guava",
                    "guice",
                    "j2objc-annotations",
                    "jackson-annotations",
                    "jackson-core",
                    "jackson-databind",
                    "jakarta.inject-api",
                    "jooq",
                    "jspecify",
                    "listenablefuture",
                    "org.eclipse.jgit",
                    "r2dbc-spi",
                    "reactive-streams",
                    "slf4j-api",
                    "sqlite-jdbc",
                    "vavr",
                    "vavr-match");

    private static final Pattern OF_TESTS =
            Pattern.compile(
                    "(junit|opentest4j|apiguardian|assertj|byte-buddy|mockito|objenesis|archunit).*");

    @Test
    void a_dependency_on_stele_brings_these_libraries_and_no_others() {
        assertThat(artifacts()).isEqualTo(LIBRARIES);
    }

    private static Set<String> artifacts() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(name -> name.endsWith(".jar"))
                .map(name -> name.replaceAll("-\\d.*\\.jar", ""))
                .filter(name -> !name.startsWith("stele-") && !OF_TESTS.matcher(name).matches())
                .collect(Collectors.toSet());
    }

    @Test
    void a_turn_works_with_them(@TempDir Path folder) throws InterruptedException {
        var home = new SteleHome(folder.resolve("home"));
        try (Stele stele =
                Stele.builder().home(home).approvals(ApprovalPolicy.Standard.ALL).open()) {
            TurnResult result = stele.run(folder, "scripted", "Write a note.");

            assertThat(result.isCompleted()).as(result.toString()).isTrue();
        }
    }
}
