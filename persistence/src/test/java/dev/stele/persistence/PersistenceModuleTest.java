package dev.stele.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogAdministration;
import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.StoreException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistenceModuleTest {

    @TempDir private Path folder;

    @Test
    void the_store_is_opened_once_and_only_when_it_is_asked_for() {
        Path file = folder.resolve("stele.db");
        Injector injector =
                Guice.createInjector(new PersistenceModule(PersistenceConfig.writing(file)));

        assertThat(injector.getInstance(Codec.class)).isNotNull();
        assertThat(file).doesNotExist();
        try (EventStore store = injector.getInstance(EventStore.class)) {
            assertThat(injector.getInstance(EventStore.class)).isSameAs(store);
            assertThat(store.head()).isZero();
        }
        assertThat(file).exists();
    }

    @Test
    void the_care_of_a_log_opens_nothing_before_it_is_used() {
        Path file = folder.resolve("stele.db");
        Injector injector =
                Guice.createInjector(new PersistenceModule(PersistenceConfig.writing(file)));

        LogAdministration log = injector.getInstance(LogAdministration.class);

        assertThat(file).doesNotExist();
        injector.getInstance(EventStore.class).close();
        assertThat(log.head()).isEqualTo(LogHead.EMPTY);
    }

    @Test
    void what_keeps_the_store_from_opening_is_the_cause_that_guice_names() {
        var config = PersistenceConfig.reading(folder.resolve("stele.db"));
        Injector injector = Guice.createInjector(new PersistenceModule(config));

        assertThatThrownBy(() -> injector.getInstance(EventStore.class))
                .isInstanceOf(ProvisionException.class)
                .hasCauseInstanceOf(StoreException.class);
    }

    @Test
    void a_limit_that_no_store_can_keep_is_refused() {
        Path file = folder.resolve("stele.db");
        var access = PersistenceConfig.Access.READ_WRITE;

        assertThatThrownBy(() -> new PersistenceConfig(file, access, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PersistenceConfig(file, access, Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new PersistenceConfig(file, access, 1).maxEventBytes()).isEqualTo(1);
    }
}
