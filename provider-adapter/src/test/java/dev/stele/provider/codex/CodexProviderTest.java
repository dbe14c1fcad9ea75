package dev.stele.provider.codex;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.tck.AgentProviderConformance;
import dev.stele.domain.tck.AgentProviderFixture;
import dev.stele.provider.ProviderConfig;
import dev.stele.provider.ProviderModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** Agents that speak the protocol of codex keep the contract of a provider. */
class CodexProviderTest extends AgentProviderConformance {
    @TempDir Path folder;

    @Override
    protected AgentProviderFixture newAgentProviderFixture() {
        return new Players(folder);
    }

    private record Players(Path folder) implements AgentProviderFixture {
        @Override
        public List<Reactor> open() {
            var module = new ProviderModule(ProviderConfig.usual(folder.resolve("agents")));
            return List.copyOf(
                    Guice.createInjector(module)
                            .getInstance(Key.get(new TypeLiteral<Set<Reactor>>() {})));
        }

        @Override
        public Path newDirectory() {
            try {
                return Files.createTempDirectory(folder, "project").toRealPath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String agent(Conduct conduct) {
            return conduct == Conduct.CANNOT_START
                    ? "/nowhere/no-such-agent app-server"
                    : CodexPlayer.commandLine(conduct.name());
        }

        @Override
        public String agent(Manner manner) {
            return CodexPlayer.commandLine(manner.name());
        }

        @Override
        public void close() {}
    }
}
