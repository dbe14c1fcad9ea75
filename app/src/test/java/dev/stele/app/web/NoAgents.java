package dev.stele.app.web;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import dev.stele.domain.port.AgentDirectory;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.Reactor;
import java.time.Duration;
import java.util.List;

/** A provider that starts nobody: what agents do is done by tests. */
final class NoAgents implements Reactor, AgentDirectory {

    /** The provider as an adapter. */
    static final class NoAgentsModule extends AbstractModule {
        @Override
        protected void configure() {
            var nobody = new NoAgents();
            Multibinder.newSetBinder(binder(), Reactor.class).addBinding().toInstance(nobody);
            bind(AgentDirectory.class).toInstance(nobody);
        }
    }

    @Override
    public List<Listing> known() {
        return List.of(new Listing("puppet", "puppet", true, null));
    }

    @Override
    public Answer ask(String name) {
        return new Answer.Unusable("A puppet answers nobody but its test.");
    }

    @Override
    public String name() {
        return "no agents";
    }

    @Override
    public void start(CommandGateway gateway, EventFeed feed) {
        // There is nobody to start.
    }

    @Override
    public boolean drain(Duration timeout) {
        return true;
    }

    @Override
    public void close() {
        // There is nobody to stop.
    }
}
