package dev.stele.app;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import dev.stele.app.approval.ApprovalReactor;
import dev.stele.app.config.SteleConfig;
import dev.stele.app.config.SteleHome;
import dev.stele.app.engine.Engine;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.port.TreeDiff;
import dev.stele.domain.port.TreeDiffException;
import dev.stele.domain.port.TreeDiffs;
import dev.stele.domain.port.TreeState;
import dev.stele.git.GitConfig;
import dev.stele.git.GitModule;
import dev.stele.persistence.PersistenceConfig;
import dev.stele.persistence.PersistenceModule;
import dev.stele.provider.ProviderConfig;
import dev.stele.provider.ProviderModule;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The one place where the whole is put together. Reactors start in the order of the modules: agents
 * of a dead process are ended before git looks at the trees that they worked on.
 */
final class SteleModule extends AbstractModule {
    private final List<Module> adapters;
    private final ApprovalReactor approvals;

    SteleModule(List<Module> adapters, ApprovalReactor approvals) {
        this.adapters = adapters;
        this.approvals = approvals;
    }

    /** SQLite, the agents and git, all in one home. */
    static List<Module> real(SteleHome home, SteleConfig config) {
        return List.of(
                new PersistenceModule(PersistenceConfig.writing(home.store())),
                new ProviderModule(
                        ProviderConfig.usual(home.agents())
                                .withAgents(config.agents())
                                .withLimits(
                                        config.startLimit(),
                                        config.silenceLimit(),
                                        config.cancelLimit())),
                new GitModule(GitConfig.usual(home.git())));
    }

    /** The log, and git to compare trees; its reactors are not started. */
    static List<Module> reading(SteleHome home) {
        return List.of(
                new PersistenceModule(PersistenceConfig.reading(home.store())),
                new GitModule(GitConfig.usual(home.git())));
    }

    @Override
    protected void configure() {
        adapters.forEach(this::install);
        Multibinder.newSetBinder(binder(), Reactor.class).addBinding().toInstance(approvals);
        OptionalBinder.newOptionalBinder(binder(), TreeDiffs.class);
    }

    /** The store comes last: when something before it fails, no lock is held. */
    @Provides
    @Singleton
    Engine.Parts parts(Set<Reactor> reactors, Codec codec, EventStore store) {
        return new Engine.Parts(store, codec, List.copyOf(reactors), InstantSource.system());
    }

    /**
     * What the facade works with.
     *
     * @param engine the parts of the engine
     * @param diffs compares trees
     */
    record Parts(Engine.Parts engine, TreeDiffs diffs) {}

    @Provides
    @Singleton
    Parts all(Engine.Parts engine, Optional<TreeDiffs> diffs) {
        return new Parts(engine, diffs.orElse(SteleModule::cannotCompare));
    }

    private static TreeDiff cannotCompare(String directory, TreeState from, TreeState to) {
        throw new TreeDiffException(
                "Stele was opened with adapters of which none compares the files of projects.",
                null);
    }
}
