package dev.stele.app.embedding;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import dev.stele.domain.port.Reactor;
import java.util.Map;

/** Adds the reactor that runs pieces of Java as agents. */
public final class JavaAgentsModule extends AbstractModule {
    private final Map<String, JavaAgent> agents;

    /** Agents by the names that threads use. */
    public JavaAgentsModule(Map<String, JavaAgent> agents) {
        this.agents = agents;
    }

    @Override
    protected void configure() {
        Multibinder.newSetBinder(binder(), Reactor.class)
                .addBinding()
                .toInstance(new JavaAgents(agents));
    }
}
