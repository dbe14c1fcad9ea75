package dev.stele.persistence.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LeaseState;
import dev.stele.domain.port.LogAdministration;
import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogStats;
import dev.stele.domain.port.LogVerification.Broken;
import dev.stele.domain.port.LogVerification.Cut;
import dev.stele.domain.port.LogVerification.Rewritten;
import dev.stele.domain.port.LogVerification.Sound;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.project.Projector;
import dev.stele.domain.tck.Samples;
import dev.stele.persistence.json.JsonCodec;
import dev.stele.persistence.server.PostgresServer;
import dev.stele.persistence.sqlite.Compacting;
import dev.stele.persistence.sqlite.SqliteEventStore;
import dev.stele.persistence.sqlite.SqliteLogAdministration;
import dev.stele.persistence.sqlite.Stores;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proving a log in PostgreSQL, copying it, carrying it to SQLite and back. */
class PostgresCareTest {

    @TempDir private Path folder;
    private String address = "";
    private PostgresLogAdministration log;

    @BeforeEach
    void makeLog() {
        address = PostgresServer.shared().newLog();
        log = PostgresStores.administration(address);
        try (EventStore store = PostgresStores.openToWrite(address)) {
            Stores.append(store, 300);
            Stores.append(store, 200);
        }
    }

    @Test
    void its_chain_is_sound_and_its_head_the_one_that_sqlite_has_for_the_same_events()
            throws IOException {
        assertThat(log.verify(LogProgress.SILENT)).isEqualTo(new Sound(log.head()));

        var other = new SqliteLogAdministration(folder.resolve("stele.db"), new JsonCodec());
        assertThat(other.importFrom(in(export()), LogProgress.SILENT)).isEqualTo(log.head());
        assertThat(other.verify(log.head(), LogProgress.SILENT)).isEqualTo(new Sound(log.head()));
        assertThat(export(other)).isEqualTo(export());
    }

    @Test
    void what_a_replaced_stretch_took_is_given_back_while_the_lease_goes_on() {
        String other = PostgresServer.shared().newLog();
        try (PostgresEventStore store = PostgresStores.openToWrite(other)) {
            Compacting.talk(store, 2, 3_000);
            long before = store.rewriting().room().taken();
            Compacting.compact(store, 1, 3_000);

            store.rewriting().giveBack(LogProgress.SILENT);

            assertThat(store.rewriting().room().taken()).isLessThan(before * 2 / 3);
            assertThat(PostgresStores.lease(store).take()).isInstanceOf(LeaseState.Held.class);
            Stores.append(store, 1);
        }
        assertThat(PostgresStores.administration(other).verify(LogProgress.SILENT))
                .isInstanceOf(Sound.class);
    }

    private byte[] export() throws IOException {
        return export(log);
    }

    private static byte[] export(LogAdministration log) throws IOException {
        var out = new ByteArrayOutputStream();
        log.exportTo(out, LogProgress.SILENT);
        return out.toByteArray();
    }

