package dev.stele.provider;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.multibindings.Multibinder;
import dev.stele.domain.port.AgentDirectory;
import dev.stele.domain.port.Reactor;
import dev.stele.provider.ProviderConfig.Offer;
import dev.stele.provider.client.ProjectServices;
import dev.stele.provider.process.AgentLauncher;
import dev.stele.provider.process.AgentProcess;
import dev.stele.provider.reactor.Agency;
import dev.stele.provider.reactor.AgentCatalogue;
import dev.stele.provider.reactor.AgentProbe;
import dev.stele.provider.reactor.Limits;
import dev.stele.provider.reactor.ProviderReactor;
import dev.stele.provider.replay.Recorder;
import dev.stele.provider.session.ClientServices;
import dev.stele.provider.session.WireTap;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds the provider reactor to the set of reactors, and binds the directory of the agents. */
public final class ProviderModule extends AbstractModule {
    private final ProviderConfig config;

    /**
     * A module.
     *
     * @param config how agents are found, what they may ask for and how long they are waited for
     */
    public ProviderModule(ProviderConfig config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        Provider<Reactor> reactor = () -> new ProviderReactor(agency(), InstantSource.system());
        Multibinder.newSetBinder(binder(), Reactor.class).addBinding().toProvider(reactor);
        bind(AgentDirectory.class)
                .toProvider((Provider<AgentDirectory>) () -> new AgentProbe(catalogue(), agency()));
    }

    private AgentCatalogue catalogue() {
        return new AgentCatalogue(config.agents(), config.logins());
    }

    private Agency agency() {
        Path recording = config.recording();
        return new Agency(
                catalogue(),
                new AgentLauncher(config.directory()),
                limits(config.limits()),
                (directory, agent) -> services(directory, agent, config.offers()),
                () -> tap(recording));
    }

    private static Limits limits(ProviderConfig.Bounds bounds) {
        return new Limits(
                bounds.start(),
                bounds.silence(),
                bounds.cancel(),
                bounds.idle(),
                bounds.mostAgents(),
                bounds.maxMessageBytes());
    }

    private static WireTap tap(@Nullable Path recording) {
        return recording == null ? WireTap.NONE : Recorder.into(recording);
    }

    private static ClientServices services(Path directory, AgentProcess agent, Set<Offer> offers) {
        return offers.isEmpty()
                ? ClientServices.NONE
                : new ProjectServices(
                        directory,
                        offers.contains(Offer.READ_FILES),
                        offers.contains(Offer.WRITE_FILES),
                        offers.contains(Offer.RUN_COMMANDS) ? agent::startBeside : null);
    }
}
