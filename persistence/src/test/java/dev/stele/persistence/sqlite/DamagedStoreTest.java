package dev.stele.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.UnknownEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogVerification.Broken;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.StoreException.Damaged;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A damaged store is refused with cause and cure, and nothing in it is changed. What is merely lost
 * of a log refuses nothing: see {@link QuarantineTest}.
 */
class DamagedStoreTest {

    private static final int EVENTS = 300;

    @TempDir private Path folder;
    private Path database = Path.of("");

    @BeforeEach
    void makeStore() {
        database = Stores.make(folder.resolve("stele.db"), EVENTS);
    }

    @Test
    void a_file_that_is_no_database_is_refused() throws Exception {
        Files.writeString(database, "This is a letter, and no database. ".repeat(200));

        assertRefused("file is not a database");
    }

    @Test
    void an_empty_file_is_refused_and_not_taken_for_a_new_store() throws Exception {
        Files.write(database, new byte[0]);

        assertRefused("it is empty");
    }

    @Test
    void a_file_cut_short_is_refused() throws Exception {
        try (var file = new RandomAccessFile(database.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }

        assertRefused("malformed");
    }

    @Test
    void garbage_in_every_page_but_the_first_is_refused() throws Exception {
        long seed = Long.getLong("stele.seed", 20_261_122);
        var random = new Random(seed);
        try (var file = new RandomAccessFile(database.toFile(), "rw")) {
            byte[] garbage = new byte[(int) file.length() - 4096];
            random.nextBytes(garbage);
            file.seek(4096);
            file.write(garbage);
        }

        assertRefused("SQLite says");
    }

    @Test
    void what_sqlite_says_is_said_once() throws Exception {
        Files.delete(database);
        Stores.sql(database, "create table song (name text)");

        assertThatThrownBy(() -> Stores.open(database))
                .hasMessageContaining(". SQLite says: no such table: meta (SQLITE_ERROR).")
                .hasMessageNotContaining("[");
    }

    @Test
    void a_database_of_another_program_is_refused() throws Exception {
        Files.delete(database);
        Stores.sql(database, "create table song (name text)");

        assertRefused("no such table");
    }

    @ParameterizedTest
    @ValueSource(strings = {"meta", "event", "event_type", "receipt", "provider_mark"})
    void a_missing_table_is_named(String table) throws Exception {
        Stores.sql(database, "drop table " + table);

        assertRefused(table);
    }

    @Test
    void a_store_of_a_newer_stele_is_not_damaged_and_refused_with_the_advice_to_use_that()
            throws Exception {
        Stores.sql(database, "update meta set format = 9");
        byte[] before = Files.readAllBytes(database);

        for (Function<Path, EventStore> opening :
                List.<Function<Path, EventStore>>of(Stores::open, Stores::openReading)) {
            assertThatThrownBy(() -> opening.apply(database))
                    .isExactlyInstanceOf(StoreException.class)
                    .hasMessageContaining(database.toString())
                    .hasMessageContaining("use the newer one");
        }
        assertThat(Files.readAllBytes(database)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    delete from meta                                      | form of its tables
                    update meta set format = 0                            | the form 0
                    insert into event values (301, 1, 1, zeroblob(2), null)     | end at 300 and goes on
                    update meta set head_hash = zeroblob(32)              | newest hash
                    update meta set head = 10                             | should end at 10
                    update meta set head = 123456789012345                | in a row cannot be proved
                    """)
    void a_log_that_does_not_end_as_it_says_is_refused(String change, String why) throws Exception {
        Stores.sql(database, change);

        assertRefused(why);
    }

    @Test
    void a_log_without_its_database_is_not_swallowed_by_a_new_one() throws Exception {
        Files.delete(database);
        Path log = Files.write(StoreFile.beside(database, "-wal"), new byte[] {1, 2, 3});

        assertThatThrownBy(() -> Stores.open(database))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining(log.toString());
        assertThat(database).doesNotExist();
        assertThat(log).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @ParameterizedTest
    @CsvSource({"MessageSung, 1", "MessageChunkReceived, 2"})
    void an_event_of_an_unknown_type_is_kept_and_stops_nothing(String name, int version)
            throws Exception {
        Stores.sql(
                database, "insert into event_type values (900, '%s', %d)".formatted(name, version));
        Stores.sql(database, "update event set event_type = 900 where sequence = 100");

        try (EventStore store = Stores.open(database)) {
            assertThat(store.read(90, 20)).hasSize(20);
            assertThat(store.read(99, 1))
                    .extracting(StoredEvent::event)
                    .containsExactly(
                            new UnknownEvent(
                                    name,
                                    version,
                                    "{\"turnId\":\"trn-1\",\"ordinal\":1,\"text\":\"piece"
                                            + " 100\"}"));
            Stores.append(store, 1);
            assertThat(store.head()).isEqualTo(EVENTS + 1);
        }
    }

    @Test
    void a_receipt_that_is_none_is_named_when_it_is_asked_for() throws Exception {
        Stores.sql(database, "update receipt set outcome = cast('{}' as blob)");

        try (EventStore store = Stores.open(database)) {
            assertThatThrownBy(() -> store.receipt(Stores.commandId(1)))
                    .isInstanceOf(Damaged.class)
                    .hasMessageContaining("cmd-1");
        }
    }

    @Test
    void whatever_is_damaged_the_store_says_so_or_the_check_finds_it() throws Exception {
        byte[] sound = Files.readAllBytes(database);
        long seed = Long.getLong("stele.seed", 20_261_122);
        var random = new Random(seed);
        for (int round = 0; round < 150; round++) {
            Files.write(database, damaged(sound, random));

            assertNothingGoesUnseen("seed %d, round %d".formatted(seed, round));
        }
    }

    private static byte[] damaged(byte[] sound, Random random) {
        byte[] damaged = sound.clone();
        int start = random.nextInt(damaged.length);
        int length = 1 + random.nextInt(random.nextBoolean() ? 4 : 5000);
        int end = Math.min(damaged.length, start + length);
        if (random.nextBoolean()) {
            Arrays.fill(damaged, start, end, (byte) 0);
        } else {
            byte[] garbage = new byte[end - start];
            random.nextBytes(garbage);
            System.arraycopy(garbage, 0, damaged, start, garbage.length);
        }
        return damaged;
    }

    /** A refusal, or the very events; other events only if the check finds them out. */
    private void assertNothingGoesUnseen(String round) {
        List<OrchestrationEvent> events;
        try (EventStore store = Stores.open(database)) {
            events = Stores.all(store);
            store.receipt(Stores.commandId(1));
            store.providerMark(Stores.TURN);
        } catch (StoreException e) {
            assertThat(e).as(round).hasMessageContaining(database.toString());
            return;
        }
        if (!events.equals(Stores.events(0, EVENTS))) {
            assertThat(Stores.verify(database)).as(round).isInstanceOf(Broken.class);
        }
    }

    private void assertRefused(String why) throws IOException {
        byte[] before = Files.readAllBytes(database);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> Stores.open(database))
                    .isInstanceOf(Damaged.class)
                    .hasMessageContaining(database.toString())
                    .hasMessageContaining(why);
            assertThatThrownBy(() -> Stores.openReading(database))
                    .isInstanceOf(Damaged.class)
                    .hasMessageContaining(why);
        }
        assertThat(Files.readAllBytes(database)).isEqualTo(before);
    }
}
