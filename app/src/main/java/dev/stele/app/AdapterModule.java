package dev.stele.app;

import com.google.inject.Binding;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.PrivateModule;
import com.google.inject.TypeLiteral;
import com.google.inject.name.Names;
import com.google.inject.spi.Element;
import com.google.inject.spi.Elements;
import com.google.inject.spi.Message;
import com.google.inject.spi.PrivateElements;
import dev.stele.app.error.SteleException.InvalidConfiguration;
import dev.stele.domain.port.AgentDirectory;
import dev.stele.domain.port.CheckpointCare;
import dev.stele.domain.port.CheckpointErasure;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogAdministration;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.port.RepositoryViews;
import dev.stele.domain.port.RestorePreviews;
import dev.stele.domain.port.TreeDiffs;
import java.util.List;
import java.util.Set;

/** A module in the place that it is installed for: it shows what that place is for, and no more. */
final class AdapterModule extends PrivateModule {
    private static final Key<Set<Reactor>> REACTORS = Key.get(new TypeLiteral<>() {});

    private final Adapter adapter;
    private final List<Element> elements;

    /**
     * A module in its place.
     *
     * @param adapter the place
     * @param module what is installed there
     * @throws InvalidConfiguration when the module does not bind what the place is for
     */
    AdapterModule(Adapter adapter, Module module) {
        this.adapter = adapter;
        this.elements = elements(module);
        switch (adapter) {
            case STORE ->
                    require(module, Key.get(EventStore.class), "binds no EventStore; bind one");
            case PROVIDER, GIT ->
                    require(
                            module,
                            REACTORS,
                            "adds no reactors; add them with Multibinder.newSetBinder(binder(),"
                                    + " Reactor.class)");
        }
    }

    /** Where a place's reactors are found, apart from those of others. */
    static Key<Set<Reactor>> reactors(Adapter adapter) {
        return REACTORS.withAnnotation(Names.named(adapter.name()));
    }

    /** Whether the module binds a type for others to see. */
    boolean binds(Class<?> type) {
        return binds(Key.get(type));
    }

    private void require(Module module, Key<?> key, String complaint) {
        if (!binds(key)) {
            throw new InvalidConfiguration(
                    "The module %s is installed as the %s, but it %s in it."
                            .formatted(module.getClass().getName(), adapter.word(), complaint),
                    null);
        }
    }

    /** What a module could not even say comes out as it was thrown. */
    private static List<Element> elements(Module module) {
        List<Element> elements = Elements.getElements(module);
        for (Element element : elements) {
            if (element instanceof Message error) {
                throw error.getCause() instanceof RuntimeException cause
                        ? cause
                        : new InvalidConfiguration(error.getMessage(), error.getCause());
            }
        }
        return elements;
    }

    private boolean binds(Key<?> key) {
        return elements.stream().anyMatch(element -> binds(element, key));
    }

    private static boolean binds(Element element, Key<?> key) {
        return switch (element) {
            case PrivateElements inner -> inner.getExposedKeys().contains(key);
            case Binding<?> binding -> binding.getKey().equals(key);
            default -> false;
        };
    }

    @Override
    protected void configure() {
        install(Elements.getModule(elements));
        switch (adapter) {
            case STORE -> {
                expose(EventStore.class);
                exposeIfBound(Codec.class);
                exposeIfBound(LogAdministration.class);
            }
            case PROVIDER -> {
                exposeReactors();
                exposeIfBound(AgentDirectory.class);
            }
            case GIT -> {
                exposeReactors();
                exposeIfBound(TreeDiffs.class);
                exposeIfBound(RepositoryViews.class);
                exposeIfBound(RestorePreviews.class);
                exposeIfBound(CheckpointCare.class);
                exposeIfBound(CheckpointErasure.class);
            }
        }
    }

    private void exposeReactors() {
        bind(reactors(adapter)).to(REACTORS);
        expose(reactors(adapter));
    }

    private void exposeIfBound(Class<?> type) {
        if (binds(type)) {
            expose(type);
        }
    }
}
