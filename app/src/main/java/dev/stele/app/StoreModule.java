package dev.stele.app;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import dev.stele.domain.port.Codec;
import dev.stele.persistence.CodecModule;

/** The log and the codec: all that is needed to look into a home. */
final class StoreModule extends AbstractModule {
    private final AdapterModule store;

    StoreModule(Module store) {
        this.store = new AdapterModule(Adapter.STORE, store);
    }

    @Override
    protected void configure() {
        install(store);
        if (!store.binds(Codec.class)) {
            install(new CodecModule());
        }
    }
}
