package dev.stele.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.project.Projector;
import dev.stele.domain.tck.Samples;
import dev.stele.persistence.log.HashChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A snapshot is used when it is beyond doubt, and otherwise it is as if there were none. */
class SnapshotFileTest {

    private static final OrchestrationReadModel NONE = OrchestrationReadModel.EMPTY;

    @TempDir private Path folder;
    private Path database = Path.of("");
    private Path snapshot = Path.of("");

    @BeforeEach
    void makeStore() {
        database = folder.resolve("stele.db");
        snapshot = folder.resolve("stele.db.snapshot");
        try (EventStore store = Stores.open(database)) {
            for (List<OrchestrationEvent> history : Samples.histories()) {
                append(store, history);
            }
            Stores.append(store, 200);
            assertThat(store.snapshots().newest()).isEqualTo(NONE);
            store.snapshots().keep(model(store));
        }
    }

    private static void append(EventStore store, List<OrchestrationEvent> events) {
        var entry = new Append.Entry(events, null, null);
        store.append(new Append(store.head(), Samples.AT, List.of(entry)));
    }

    private static OrchestrationReadModel model(EventStore store) {
        return after(NONE, store.read(0, 100_000));
    }

    private static OrchestrationReadModel after(
            OrchestrationReadModel model, List<StoredEvent> events) {
        OrchestrationReadModel newest = model;
        for (StoredEvent event : events) {
            newest = Projector.project(newest, event);
        }
        return newest;
    }

    @Test
    void the_model_kept_last_comes_back_equal_and_goes_on_to_that_of_the_whole_log() {
        try (EventStore store = Stores.open(database)) {
            OrchestrationReadModel kept = store.snapshots().newest();
            assertThat(kept.sequence()).isEqualTo(store.head());
            assertThat(kept).isEqualTo(model(store));

            append(store, Samples.events());
            OrchestrationReadModel again = store.snapshots().newest();
            assertThat(after(again, store.read(again.sequence(), 1_000))).isEqualTo(model(store));

            store.snapshots().keep(model(store));
            assertThat(store.snapshots().newest().sequence()).isEqualTo(store.head());
        }
        try (EventStore reader = Stores.openReading(database)) {
            assertThat(reader.snapshots().newest()).isEqualTo(model(reader));
        }
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".new"));
    }

    @Test
    void a_snapshot_in_which_any_byte_was_changed_or_cut_off_is_not_used() throws Exception {
        byte[] sound = Files.readAllBytes(snapshot);
        long seed = new Random().nextLong();
        var random = new Random(seed);
        try (EventStore store = Stores.open(database)) {
            for (int round = 0; round < 100; round++) {
                byte[] damaged = sound.clone();
                int place = round < 60 ? round : random.nextInt(damaged.length);
                damaged[place] ^= (byte) (1 << random.nextInt(8));
                assertNotUsed(store, damaged, "seed %d, byte %d".formatted(seed, place));
            }
            for (int length : new int[] {0, 1, 55, 56, 88, sound.length - 1}) {
                assertNotUsed(store, Arrays.copyOf(sound, length), "length " + length);
            }
            Files.write(snapshot, sound);
            assertThat(store.snapshots().newest()).isNotEqualTo(NONE);
        }
    }

    private void assertNotUsed(EventStore store, byte[] content, String what) throws IOException {
        Files.write(snapshot, content);
        assertThat(store.snapshots().newest()).as(what).isEqualTo(NONE);
    }

    /** What made it stands in the file's header; what follows it is sound all the same. */
    @ParameterizedTest
    @CsvSource({"8, 1", "12, 9", "16, 1"})
    void a_snapshot_of_another_version_is_not_used(int place, byte version) throws Exception {
        byte[] other = Files.readAllBytes(snapshot);
        other[place + 3] = version;
        var digest = HashChain.sha256();
        digest.update(other, 0, other.length - 32);
        System.arraycopy(digest.digest(), 0, other, other.length - 32, 32);
        try (EventStore store = Stores.open(database)) {
            assertNotUsed(store, other, "at " + place);
        }
    }

    @Test
    void a_snapshot_of_another_log_or_of_one_that_was_longer_is_not_used() throws Exception {
        byte[] sound = Files.readAllBytes(snapshot);
        Path shorter = Stores.make(folder.resolve("shorter.db"), 100);
        Path other = Stores.make(folder.resolve("other.db"), 1_000);
        Files.write(folder.resolve("shorter.db.snapshot"), sound);
        Files.write(folder.resolve("other.db.snapshot"), sound);

        try (EventStore one = Stores.open(shorter);
                EventStore two = Stores.open(other)) {
            assertThat(one.snapshots().newest()).isEqualTo(NONE);
            assertThat(two.snapshots().newest()).isEqualTo(NONE);
        }
    }

    @Test
    void a_snapshot_comes_back_from_a_backup_and_its_log_alike() throws Exception {
        Path copy = folder.resolve("copy.db");
        Stores.administration(database).backup(copy, LogProgress.SILENT);
        Files.copy(snapshot, folder.resolve("copy.db.snapshot"));

        try (EventStore store = Stores.open(copy)) {
            assertThat(store.snapshots().newest()).isEqualTo(model(store));
        }
    }

    @Test
    void a_model_beyond_the_log_is_not_kept() {
        try (EventStore store = Stores.open(database)) {
            OrchestrationReadModel beyond = model(store).atSequence(store.head() + 1);

            assertThatThrownBy(() -> store.snapshots().keep(beyond))
                    .isInstanceOf(StoreException.class);
            assertThat(store.snapshots().newest().sequence()).isEqualTo(store.head());
        }
    }

    @Test
    void a_snapshot_that_cannot_be_written_leaves_the_one_before() throws Exception {
        byte[] before = Files.readAllBytes(snapshot);
        Files.createDirectory(folder.resolve("stele.db.snapshot.new"));
        try (EventStore store = Stores.open(database)) {
            Stores.append(store, 1);

            assertThatThrownBy(() -> store.snapshots().keep(model(store)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot be written");
        }
        assertThat(snapshot).hasBinaryContent(before);
    }
}
