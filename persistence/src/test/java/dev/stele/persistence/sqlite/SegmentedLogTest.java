package dev.stele.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.event.OrchestrationEvent.LogEvent.LogLossAccepted;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.UnreadableEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.LogVerification.Broken;
import dev.stele.domain.port.LogVerification.Compacted;
import dev.stele.domain.port.LogVerification.Fault;
import dev.stele.domain.port.LogVerification.Lossy;
import dev.stele.domain.port.LogVerification.Sound;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.tck.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A log of which stretches were replaced is proved, carried and counted like any other. */
class SegmentedLogTest {

    @TempDir private Path folder;

    /** Turns of 104 facts, two of them replaced: the facts from 3 to 210. */
    private Path compacted() {
        Path database = folder.resolve("stele.db");
        try (EventStore store = Stores.open(database)) {
            Compacting.talk(store, 4, 100);
            Compacting.compact(store, 3, 106);
            Compacting.compact(store, 107, 210);
        }
        return database;
    }

    @Test
    void a_log_with_replaced_stretches_is_sound_and_amounts_to_the_same() {
        Path database = folder.resolve("stele.db");
        OrchestrationReadModel before;
        try (EventStore store = Stores.open(database)) {
            Compacting.talk(store, 4, 100);
            before = Compacting.model(store);
            Compacting.compact(store, 3, 106);
            Compacting.compact(store, 107, 210);

            assertThat(Compacting.model(store).atSequence(before.sequence())).isEqualTo(before);
        }
        assertThat(Stores.verify(database)).isInstanceOf(Sound.class);
        try (EventStore store = Stores.openReading(database)) {
            assertThat(Compacting.model(store).atSequence(before.sequence())).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 103, 104, 1000})
    void pages_of_any_size_hold_every_place_once(int size) {
        try (EventStore store = Stores.openReading(compacted())) {
            var events = new ArrayList<StoredEvent>();
            List<StoredEvent> page = store.read(0, size);
            while (!page.isEmpty()) {
                assertThat(page).hasSizeLessThanOrEqualTo(size);
                events.addAll(page);
                page = store.read(events.size(), size);
            }

            assertThat(events).hasSize((int) store.head());
            for (int i = 0; i < events.size(); i++) {
                assertThat(events.get(i).sequence()).isEqualTo(i + 1L);
            }
            assertThat(events.get(4).event()).isInstanceOf(MessageAppended.class);
            assertThat(events.get(5).event()).isEqualTo(new AbsorbedEvent(5));
            assertThat(events.get(103).event()).isEqualTo(new AbsorbedEvent(5));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    update segment set packed = zeroblob(length(packed)) where last_sequence = 210 | 107
                    update segment set packed = (select packed from segment where last_sequence = 106), size = (select size from segment where last_sequence = 106) where last_sequence = 210 | 107
                    update segment set end_hash = zeroblob(32) where last_sequence = 106 | 3
                    update segment set size = size + 1 where last_sequence = 106 | 3
                    update segment set first_sequence = 108 where last_sequence = 210 | 107
                    delete from segment where last_sequence = 106 | 3
                    delete from segment where last_sequence = 210 | 107
                    delete from event where sequence = 211 | 211
                    delete from event where sequence = 2 | 2
                    update event set payload = cast(replace(cast(payload as text), '"first":3', '"first":4') as blob) where sequence = 419 | 419
                    """)
    void the_first_place_that_does_not_fit_is_named(String change, long sequence) throws Exception {
        Path database = compacted();

        Stores.sql(database, change);

        assertThat(Stores.verify(database))
                .isInstanceOfSatisfying(
                        Broken.class,
                        broken -> {
                            assertThat(broken.sequence()).isEqualTo(sequence);
                            assertThat(broken.why()).isNotBlank();
                        });
    }

    private void forge(Path database) throws Exception {
        Path other = folder.resolve("other.db");
        try (EventStore store = Stores.open(other)) {
            Compacting.talk(store, 4, 100);
            Compacting.append(store, Stores.events(418, 1));
            store.rewriting()
                    .prepare(
                            new dev.stele.domain.port.StretchChange(
                                    3, 106, java.util.Map.of(50L, Stores.chunk("something else"))));
        }
        Stores.sql(
                database,
                "attach '"
                        + other
                        + "' as other; update segment set packed = (select packed from"
                        + " other.prepared_segment), size = (select size from"
                        + " other.prepared_segment) where last_sequence = 106");
    }

    /** What is done to the store, and the stretch or the place that is lost by it. */
    private static final String DAMAGE =
            """
            update segment set packed = zeroblob(length(packed)) where last_sequence = 210 | 107 | 210
            update segment set packed = zeroblob(length(packed)) where last_sequence = 106 | 3 | 106
            update segment set end_hash = zeroblob(32) where last_sequence = 106 | 3 | 106
            update segment set end_hash = zeroblob(32) where last_sequence = 210 | 107 | 210
            update segment set size = size + 1 where last_sequence = 210 | 107 | 210
            delete from event where sequence = 211 | 211 | 211
            delete from event where sequence = 2 | 2 | 2
            """;

    private static LongStream unreadable(Path database) {
        try (EventStore store = Stores.openReading(database)) {
            List<StoredEvent> events = store.read(0, 1000);
            assertThat(events).hasSize((int) store.head());
            return events.stream()
                    .filter(event -> event.event() instanceof UnreadableEvent)
                    .mapToLong(StoredEvent::sequence);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = DAMAGE)
    void what_is_lost_of_a_replaced_stretch_is_lost_as_a_whole_and_all_else_is_there(
            String change, long first, long last) throws Exception {
        Path database = compacted();

        Stores.sql(database, change);

        assertThat(Stores.verify(database))
                .isInstanceOfSatisfying(
                        Broken.class,
                        broken -> {
                            Fault fault = broken.faults().getFirst();
                            assertThat(broken.faults()).hasSize(1);
                            assertThat(fault.sequence()).isEqualTo(first);
                            assertThat(fault.last()).isEqualTo(last);
                        });
        assertThat(unreadable(database)).containsExactlyElementsOf(places(first, last));
    }

    private static List<Long> places(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = DAMAGE)
    void a_log_without_a_replaced_stretch_is_carried_elsewhere_and_gone_on_with(
            String change, long first, long last) throws Exception {
        Path database = compacted();
        Path copy = folder.resolve("copy.db");
        var out = new ByteArrayOutputStream();
        Stores.sql(database, change);
        try (EventStore store = Stores.open(database)) {
            store.append(
                    new Append(
                            store.head(),
                            Samples.AT,
                            List.of(
                                    new Append.Entry(
                                            List.of(
                                                    new LogLossAccepted(
                                                            places(first, last),
                                                            "ada",
                                                            Samples.AT)),
                                            null,
                                            null))));
        }

        assertThat(Stores.verify(database)).isInstanceOf(Lossy.class);
        LogHead head = Stores.administration(database).exportTo(out, LogProgress.SILENT);
        LogHead imported =
                Stores.administration(copy)
                        .importFrom(
                                new ByteArrayInputStream(out.toByteArray()), LogProgress.SILENT);

        assertThat(imported).isEqualTo(head);
        assertThat(Stores.verify(copy)).isInstanceOf(Lossy.class);
        assertThat(unreadable(copy)).containsExactlyElementsOf(places(first, last));
    }

    @Test
    void an_accepted_loss_stays_one_when_the_fact_that_tells_of_it_is_packed() throws Exception {
        Path database = compacted();
        Stores.sql(database, "delete from event where sequence = 1");
        try (EventStore store = Stores.open(database)) {
            store.append(
                    new Append(
                            store.head(),
                            Samples.AT,
                            List.of(
                                    new Append.Entry(
                                            List.of(
                                                    new LogLossAccepted(
                                                            List.of(1L), "ada", Samples.AT)),
                                            null,
                                            null))));
            long place = store.head();
            Compacting.append(store, Stores.events(place, 200));
            Compacting.compact(store, place, place + 150);
        }

        assertThat(Stores.verify(database))
                .isInstanceOfSatisfying(
                        Lossy.class,
                        lossy ->
                                assertThat(lossy.losses())
                                        .extracting(Fault::sequence)
                                        .containsExactly(1L));
        assertThat(unreadable(database)).containsExactly(1L);
    }

    @Test
    void a_segment_that_the_log_does_not_tell_of_is_salvaged_as_lost() throws Exception {
        Path database = compacted();
        Path copy = folder.resolve("copy.db");
        forge(database);
        var out = new ByteArrayOutputStream();

        Stores.administration(database).salvageTo(out, LogProgress.SILENT);
        Stores.administration(copy)
                .importFrom(new ByteArrayInputStream(out.toByteArray()), LogProgress.SILENT);

        assertThat(unreadable(copy)).containsExactlyElementsOf(places(3, 106));
    }

    @Test
    void a_segment_that_holds_something_else_is_not_the_one_the_log_tells_of() throws Exception {
        Path database = compacted();
        forge(database);

        assertThat(Stores.verify(database))
                .isInstanceOfSatisfying(
                        Broken.class,
                        broken -> {
                            assertThat(broken.sequence()).isEqualTo(3);
                            assertThat(broken.why()).contains("3 to 106").contains("tells of");
                        });
    }

    @Test
    void a_head_that_was_written_down_is_expected_where_its_hash_is_still_known() {
        Path database = folder.resolve("stele.db");
        var heads = new ArrayList<LogHead>();
        try (EventStore store = Stores.open(database)) {
            Compacting.talk(store, 1, 100);
            heads.add(Stores.administration(database).head());
            Compacting.append(store, Stores.events(106, 10));
            heads.add(Stores.administration(database).head());
            Compacting.append(store, Stores.events(116, 100));
            heads.add(Stores.administration(database).head());
            Compacting.compact(store, 3, 106);
            Compacting.compact(store, 107, 200);
        }

        assertThat(verify(database, heads.get(0))).isInstanceOf(Sound.class);
        assertThat(verify(database, heads.get(1)))
                .isInstanceOfSatisfying(
                        Compacted.class,
                        found -> {
                            assertThat(found.expected()).isEqualTo(heads.get(1));
                            assertThat(found.first()).isEqualTo(107);
                            assertThat(found.last()).isEqualTo(200);
                        });
        assertThat(verify(database, heads.get(2))).isInstanceOf(Sound.class);
        assertThat(verify(database, new LogHead(106, "0".repeat(64))))
                .isInstanceOf(LogVerification.Rewritten.class);
    }

    private static LogVerification verify(Path database, LogHead expected) {
        return Stores.administration(database).verify(expected, LogProgress.SILENT);
    }

    @Test
    void an_export_makes_an_equal_log_that_is_sound() throws Exception {
        Path database = compacted();
        Path copy = folder.resolve("copy.db");
        var out = new ByteArrayOutputStream();

        LogHead head = Stores.administration(database).exportTo(out, LogProgress.SILENT);
        LogHead imported =
                Stores.administration(copy)
                        .importFrom(
                                new ByteArrayInputStream(out.toByteArray()), LogProgress.SILENT);

        assertThat(imported).isEqualTo(head);
        assertThat(Stores.verify(copy)).isEqualTo(new Sound(head));
        try (EventStore store = Stores.openReading(database);
                EventStore other = Stores.openReading(copy)) {
            assertThat(other.read(0, 1000)).isEqualTo(store.read(0, 1000));
        }
    }

    @ParameterizedTest
    @CsvSource({"Go on., Go off.", "piece 7, Piece 7", "'\"count\":99', '\"count\":98'"})
    void an_export_whose_replaced_stretch_was_changed_is_not_taken(String old, String change) {
        var out = new ByteArrayOutputStream();
        assertThatThrownBy(
                        () -> {
                            Stores.administration(compacted()).exportTo(out, LogProgress.SILENT);
                            String lines = out.toString(java.nio.charset.StandardCharsets.UTF_8);
                            assertThat(lines).contains(old);
                            Stores.administration(folder.resolve("copy.db"))
                                    .importFrom(
                                            new ByteArrayInputStream(
                                                    lines.replaceFirst(
                                                                    java.util.regex.Pattern.quote(
                                                                            old),
                                                                    change)
                                                            .getBytes(
                                                                    java.nio.charset
                                                                            .StandardCharsets
                                                                            .UTF_8)),
                                            LogProgress.SILENT);
                        })
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Nothing was imported");
        assertThat(folder.resolve("copy.db")).doesNotExist();
    }

    @Test
    void a_backup_holds_what_was_replaced() {
        Path backup = folder.resolve("backup.db");

        LogHead head = Stores.administration(compacted()).backup(backup, LogProgress.SILENT);

        assertThat(Stores.verify(backup)).isEqualTo(new Sound(head));
    }

    @Test
    void what_a_replaced_stretch_took_is_given_back_to_the_file_system() throws Exception {
        Path database = folder.resolve("large.db");
        try (EventStore store = Stores.open(database)) {
            Compacting.talk(store, 2, 3_000);
            store.rewriting().giveBack(LogProgress.SILENT);
            long before = Files.size(database);
            Compacting.compact(store, 1, 3_000);
            assertThat(store.rewriting().room().empty()).isPositive();
            assertThat(Files.size(database)).isGreaterThanOrEqualTo(before);

            store.rewriting().giveBack(LogProgress.SILENT);

            assertThat(store.rewriting().room().empty()).isZero();
            assertThat(Files.size(database)).isLessThan(before * 2 / 3);
        }
        assertThat(Stores.verify(database)).isInstanceOf(Sound.class);
    }

    @Test
    void the_counts_tell_what_was_replaced() {
        var stats = Stores.administration(compacted()).stats();

        assertThat(stats.replaced().stretches()).isEqualTo(2);
        assertThat(stats.replaced().events()).isEqualTo(208);
        assertThat(stats.replaced().absorbed()).isEqualTo(198);
        assertThat(stats.replaced().bytes()).isBetween(100L, 10_000L);
        assertThat(stats.types().stream().mapToLong(type -> type.events()).sum())
                .isEqualTo(stats.head().sequence() - 198);
        assertThat(stats.oldest()).isEqualTo(dev.stele.domain.tck.Samples.AT);
    }

    @Test
    void a_snapshot_goes_on_behind_a_replaced_stretch() {
        Path database = compacted();
        try (EventStore store = Stores.open(database)) {
            OrchestrationReadModel model = Compacting.model(store);
            store.snapshots().keep(model);
        }

        try (EventStore store = Stores.open(database)) {
            assertThat(store.snapshots().newest()).isEqualTo(Compacting.model(store));
        }
    }
}
