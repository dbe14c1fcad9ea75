package dev.stele.provider;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
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
        var catalogue = new AgentCatalogue(config.agents());
        var launcher = new AgentLauncher(config.directory());
        var limits =
                new Limits(
                        config.startLimit(),
                        config.silenceLimit(),
                        config.cancelLimit(),
                        config.maxMessageBytes());
        Provider<Reactor> reactor =
                () -> new ProviderReactor(catalogue, launcher, limits, InstantSource.system());
        Multibinder.newSetBinder(binder(), Reactor.class).addBinding().toProvider(reactor);
    }
}
