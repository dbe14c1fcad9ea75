package dev.stele.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.StoreException;
import dev.stele.persistence.sqlite.FaultyDisk.Deed;
import dev.stele.persistence.sqlite.FaultyDisk.Mood;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk that fails is told of, and costs nothing that was acknowledged. */
class FaultyDiskTest {

    private static final int ACKNOWLEDGED = 20;

    @TempDir private Path folder;

    private Path store(String name) throws IOException {
        return Stores.make(folder.toRealPath().resolve(name), ACKNOWLEDGED);
    }

    @ParameterizedTest
    @CsvSource({
        "BROKEN, the disk fails",
        "FULL, the disk is full",
        "NEARLY_FULL, the disk is full",
    })
    void a_write_that_fails_is_told_and_the_store_goes_on_when_the_cause_is_gone(
            Mood mood, String why) throws Exception {
        Path database = store("stele.db");
        try (EventStore store = Stores.open(database);
                var disk = new FaultyDisk(database)) {
            Stores.append(store, 1);
            for (int i = 0; i < 3; i++) {
                disk.become(mood);
                assertThatThrownBy(() -> Stores.append(store, 3))
                        .isExactlyInstanceOf(StoreException.class)
                        .hasMessageContaining(why)
                        .hasMessageContaining("try again")
                        .hasMessageContaining(database.toString());
                disk.become(Mood.GOOD);
                assertThat(store.head()).isEqualTo(ACKNOWLEDGED + 1 + i);
                assertThat(store.receipt(Stores.commandId(store.head() + 1))).isNull();
                assertThat(Stores.append(store, 1))
                        .isEqualTo(new AppendResult.Appended(ACKNOWLEDGED + 2 + i));
            }
        }
        assertThat(Stores.verify(database)).isInstanceOf(LogVerification.Sound.class);
    }

    @Test
    void a_compaction_that_finds_the_disk_full_is_told_and_changes_nothing() throws Exception {
        Path database = folder.toRealPath().resolve("stele.db");
        try (EventStore store = Stores.open(database);
                var disk = new FaultyDisk(database)) {
            Compacting.talk(store, 3, 100);
            var before = store.read(0, 1_000);

            disk.become(Mood.FULL);
            assertThatThrownBy(() -> Compacting.prepare(store, 1, 200))
                    .isExactlyInstanceOf(StoreException.class)
                    .hasMessageContaining("the disk is full; free some space and try again");
            disk.become(Mood.GOOD);
            var prepared = Compacting.prepare(store, 1, 200);
            Compacting.tell(store, prepared);
            disk.become(Mood.FULL);
            assertThatThrownBy(() -> store.rewriting().replace(prepared))
                    .isExactlyInstanceOf(StoreException.class)
                    .hasMessageContaining("the disk is full; free some space and try again");
            disk.become(Mood.GOOD);
            assertThat(store.read(0, before.size())).isEqualTo(before);

            store.rewriting().replace(prepared);
            assertThat(store.rewriting().from(1).replaced()).isTrue();
        }
        assertThat(Stores.verify(database)).isInstanceOf(LogVerification.Sound.class);
    }

    @Test
    void what_cannot_be_read_is_told_and_read_when_the_cause_is_gone() throws Exception {
        Path database = store("stele.db");
        try (var disk = new FaultyDisk(database)) {
            disk.become(Mood.UNREADABLE);
            assertThatThrownBy(() -> Stores.open(database))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("the disk fails");
            disk.become(Mood.GOOD);
            try (EventStore store = Stores.open(database)) {
                assertThat(Stores.all(store)).isEqualTo(Stores.events(0, ACKNOWLEDGED));
            }
        }
    }

    /** Appends until the write-ahead log was moved into the database, more than once. */
    private List<Deed> recorded(Path database, Mood mood) throws Exception {
        try (EventStore store = Stores.open(database);
                var disk = new FaultyDisk(database)) {
            disk.become(mood);
            var random = new Random(1);
            for (int i = 0; i < 300; i++) {
                Stores.append(store, 1 + random.nextInt(20));
                disk.acknowledge(store.head());
            }
            return disk.deeds();
        }
    }

    /** Whether a store that the power was taken from holds all that was acknowledged. */
    private boolean holds(Map<Path, byte[]> before, List<Deed> deeds, Random random, String round)
            throws IOException {
        var loss = new PowerLoss(before, deeds);
        Path left = Files.createDirectory(folder.resolve("left-" + round));
        loss.leave(left, random);
        Path database = left.resolve("stele.db");
        try (EventStore store = Stores.open(database)) {
            long head = store.head();
            return head >= loss.acknowledged()
                    && Stores.all(store).equals(Stores.events(0, (int) head))
                    && store.providerMark(Stores.TURN) == head
                    && Stores.verify(database) instanceof LogVerification.Sound;
        } catch (StoreException e) {
            return false;
        }
    }

    @Test
    void whenever_the_power_fails_what_was_acknowledged_is_there_and_the_log_is_sound()
            throws Exception {
        Path database = store("stele.db");
        Map<Path, byte[]> before = Map.of(database, Files.readAllBytes(database));
        List<Deed> deeds = recorded(database, Mood.GOOD);
        assertThat(deeds)
                .as("the write-ahead log was moved into the database meanwhile")
                .contains(new Deed.Synced(database));
        long seed = Long.getLong("stele.seed", 20_261_122);
        var random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            List<Deed> done = deeds.subList(0, random.nextInt(deeds.size() + 1));

            assertThat(holds(before, done, random, Integer.toString(round)))
                    .as("seed %d, round %d, after %d deeds", seed, round, done.size())
                    .isTrue();
        }
    }

    @Test
    void a_sync_that_is_claimed_and_not_done_is_caught() throws Exception {
        Path database = store("stele.db");
        Map<Path, byte[]> before = Map.of(database, Files.readAllBytes(database));
        List<Deed> deeds = recorded(database, Mood.LYING);

        assertThat(holds(before, deeds, new Random(1), "lying")).isFalse();
    }

    @Test
    void a_write_ahead_log_that_is_cut_or_garbled_gives_the_log_up_to_there() throws Exception {
        Path database = store("stele.db");
        byte[] wal;
        try (EventStore store = Stores.open(database)) {
            for (int i = 0; i < 30; i++) {
                Stores.append(store, 3);
            }
            wal = Files.readAllBytes(StoreFile.beside(database, "-wal"));
        }
        byte[] main = Files.readAllBytes(store("other.db"));
        var random = new Random(7);
        for (int round = 0; round < 40; round++) {
            int place = random.nextInt(wal.length);
            byte[] damaged = round % 2 == 0 ? Arrays.copyOf(wal, place) : wal.clone();
            if (round % 2 == 1) {
                damaged[place] ^= 0x5a;
            }
            Path copy = Files.createDirectory(folder.resolve("wal-" + round)).resolve("stele.db");
            Files.write(copy, main);
            Files.write(StoreFile.beside(copy, "-wal"), damaged);

            try (EventStore store = Stores.open(copy)) {
                long head = store.head();
                assertThat(head % 3).as("commits are whole").isEqualTo(ACKNOWLEDGED % 3);
                assertThat(Stores.all(store)).isEqualTo(Stores.events(0, (int) head));
                Stores.append(store, 1);
            }
            assertThat(Stores.verify(copy)).isInstanceOf(LogVerification.Sound.class);
        }
    }
}
