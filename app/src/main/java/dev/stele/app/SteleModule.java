package dev.stele.app;

import com.google.inject.AbstractModule;
import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.ProvisionException;
import com.google.inject.Singleton;
import com.google.inject.name.Named;
import com.google.inject.spi.Message;
import dev.stele.app.approval.ApprovalReactor;
import dev.stele.app.config.CheckpointSettings;
import dev.stele.app.config.SharedLog;
import dev.stele.app.config.SteleConfig;
import dev.stele.app.config.SteleHome;
import dev.stele.app.engine.Engine;
import dev.stele.app.engine.Subscriber;
import dev.stele.app.error.SteleException.InvalidConfiguration;
import dev.stele.app.queue.QueueReactor;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.OperationProgress;
import dev.stele.domain.port.Reactor;
import dev.stele.git.GitConfig;
import dev.stele.git.GitModule;
import dev.stele.persistence.PersistenceConfig;
import dev.stele.persistence.PersistenceModule;
import dev.stele.persistence.PostgresConfig;
import dev.stele.persistence.PostgresModule;
import dev.stele.provider.ProviderConfig;
import dev.stele.provider.ProviderModule;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one place where the whole is put together. Agents of a dead process are ended before git
 * looks at the trees that they worked on, so the provider's reactors start first.
 */
final class SteleModule extends AbstractModule {
    private final ReadingModule reading;
    private final AdapterModule provider;
    private final ApprovalReactor approvals;
    private final QueueReactor queues;
    private final List<Subscriber> subscribers;

    /**
     * The whole.
     *
     * @param store binds the log
     * @param provider adds the reactors that run agents
     * @param git adds the reactors that work on trees
     * @param approvals answers agents' questions
     * @param queues starts prompts that wait
     * @param subscribers are told of every fact
     * @throws InvalidConfiguration when a module does not bind what its place is for
     */
    SteleModule(
            Module store,
            Module provider,
            Module git,
            ApprovalReactor approvals,
            QueueReactor queues,
            List<Subscriber> subscribers) {
        this.reading = new ReadingModule(store, git);
        this.provider = new AdapterModule(Adapter.PROVIDER, provider);
        this.approvals = approvals;
        this.queues = queues;
        this.subscribers = subscribers;
    }

    /** What there is in a place unless another module is installed there. */
    static Module usual(
            Adapter adapter,
            SteleHome home,
            SteleConfig config,
            @Nullable SharedLog shared,
            OperationProgress progress,
            @Nullable Path recording) {
        return switch (adapter) {
            case STORE ->
                    shared == null
                            ? new PersistenceModule(PersistenceConfig.writing(home.store()))
                            : new PostgresModule(writing(home, config, shared));
            case PROVIDER ->
                    new ProviderModule(
                            ProviderConfig.usual(home.agents())
                                    .withAgents(config.agents())
                                    .withLogins(config.logins())
                                    .withRecording(recording)
                                    .withLimits(config.agentLimits())
                                    .withOffers(config.offers()));
            case GIT -> new GitModule(git(home, config.checkpoints()), progress);
        };
    }

    private static GitConfig git(SteleHome home, CheckpointSettings settings) {
        return GitConfig.usual(home.git())
                .withLimits(
                        settings.largestUntrackedFileBytes(),
                        settings.mostFiles(),
                        settings.mostBytes())
                .withThinning(settings.thin() ? settings.policy() : null)
                .withWatch(settings.watch());
    }

    private static PostgresConfig writing(SteleHome home, SteleConfig config, SharedLog shared) {
        var usual = PostgresConfig.writing(shared.address(), shared.node(), home.snapshots());
        return config.lease() == null ? usual : usual.withLease(config.lease());
    }

    /** The usual log, to look into it. */
    static Module reading(SteleHome home, @Nullable SharedLog shared) {
        return shared == null
                ? new PersistenceModule(PersistenceConfig.reading(home.store()))
                : new PostgresModule(PostgresConfig.reading(shared.address(), home.snapshots()));
    }

    /**
     * What the modules amount to, made when it is asked for.
     *
     * @throws InvalidConfiguration when something that one of them needs is bound nowhere
     */
    static Injector assemble(Module module) {
        try {
            return Guice.createInjector(module);
        } catch (CreationException e) {
            throw incomplete(e.getErrorMessages(), e);
        }
    }

    /** An instance; what its making throws comes out as it is. */
    static <T> T make(Injector injector, Class<T> type) {
        try {
            return injector.getInstance(type);
        } catch (ConfigurationException e) {
            throw incomplete(e.getErrorMessages(), e);
        } catch (ProvisionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : incomplete(e.getErrorMessages(), e);
        }
    }

    private static InvalidConfiguration incomplete(Collection<Message> errors, Exception cause) {
        String reasons =
                errors.stream()
                        .map(SteleModule::sentence)
                        .distinct()
                        .collect(Collectors.joining(" "));
        return new InvalidConfiguration(
                "Stele cannot be put together of the modules that are installed. " + reasons,
                cause);
    }

    private static String sentence(Message error) {
        String reason = error.getMessage().lines().findFirst().orElse("Something is missing.");
        return reason + " See " + error.getSource() + ".";
    }

    @Override
    protected void configure() {
        install(reading);
        install(provider);
    }

    /** The store comes last: when something before it fails, no lock is held. */
    @Provides
    @Singleton
    Engine.Parts parts(
            @Named("PROVIDER") Provider<Set<Reactor>> provider,
            @Named("GIT") Provider<Set<Reactor>> git,
            Codec codec,
            EventStore store) {
        return new Engine.Parts(
                store,
                codec,
                () -> reactors(provider.get(), git.get()),
                InstantSource.system(),
                subscribers);
    }

    private List<Reactor> reactors(Set<Reactor> provider, Set<Reactor> git) {
        List<Reactor> reactors = new ArrayList<>(provider);
        reactors.addAll(git);
        reactors.add(approvals);
        reactors.add(queues);
        return reactors;
    }
}
