package dev.stele.app.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.tck.EventStoreConformance;
import dev.stele.domain.tck.EventStoreFixture;
import dev.stele.domain.tck.Samples;
import dev.stele.persistence.CodecModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal keeps the contract of a store. */
class JournalStoreTest extends EventStoreConformance {
    private static final Codec CODEC =
            Guice.createInjector(new CodecModule()).getInstance(Codec.class);

    @TempDir Path folder;

    @Override
    protected EventStoreFixture newFixture() {
        return new Journal(folder.resolve("journal.txt"));
    }

    private static final class Journal implements EventStoreFixture {
        private final Path file;
        private @Nullable EventStore newest;

        Journal(Path file) {
            this.file = file;
        }

        @Override
        public EventStore open() {
            newest = JournalStore.open(file, CODEC);
            return newest;
        }

        @Override
        public int largestEvent() {
            return JournalStore.LONGEST;
        }

        @Override
        public void close() {
            if (newest != null) {
                newest.close();
            }
        }
    }

    @Test
    void what_a_crash_left_half_written_is_cut_off() throws IOException {
        Path file = folder.resolve("torn.txt");
        var facts = new Append.Entry(Samples.events(), null, null);
        try (var store = JournalStore.open(file, CODEC)) {
            store.append(new Append(0, Samples.AT, List.of(facts)));
        }
        byte[] torn = "fact\t2026-01-01T00:00:00Z\t{\"type\":\"é".getBytes(UTF_8);
        Files.write(file, torn, StandardOpenOption.APPEND);
        try (var store = JournalStore.open(file, CODEC)) {
            assertThat(store.head()).isEqualTo(Samples.events().size());
            store.append(new Append(store.head(), Samples.AT, List.of(facts)));
        }
        try (var store = JournalStore.open(file, CODEC)) {
            assertThat(store.head()).isEqualTo(2L * Samples.events().size());
        }
    }

    @Test
    void a_journal_has_one_writer() {
        Path file = folder.resolve("held.txt");
        try (var store = JournalStore.open(file, CODEC)) {
            assertThatThrownBy(() -> JournalStore.open(file, CODEC))
                    .isInstanceOf(StoreException.Locked.class);
            assertThat(store.head()).isZero();
        }
    }
}
