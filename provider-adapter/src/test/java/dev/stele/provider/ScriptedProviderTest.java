package dev.stele.provider;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.tck.ProviderConformance;
import dev.stele.domain.tck.ProviderFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** Agents that are processes keep the contract of a provider. */
class ScriptedProviderTest extends ProviderConformance {
    @TempDir Path folder;

    @Override
    protected ProviderFixture newProviderFixture() {
        return new Scripts(folder);
    }

    private record Scripts(Path folder) implements ProviderFixture {
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
            return switch (conduct) {
                case SPEAKS -> playing("{\"say\": \"one two three\", \"chunk\": 4}");
                case USES_A_TOOL -> playing("{\"run\": \"echo hello\", \"ask\": false}");
                case ASKS ->
                        playing(
                                """
                                {"ask": "May I?", "allowed": [{"say": "allowed"}],
                                 "rejected": [{"say": "rejected"}]}
                                """);
                case WAITS -> playing("{\"say\": \"waiting\"}, {\"waitForCancel\": true}");
                case CRASHES -> playing("{\"say\": \"so far\"}, {\"crash\": 3}");
                case CANNOT_START -> "/nowhere/no-such-agent";
            };
        }

        private String playing(String steps) {
            try {
                Path script = Files.createTempFile(folder, "script", ".json");
                Files.writeString(script, "{\"steps\": [" + steps + "]}");
                return "scripted:" + script;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {}
    }
}
