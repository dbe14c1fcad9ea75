package dev.stele.app.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.PrivateModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import dev.stele.app.Adapter;
import dev.stele.app.Stele;
import dev.stele.app.SteleReader;
import dev.stele.app.TurnResult;
import dev.stele.app.config.SteleHome;
import dev.stele.app.error.SteleException.InvalidConfiguration;
import dev.stele.app.support.FakeWorld;
import dev.stele.app.support.PlainCodec;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.tck.MemoryEventStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can be installed in place of the usual, and what is said when that is not enough. */
@Timeout(180)
class InstallTest {
    private final MemoryEventStore store = new MemoryEventStore();
    private final Path folder;
    private final Stele.Builder builder;

    InstallTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        builder = Stele.builder().home(new SteleHome(folder.resolve("home")));
        Files.createDirectory(folder.resolve("project"));
    }

    /** Whatever a test wants to bind. */
    private abstract static class Some extends AbstractModule {
        /** For subclasses. */
        Some() {}
    }

    private Module memory() {
        return new Some() {
            @Override
            protected void configure() {
                bind(EventStore.class).toInstance(store);
            }
        };
    }

    private static Module reactors(Reactor... reactors) {
        return new Some() {
            @Override
            protected void configure() {
                var set = Multibinder.newSetBinder(binder(), Reactor.class);
                for (Reactor reactor : reactors) {
                    set.addBinding().toInstance(reactor);
                }
            }
        };
    }

    @Test
    void a_store_alone_is_replaced_and_the_home_has_no_log() throws Exception {
        try (Stele stele = builder.install(Adapter.STORE, memory()).open()) {
            TurnResult result = stele.run(folder.resolve("project"), "no-such-agent", "Do it.");

            assertThat(store.head()).isPositive();
            assertThat(result.before().state())
                    .as("git looked at the directory")
                    .isInstanceOf(CheckpointState.Ready.class);
            assertThat(folder.resolve("home")).isDirectoryNotContaining("glob:**stele.db");
        }
    }

    @Test
    void a_provider_and_a_git_adapter_are_replaced_and_the_log_is_the_usual() throws Exception {
        builder.install(Adapter.PROVIDER, reactors(new FakeWorld()))
                .install(Adapter.GIT, reactors());
        try (Stele stele = builder.open()) {
            assertThat(stele.run(folder.resolve("project"), "any", "this").text())
                    .isEqualTo("I did: this");
            assertThat(folder.resolve("home")).isDirectoryContaining("glob:**stele.db");
        }
    }

    @Test
    void the_later_of_two_modules_for_one_place_stands() {
        builder.install(Adapter.STORE, new Some() {}).install(Adapter.STORE, memory());
        builder.open().close();

        assertThatThrownBy(store::head).as("closed by Stele").isInstanceOf(StoreException.class);
    }

    @Test
    void a_store_may_bring_its_codec_and_else_gets_the_usual_one() {
        Module withCodec =
                new Some() {
                    @Override
                    protected void configure() {
                        bind(Codec.class).to(PlainCodec.class);
                    }

                    @Provides
                    @Singleton
                    EventStore store(Codec codec) {
                        assertThat(codec).isInstanceOf(PlainCodec.class);
                        return new MemoryEventStore();
                    }
                };
        try (Stele stele = builder.install(Adapter.STORE, withCodec).open()) {
            assertThat(stele.codec()).isInstanceOf(PlainCodec.class);
        }
        try (Stele stele = builder.install(Adapter.STORE, memory()).open()) {
            assertThat(stele.codec()).isNotInstanceOf(PlainCodec.class);
        }
    }

    @Test
    void a_module_may_keep_its_own_things_to_itself() {
        Module secretive =
                new PrivateModule() {
                    @Override
                    protected void configure() {
                        bind(String.class).toInstance("a secret");
                        bind(EventStore.class).toInstance(store);
                        expose(EventStore.class);
                    }
                };
        builder.install(Adapter.STORE, secretive).open().close();

        assertThatThrownBy(store::head).as("closed by Stele").isInstanceOf(StoreException.class);
    }

    @Test
    void modules_for_different_places_may_bind_the_same_type() {
        builder.install(Adapter.STORE, named("a", memory()))
                .install(Adapter.GIT, named("b", reactors()))
                .install(Adapter.PROVIDER, named("c", reactors(new FakeWorld())))
                .open()
                .close();

        assertThatThrownBy(store::head).as("closed by Stele").isInstanceOf(StoreException.class);
    }

    private static Module named(String name, Module module) {
        return new Some() {
            @Override
            protected void configure() {
                bind(String.class).toInstance(name);
                install(module);
            }
        };
    }

    private static final class Empty extends AbstractModule {}

    @Test
    void a_module_that_does_not_bind_what_it_is_for_is_named() {
        assertThatThrownBy(() -> builder.install(Adapter.STORE, new Empty()).open())
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessage(
                        "The module dev.stele.app.embedding.InstallTest$Empty is installed as the"
                                + " store, but it binds no EventStore; bind one in it.");
        assertThatThrownBy(builder::openReadOnly)
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("binds no EventStore");
        builder.install(Adapter.STORE, memory());
        assertThatThrownBy(() -> builder.install(Adapter.PROVIDER, new Empty()).open())
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("is installed as the provider, but it adds no reactors; add");
        builder.install(Adapter.PROVIDER, reactors(new FakeWorld()));
        assertThatThrownBy(() -> builder.install(Adapter.GIT, new Empty()).open())
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("is installed as the git adapter, but it adds no reactors");
    }

    @Test
    void what_a_module_needs_and_nobody_binds_is_named_in_a_sentence() {
        Module needy =
                new Some() {
                    @Provides
                    EventStore store(Disk disk) {
                        return disk.store();
                    }
                };
        assertThatThrownBy(() -> builder.install(Adapter.STORE, needy).open())
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("Stele cannot be put together of the modules")
                .hasMessageContaining(
                        "No implementation for dev.stele.app.embedding.InstallTest$Disk was")
                .hasMessageContaining("InstallTest");
    }

    /** What nobody binds. */
    private interface Disk {
        EventStore store();
    }

    @Test
    void what_a_module_throws_at_its_making_comes_out_as_it_is() {
        Module failing =
                new Some() {
                    @Provides
                    EventStore store() {
                        throw new StoreException("The disk is on fire; put it out.", null);
                    }
                };
        Module broken =
                new Some() {
                    @Override
                    protected void configure() {
                        throw new StoreException("The disk is gone; buy one.", null);
                    }
                };
        assertThatThrownBy(() -> builder.install(Adapter.STORE, broken).open())
                .isInstanceOf(StoreException.class)
                .hasMessage("The disk is gone; buy one.");
        assertThatThrownBy(() -> builder.install(Adapter.STORE, failing).open())
                .isInstanceOf(StoreException.class)
                .hasMessage("The disk is on fire; put it out.");
    }

    @Test
    void a_reader_takes_the_store_that_is_installed() throws Exception {
        builder.install(Adapter.STORE, memory())
                .install(Adapter.PROVIDER, reactors(new FakeWorld()))
                .install(Adapter.GIT, reactors());
        try (Stele stele = builder.open();
                SteleReader reader = builder.openReadOnly()) {
            stele.run(folder.resolve("project"), "any", "this");

            assertThat(reader.model()).isEqualTo(stele.model());
        }
    }
}
