package dev.stele.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import dev.stele.domain.port.Reactor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProviderModuleTest {

    @Test
    void the_reactor_is_in_the_set_of_reactors() {
        var injector =
                Guice.createInjector(new ProviderModule(ProviderConfig.usual(Path.of("agents"))));

        assertThat(injector.getInstance(Key.get(new TypeLiteral<Set<Reactor>>() {})))
                .singleElement()
                .extracting(Reactor::name)
                .isEqualTo("provider");
    }

    @Test
    void a_limit_of_nothing_is_refused() {
        assertThatThrownBy(() ->
                        ProviderConfig.usual(Path.of("agents"))
                                .withLimits(Duration.ZERO, null, null))
                .hasMessage("start is longer than nothing, not PT0S");
    }

    @Test
    void agents_can_be_named() {
        ProviderConfig config =
                ProviderConfig.usual(Path.of("agents")).withAgents(Map.of("g", "gemini --acp"));

        assertThat(config.agents()).containsExactly(Map.entry("g", "gemini --acp"));
    }
}
