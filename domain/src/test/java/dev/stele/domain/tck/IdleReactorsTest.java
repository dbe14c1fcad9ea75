package dev.stele.domain.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.Reactor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves the reactors' suites: one that does nothing fails each of their tests. */
class IdleReactorsTest {
    /** Whether the reactor says that it has done everything. Suites run one after the other. */
    private static boolean boasting;

    /** The provider's suite. Runs only from here. */
    static class Provider extends AgentProviderConformance {
        @TempDir Path folder;

        @Override
        protected AgentProviderFixture newAgentProviderFixture() {
            return new Idle(folder);
        }
    }

    /** The git adapter's suite. Runs only from here. */
    static class Git extends GitConformance {
        @TempDir Path folder;

        @Override
        protected GitFixture newGitFixture() {
            return new Idle(folder);
        }
    }

    private record Idle(Path folder) implements AgentProviderFixture, GitFixture {
        @Override
        public List<Reactor> open() {
            return List.of(new IdleReactor());
        }

        @Override
        public Path newDirectory() {
            try {
                return Files.createTempDirectory(folder, "project");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Duration patience() {
            return Duration.ofMillis(20);
        }

        @Override
        public String agent(Conduct conduct) {
            return "nobody";
        }

        @Override
        public String agent(Manner manner) {
            return "nobody";
        }

        @Override
        public String remote() {
            return "nowhere";
        }

        @Override
        public void close() {}
    }

    private static final class IdleReactor implements Reactor {
        @Override
        public String name() {
            return "idle";
        }

        @Override
        public void start(CommandGateway gateway, EventFeed feed) {}

        @Override
        public boolean drain(Duration timeout) {
            return boasting;
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void a_reactor_that_does_nothing_fails_every_test(boolean git, boolean boasts) {
        boasting = boasts;
        BrokenStoresTest.Results results = BrokenStoresTest.run(git ? Git.class : Provider.class);

        assertThat(results.passed).isEmpty();
        assertThat(results.skipped).isEmpty();
        assertThat(results.failed).hasSizeGreaterThan(20);
    }
}
