package dev.stele.provider;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import dev.stele.domain.port.Reactor;
import dev.stele.provider.process.AgentLauncher;
import dev.stele.provider.reactor.AgentCatalogue;
import dev.stele.provider.reactor.Limits;
import dev.stele.provider.reactor.ProviderReactor;
import java.time.InstantSource;

/** Adds the provider reactor to the set of reactors. */
public final class ProviderModule extends AbstractModule {
    private final ProviderConfig config;

    /**
     * A module.
     *
     * @param config how agents are found and how long they are waited for
     */
    public ProviderModule(ProviderConfig config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        Multibinder.newSetBinder(binder(), Reactor.class).addBinding().toInstance(reactor());
    }

    private Reactor reactor() {
        return new ProviderReactor(
                new AgentCatalogue(config.agents()),
                new AgentLauncher(config.directory()),
                new Limits(
                        config.startLimit(),
                        config.silenceLimit(),
                        config.cancelLimit(),
                        config.maxMessageBytes()),
                InstantSource.system());
    }
}
