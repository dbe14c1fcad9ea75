package dev.stele.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Key;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.EventStore;
import org.junit.jupiter.api.Test;

class CodecModuleTest {

    @Test
    void one_codec_is_bound_and_no_store() {
        var injector = Guice.createInjector(new CodecModule(), new CodecModule());

        assertThat(injector.getInstance(Codec.class)).isSameAs(injector.getInstance(Codec.class));
        assertThat(injector.getExistingBinding(Key.get(EventStore.class))).isNull();
    }
}