    private static ByteArrayInputStream in(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    @Test
    void an_export_makes_an_equal_log_in_another_place() throws IOException {
        String place = PostgresServer.shared().newLog();
        PostgresLogAdministration other = PostgresStores.administration(place);

        assertThat(other.importFrom(in(export()), LogProgress.SILENT)).isEqualTo(log.head());

        assertThat(export(other)).isEqualTo(export());
        try (EventStore one = PostgresStores.openToWrite(address);
                EventStore two = PostgresStores.openToWrite(place)) {
            assertThat(two.read(0, 1_000)).isEqualTo(one.read(0, 1_000)).hasSize(500);
            assertThat(two.receipt(Stores.commandId(301))).isNotNull();
            assertThat(two.providerMark(Stores.TURN)).isEqualTo(500);
            Stores.append(two, 1);
            assertThat(two.head()).isEqualTo(501);
        }
    }

    @Test
    void an_import_into_a_log_or_of_less_than_an_export_leaves_nothing() throws IOException {
        byte[] export = export();
        assertThatThrownBy(() -> log.importFrom(in(export), LogProgress.SILENT))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("already");

        String place = PostgresServer.shared().newLog();
        PostgresLogAdministration other = PostgresStores.administration(place);
        String half = new String(export, UTF_8).substring(0, export.length / 2);
        byte[] cut = half.substring(0, half.lastIndexOf('\n') + 1).getBytes(UTF_8);
        assertThatThrownBy(() -> other.importFrom(in(cut), LogProgress.SILENT))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cut off");
        assertThat(other.head()).isEqualTo(LogHead.EMPTY);
        assertThat(other.importFrom(in(export), LogProgress.SILENT)).isEqualTo(log.head());
    }

    @Test
    void an_import_keeps_out_while_a_node_may_write() throws IOException {
        byte[] export = export();
        String place = PostgresServer.shared().newLog();
        try (EventStore _ = PostgresStores.openToWrite(place)) {
            assertThatThrownBy(() ->
                            PostgresStores.administration(place)
                                    .importFrom(in(export), LogProgress.SILENT))
                    .isInstanceOf(StoreException.class);
        }
    }

    @Test
    void a_backup_is_a_store_in_sqlite_with_the_same_log() throws IOException {
        Path file = folder.resolve("backup/stele.db");

        assertThat(log.backup(file, LogProgress.SILENT)).isEqualTo(log.head());

        assertThat(folder.resolve("backup").toFile().list()).containsExactly("stele.db");
        try (EventStore copy = SqliteEventStore.openToRead(file, new JsonCodec());
                EventStore store = PostgresStores.openToWrite(address)) {
            assertThat(copy.read(0, 1_000)).isEqualTo(store.read(0, 1_000));
        }
        assertThatThrownBy(() -> log.backup(file, LogProgress.SILENT))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("already");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    update event set payload = convert_to(replace(convert_from(payload, 'UTF8'), 'piece 5"', 'Piece 5"'), 'UTF8') where sequence = 5 | 5
                    update event set stored_at = stored_at + 1 where sequence = 70 | 70
                    update event set event_type = 999 where sequence = 3 | 3
                    update event_type set version = 2 where name = 'MessageChunkReceived' | 1
                    delete from event where sequence = 100 | 100
                    delete from event where sequence > 128 | 129
                    update event set hash = null where sequence = 5 | 5
                    update meta set head = 499 | 500
                    update meta set head = 501 | 501
                    update meta set head_hash = decode(repeat('00', 32), 'hex') | 500
                    """)
    void the_first_event_that_does_not_fit_is_named(String change, long sequence) {
        PostgresServer.shared().execute("set search_path = " + schema() + "; " + change);

        assertThat(log.verify(LogProgress.SILENT))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.sequence()).isEqualTo(sequence));
    }

    private String schema() {
        return address.substring(address.indexOf('=') + 1);
    }

    @Test
    void a_log_is_held_against_a_head_that_was_kept_elsewhere() {
        LogHead head = log.head();
        assertThat(log.verify(new LogHead(400, head.hash()), LogProgress.SILENT))
                .isInstanceOf(Rewritten.class);
        assertThat(log.verify(new LogHead(600, head.hash()), LogProgress.SILENT))
                .isInstanceOf(Cut.class);
    }

    @Test
    void its_contents_are_counted() {
        LogStats stats = log.stats();

        assertThat(stats.head()).isEqualTo(log.head());
        assertThat(stats.receipts()).isEqualTo(2);
        assertThat(stats.providerMarks()).isEqualTo(1);
        assertThat(stats.databaseBytes()).isPositive();
        assertThat(stats.types())
                .singleElement()
                .satisfies(type -> {
                    assertThat(type.name()).isEqualTo("MessageChunkReceived");
                    assertThat(type.events()).isEqualTo(500);
                    assertThat(type.known()).isTrue();
                });
    }

    @Test
    void the_newest_model_is_kept_on_this_machine_and_only_for_this_log() {
        OrchestrationReadModel model;
        try (EventStore store = open(address)) {
            model = model(store);
            store.snapshots().keep(model);
            assertThat(store.snapshots().newest()).isEqualTo(model);
        }
        try (EventStore again = open(address);
                EventStore other = open(PostgresServer.shared().newLog())) {
            assertThat(again.snapshots().newest()).isEqualTo(model);
            assertThat(other.snapshots().newest()).isEqualTo(OrchestrationReadModel.EMPTY);
        }
    }

    private static OrchestrationReadModel model(EventStore store) {
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        for (StoredEvent event : store.read(0, 1_000)) {
            model = Projector.project(model, event);
        }
        return model;
    }

    private PostgresEventStore open(String place) {
        return PostgresStores.open(place, "one", PostgresStores.LONG_LEASE, 1 << 20, folder);
    }

    /** More than one statement holds. */
    @Test
    void a_large_append_goes_in_pieces_and_is_still_one() {
        String place = PostgresServer.shared().newLog();
        try (PostgresEventStore store =
                PostgresStores.open(place, "one", PostgresStores.LONG_LEASE, 40 << 20, null)) {
            PostgresStores.takeLease(store);
            OrchestrationEvent large = Stores.chunk("x".repeat(12 << 20));
            var entry =
                    new Append.Entry(List.of(large, large, large, Stores.chunk("end")), null, null);
            store.append(new Append(0, Samples.AT, List.of(entry)));

            assertThat(store.head()).isEqualTo(4);
            assertThat(store.read(3, 1).getFirst().event()).isEqualTo(Stores.chunk("end"));
            Stores.append(store, 1);
        }
        assertThat(PostgresStores.administration(place).verify(LogProgress.SILENT))
                .isInstanceOf(Sound.class);
    }
}
