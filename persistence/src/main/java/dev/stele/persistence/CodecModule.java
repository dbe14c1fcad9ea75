package dev.stele.persistence;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.stele.domain.port.Codec;
import dev.stele.persistence.json.JsonCodec;

/** Binds the {@link Codec} alone, for programs that open no store. */
public final class CodecModule extends AbstractModule {

    /** A module. */
    public CodecModule() {}

    @Override
    protected void configure() {
        bind(Codec.class).to(JsonCodec.class);
    }

    @Provides
    @Singleton
    JsonCodec codec() {
        return new JsonCodec();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodecModule;
    }

    @Override
    public int hashCode() {
        return CodecModule.class.hashCode();
    }
}
