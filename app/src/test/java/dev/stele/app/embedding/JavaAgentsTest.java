package dev.stele.app.embedding;

import dev.stele.domain.port.Reactor;
import dev.stele.domain.tck.ProviderConformance;
import dev.stele.domain.tck.ProviderFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.io.TempDir;

/** Agents that are pieces of Java keep the contract of a provider. */
class JavaAgentsTest extends ProviderConformance {
    private static final Map<String, JavaAgent> AGENTS =
            Map.of(
                    "SPEAKS",
                    (_, talk) -> {
                        talk.say("one ");
                        talk.say("two ");
                        talk.say("three");
                    },
                    "USES_A_TOOL",
                    (_, talk) -> talk.tool("clock", "{}", "noon"),
                    "ASKS",
                    (_, talk) -> talk.say(talk.ask("May I?") ? "allowed" : "rejected"),
                    "WAITS",
                    (_, talk) -> {
                        talk.say("waiting");
                        new CountDownLatch(1).await();
                    },
                    "CRASHES",
                    (_, talk) -> {
                        talk.say("so far");
                        throw new IllegalStateException("as the test wants");
                    });

    @TempDir Path folder;

    @Override
    protected ProviderFixture newProviderFixture() {
        return new Agents(folder);
    }

    record Agents(Path folder) implements ProviderFixture {
        @Override
        public List<Reactor> open() {
            return List.of(new JavaAgents(AGENTS));
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
        public String agent(Conduct conduct) {
            return conduct.name();
        }

        @Override
        public void close() {}
    }
}
