package dev.stele.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.UnknownEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogStats;
import dev.stele.domain.port.LogStats.TypeStats;
import dev.stele.domain.port.LogVerification.Broken;
import dev.stele.domain.port.LogVerification.Cut;
import dev.stele.domain.port.LogVerification.Rewritten;
import dev.stele.domain.port.LogVerification.Sound;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.project.Projector;
import dev.stele.domain.tck.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proving a log, copying it, carrying it elsewhere. */
class LogAdministrationTest {

    @TempDir private Path folder;
    private Path database = Path.of("");
    private SqliteLogAdministration log = Stores.administration(database);

    @BeforeEach
    void makeStore() {
        database = Stores.make(folder.resolve("stele.db"), 200);
        log = Stores.administration(database);
    }

    @Test
    void the_head_is_that_of_the_chain_and_reads_back_from_its_token() {
        assertThat(log.verify(LogProgress.SILENT)).isEqualTo(new Sound(log.head()));
        assertThat(log.head().sequence()).isEqualTo(200);
        assertThat(LogHead.parse(log.head().token())).isEqualTo(log.head());
        assertThat(Stores.administration(Stores.make(folder.resolve("e.db"), 0)).head())
                .isEqualTo(LogHead.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({"0", "200", "''", "200-abc", "-1-00", "2oo-00"})
    void what_is_no_head_is_refused_with_a_word_on_what_one_is(String token) {
        assertThatThrownBy(() -> LogHead.parse(token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 hexadecimal digits");
    }

    @Test
    void a_log_that_has_grown_still_fits_to_a_head_written_down_earlier() {
        LogHead earlier = log.head();
        Stores.make(database, 77);

        assertThat(log.verify(earlier, LogProgress.SILENT)).isEqualTo(new Sound(log.head()));
        assertThat(log.verify(LogHead.EMPTY, LogProgress.SILENT)).isInstanceOf(Sound.class);
    }

    @Test
    void a_cut_end_is_found_by_a_head_written_down_although_the_rest_is_sound() throws Exception {
        Stores.make(database, 30);
        LogHead expected = log.head();
        Files.delete(database);
        Stores.make(database, 200);

        assertThat(log.verify(LogProgress.SILENT)).isInstanceOf(Sound.class);
        assertThat(log.verify(expected, LogProgress.SILENT))
                .isEqualTo(new Cut(expected, log.head()));
    }

    @Test
    void a_log_rewritten_with_all_its_hashes_is_found_by_a_head_written_down() throws Exception {
        LogHead expected = log.head();
        Files.delete(database);
        try (EventStore store = Stores.open(database)) {
            var other = new Append.Entry(List.of(Stores.chunk("another story")), null, null);
            store.append(new Append(0, Samples.AT, List.of(other)));
            Stores.append(store, 250);
        }

        assertThat(log.verify(LogProgress.SILENT)).isInstanceOf(Sound.class);
        assertThat(log.verify(expected, LogProgress.SILENT))
                .isInstanceOfSatisfying(
                        Rewritten.class,
                        rewritten -> {
                            assertThat(rewritten.expected()).isEqualTo(expected);
                            assertThat(rewritten.actual().sequence()).isEqualTo(200);
                        });
    }

    @Test
    void a_broken_log_is_broken_whatever_was_written_down() throws Exception {
        LogHead expected = log.head();
        Stores.sql(database, "update event set stored_at = 7 where sequence = 9");

        assertThat(log.verify(expected, LogProgress.SILENT))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.sequence()).isEqualTo(9));
    }

    @Test
    void verification_tells_how_far_it_is() {
        Stores.make(database, 2_500);
        var heard = new ArrayList<Long>();

        log.verify((sequence, head) -> {
            assertThat(head).isEqualTo(2_700);
            heard.add(sequence);
        });

        assertThat(heard).containsExactly(1_000L, 2_000L, 2_700L);
    }

    @Test
    void a_backup_makes_no_folder_of_a_name_that_was_mistyped() {
        Path target = folder.resolve("bakcups/one.db");

        assertThatThrownBy(() -> log.backup(target, LogProgress.SILENT))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessageContaining("There is no folder " + target.getParent());
        assertThat(target.getParent()).doesNotExist();
    }

    @Test
    void a_backup_made_beside_the_writer_is_a_sound_store_of_its_own() throws Exception {
        Path target = Files.createDirectory(folder.resolve("backups")).resolve("one.db");
        var written = new AtomicBoolean();
        try (EventStore store = Stores.open(database);
                var threads = Executors.newSingleThreadExecutor()) {
            Future<?> writer =
                    threads.submit(() -> {
                        while (!written.get()) {
                            Stores.append(store, 1);
                        }
                    });
            LogHead before = log.head();

            LogHead copied = log.backup(target, LogProgress.SILENT);

            written.set(true);
            writer.get();
            assertThat(copied.sequence()).isGreaterThanOrEqualTo(before.sequence());
            assertThat(log.verify(copied, LogProgress.SILENT)).isInstanceOf(Sound.class);
            var copy = Stores.administration(target);
            assertThat(copy.verify(LogProgress.SILENT)).isEqualTo(new Sound(copied));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                    .isEqualTo("rw-------");
        }
        try (EventStore copy = Stores.open(target)) {
            assertThat(Stores.all(copy)).isEqualTo(Stores.events(0, (int) copy.head()));
            assertThat(copy.receipt(Stores.commandId(1))).isNotNull();
            assertThat(copy.providerMark(Stores.TURN)).isEqualTo(copy.head());
            Stores.append(copy, 3);
        }
        assertThat(target.getParent())
                .isDirectoryNotContaining(file -> file.toString().contains(".new"));
    }

    @Test
    void a_backup_overwrites_nothing_and_none_is_made_of_a_damaged_log() throws Exception {
        Path taken = Files.writeString(folder.resolve("taken"), "mine");
        assertThatThrownBy(() -> log.backup(taken, LogProgress.SILENT))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("already");
        assertThat(taken).hasContent("mine");

        Stores.sql(database, "update event set stored_at = 7 where sequence = 9");
        Path target = folder.resolve("backup.db");
        assertThatThrownBy(() -> log.backup(target, LogProgress.SILENT))
                .isInstanceOf(StoreException.Damaged.class)
                .hasMessageContaining("the event 9");
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().contains("backup"));
    }

    @Test
    void an_import_of_an_export_has_an_equal_head_an_equal_model_and_the_same_answers()
            throws Exception {
        Path source = folder.resolve("source.db");
        try (EventStore store = Stores.open(source)) {
            for (List<OrchestrationEvent> history : Samples.histories()) {
                var entry = new Append.Entry(history, null, null);
                store.append(new Append(store.head(), Samples.AT, List.of(entry)));
            }
            store.append(
                    new Append(
                            store.head(),
                            Samples.AT,
                            List.of(new Append.Entry(Samples.events(), null, null))));
            Stores.append(store, 3);
        }
        Path target = folder.resolve("new/home.db");
        byte[] lines = export(Stores.administration(source));

        LogHead imported = imported(target, lines);

        assertThat(imported).isEqualTo(Stores.administration(source).head());
        assertThat(Stores.verify(target)).isEqualTo(new Sound(imported));
        assertThat(export(Stores.administration(target))).isEqualTo(lines);
        try (EventStore one = Stores.open(source);
                EventStore other = Stores.open(target)) {
            assertThat(other.read(0, 100_000)).isEqualTo(one.read(0, 100_000));
            assertThat(model(other)).isEqualTo(model(one));
            var answered = Stores.commandId(one.head() - 2);
            assertThat(other.receipt(answered)).isEqualTo(one.receipt(answered)).isNotNull();
            assertThat(other.providerMark(Stores.TURN)).isEqualTo(one.head());
            Stores.append(other, 1);
        }
    }

    private static OrchestrationReadModel model(EventStore store) {
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        for (StoredEvent event : store.read(0, 100_000)) {
            model = Projector.project(model, event);
        }
        return model;
    }

    @Test
    void an_empty_log_can_be_carried_over_too() throws Exception {
        var empty = Stores.administration(Stores.make(folder.resolve("empty.db"), 0));

        assertThat(imported(folder.resolve("new.db"), export(empty))).isEqualTo(LogHead.EMPTY);
    }

    @Test
    void more_lines_than_a_transaction_takes_are_imported() throws Exception {
        Path large = Stores.make(folder.resolve("large.db"), 10_500);

        LogHead head = imported(folder.resolve("new.db"), export(Stores.administration(large)));

        assertThat(Stores.verify(folder.resolve("new.db"))).isEqualTo(new Sound(head));
        assertThat(head.sequence()).isEqualTo(10_500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    piece 17"   | piece 71"   | line 18
                    "event":30, | "event":31, | line 31
                    09:30       | 09:31       | line 2
                    fingerprint"| Fingerprint"| line 202
                    "receipts":1| "receipts":2| line 204
                    "mark":"trn-1" | "mark":"trn-2" | line 204
                    "export":2  | "export":9  | another Stele
                    """)
    void an_export_that_was_changed_is_refused_with_its_line_and_leaves_nothing(
            String part, String other, String named) throws Exception {
        String lines = new String(export(log), UTF_8);
        assertThat(lines).contains(part);

        assertRefused(lines.replaceFirst(part, other), named);
    }

    @Test
    void an_export_that_is_not_whole_is_refused() throws Exception {
        List<String> lines = new String(export(log), UTF_8).lines().toList();
        assertRefused("", "line 1");
        assertRefused("no export\n", "line 1");
        assertRefused(joined(lines.subList(1, lines.size())), "line 1");
        assertRefused(joined(lines.subList(0, 100)), "the export is cut off");
        assertRefused(joined(lines.subList(0, lines.size() - 1)), "the export is cut off");
        assertRefused(joined(lines) + lines.getFirst() + "\n", "something follows the end");
        var without = new ArrayList<>(lines);
        without.remove(201);
        assertRefused(joined(without), "not those that it counts");
        without.remove(50);
        assertRefused(joined(without), "the event 50 is expected");
    }

    private static String joined(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private void assertRefused(String lines, String why) {
        Path target = folder.resolve("refused.db");
        assertThatThrownBy(() -> imported(target, lines.getBytes(UTF_8)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(why);
        assertThat(target).doesNotExist();
        assertThat(StoreFile.beside(target, ".new")).doesNotExist();
    }

    @Test
    void an_import_goes_only_where_no_log_is() throws Exception {
        byte[] lines = export(log);

        assertThatThrownBy(() -> imported(database, lines))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("already");
        assertThat(log.head().sequence()).isEqualTo(200);
    }

    @Test
    void a_damaged_log_is_not_exported_to_its_end() throws Exception {
        Stores.sql(database, "update event set stored_at = 7 where sequence = 9");
        var out = new ByteArrayOutputStream();

        assertThatThrownBy(() -> log.exportTo(out, LogProgress.SILENT))
                .isInstanceOf(StoreException.Damaged.class)
                .hasMessageContaining("at the event 9");
        assertThat(out.toString(UTF_8)).doesNotContain("\"end\"");
    }

    @Test
    void statistics_count_what_is_there() throws Exception {
        LogStats stats = log.stats();

        assertThat(stats.head()).isEqualTo(log.head());
        assertThat(stats.oldest()).isEqualTo(Samples.AT);
        assertThat(stats.newest()).isEqualTo(Samples.AT);
        long bytes = 0;
        for (int i = 1; i <= 200; i++) {
            bytes +=
                    "{\"turnId\":\"trn-1\",\"ordinal\":1,\"text\":\"piece %d\"}"
                            .formatted(i)
                            .length();
        }
        assertThat(stats.types())
                .containsExactly(new TypeStats("MessageChunkReceived", 1, 200, bytes, true));
        assertThat(stats.receipts()).isEqualTo(1);
        assertThat(stats.providerMarks()).isEqualTo(1);
        assertThat(stats.databaseBytes()).isEqualTo(Files.size(database));
        assertThat(stats.freeBytes()).isZero();
    }

    @Test
    void statistics_tell_which_types_are_not_known() {
        try (EventStore store = Stores.open(database)) {
            var unknown = new UnknownEvent("SomethingNew", 3, "{}");
            store.append(
                    new Append(
                            200,
                            Samples.AT,
                            List.of(new Append.Entry(List.of(unknown, unknown), null, null))));
        }

        assertThat(log.stats().types())
                .last()
                .isEqualTo(new TypeStats("SomethingNew", 3, 2, 4, false));
    }

    @Test
    void statistics_of_an_empty_log_have_no_times() {
        var empty = Stores.administration(Stores.make(folder.resolve("empty.db"), 0));

        assertThat(empty.stats().oldest()).isNull();
        assertThat(empty.stats().types()).isEmpty();
    }

    @Test
    void where_no_log_is_everything_but_an_import_is_refused() {
        var none = Stores.administration(folder.resolve("none.db"));

        assertThatThrownBy(none::head).hasMessageContaining("There is no store");
        assertThatThrownBy(none::stats).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> none.verify(LogProgress.SILENT))
                .isInstanceOf(StoreException.class);
    }

    private static byte[] export(SqliteLogAdministration log) throws IOException {
        var out = new ByteArrayOutputStream();
        assertThat(log.exportTo(out, LogProgress.SILENT)).isEqualTo(log.head());
        return out.toByteArray();
    }

    private static LogHead imported(Path target, byte[] lines) throws IOException {
        return Stores.administration(target)
                .importFrom(new ByteArrayInputStream(lines), LogProgress.SILENT);
    }
}
