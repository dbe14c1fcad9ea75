package dev.stele.app;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import dev.stele.app.approval.ApprovalReactor;
import dev.stele.app.engine.Engine;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.Reactor;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** The one place where the whole is put together. */
final class SteleModule extends AbstractModule {
    private final List<Module> adapters;
    private final ApprovalReactor approvals;

    SteleModule(List<Module> adapters, ApprovalReactor approvals) {
        this.adapters = adapters;
        this.approvals = approvals;
    }

    @Override
    protected void configure() {
        adapters.forEach(this::install);
        Multibinder.newSetBinder(binder(), Reactor.class).addBinding().toInstance(approvals);
    }

    /** The store comes last: when something before it fails, no lock is held. */
    @Provides
    @Singleton
    Engine.Parts parts(Set<Reactor> reactors, Codec codec, EventStore store) {
        return new Engine.Parts(store, codec, List.copyOf(reactors), InstantSource.system());
    }
}
