package dev.stele.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.LogLossAccepted;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.UnreadableEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.LogVerification.Broken;
import dev.stele.domain.port.LogVerification.Cut;
import dev.stele.domain.port.LogVerification.Fault;
import dev.stele.domain.port.LogVerification.Lossy;
import dev.stele.domain.port.LogVerification.Rewritten;
import dev.stele.domain.port.LogVerification.Sound;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.StoreException.Damaged;
import dev.stele.domain.tck.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is lost of a log is told of at its place, and all else is there. */
class QuarantineTest {

    private static final int EVENTS = 300;

    /** Of every kind: what is done to the store, and the places that are lost by it. */
    private static final String DAMAGE =
            """
            delete from event where sequence = 300                      | 300
            delete from event where sequence = 270                      | 270
            delete from event where sequence = 256                      | 256
            delete from event where sequence between 290 and 300        | 290-300
            delete from event where sequence = 1                        | 1
            delete from event where sequence between 100 and 200        | 100-200
            update event set hash = null where sequence = 256           | 256
            update event set hash = zeroblob(32) where sequence = 256   | 256
            update event set stored_at = 1 where sequence = 299         | 299
            update event set payload = zeroblob(9) where sequence = 300 | 300
            update event set payload = zeroblob(9) where sequence = 256 | 256
            update event set payload = cast('{' as blob) where sequence = 100 | 100
            update event set payload = cast('{"turnId":7}' as blob) where sequence = 100 | 100
            update event set payload = 5 where sequence = 100           | 100
            update event set payload = zeroblob(0) where sequence in (90, 110, 257) | 90, 110, 257
            update event set event_type = 999 where sequence = 300      | 300
            update event set event_type = 999 where sequence = 128      | 128
            """;

    @TempDir private Path folder;
    private Path database = Path.of("");

    @BeforeEach
    void makeStore() {
        database = Stores.make(folder.resolve("stele.db"), EVENTS);
    }

    private static List<Long> places(String text) {
        return Arrays.stream(text.split(", ?", -1))
                .flatMap(word -> {
                    String[] ends = word.split("-", -1);
                    return LongStream.rangeClosed(
                                    Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]))
                            .boxed();
                })
                .toList();
    }

    private static Map<Long, String> lost(EventStore store, int page) {
        var lost = new HashMap<Long, String>();
        for (long at = 0; at < store.head(); at += page) {
            List<StoredEvent> events = store.read(at, page);
            assertThat(events).hasSize((int) Math.min(page, store.head() - at));
            for (int i = 0; i < events.size(); i++) {
                assertThat(events.get(i).sequence()).isEqualTo(at + i + 1);
                if (events.get(i).event() instanceof UnreadableEvent(var why)) {
                    lost.put(at + i + 1, why);
                } else {
                    assertThat(events.get(i).event()).isEqualTo(piece(at + i + 1));
                }
            }
        }
        return lost;
    }

    private static OrchestrationEvent piece(long sequence) {
        return Stores.chunk("piece " + sequence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = DAMAGE)
    void what_is_lost_is_told_at_its_place_and_all_else_is_there(String change, String lost)
            throws Exception {
        Stores.sql(database, change);

        try (EventStore store = Stores.open(database)) {
            for (int page : List.of(1, 7, 1_000)) {
                assertThat(lost(store, page)).containsOnlyKeys(places(lost));
            }
            assertThat(store.read(0, 1_000)).hasSize(EVENTS);
        }
        try (EventStore store = Stores.openReading(database)) {
            assertThat(lost(store, 1_000)).containsOnlyKeys(places(lost));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = DAMAGE)
    void a_check_names_all_that_is_lost_the_first_one_first(String change, String lost)
            throws Exception {
        Stores.sql(database, change);

        assertThat(Stores.verify(database))
                .isInstanceOfSatisfying(
                        Broken.class,
                        broken -> {
                            assertThat(broken.sequence()).isEqualTo(places(lost).getFirst());
                            assertThat(broken.faults())
                                    .extracting(Fault::sequence)
                                    .isEqualTo(places(lost));
                            assertThat(broken.faults()).noneMatch(Fault::accepted);
                            assertThat(broken.why()).isEqualTo(broken.faults().getFirst().why());
                        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = DAMAGE)
    void the_log_goes_on_without_what_is_accepted_as_lost(String change, String lost)
            throws Exception {
        Stores.sql(database, change);
        accept(places(lost));

        try (EventStore store = Stores.open(database)) {
            Stores.append(store, 400);
            assertThat(store.head()).isEqualTo(EVENTS + 401);
        }
        try (EventStore store = Stores.openReading(database)) {
            List<StoredEvent> events = new ArrayList<>(store.read(0, EVENTS + 401));
            assertThat(events).hasSize(EVENTS + 401);
            for (StoredEvent event : events) {
                assertThat(event.event() instanceof UnreadableEvent)
                        .as("%d", event.sequence())
                        .isEqualTo(places(lost).contains(event.sequence()));
            }
        }
        assertThat(Stores.verify(database))
                .isInstanceOfSatisfying(
                        Lossy.class,
                        lossy -> {
                            assertThat(lossy.head()).isEqualTo(head());
                            assertThat(lossy.losses())
                                    .allMatch(Fault::accepted)
                                    .extracting(Fault::sequence)
                                    .isEqualTo(places(lost));
                        });
    }

    private LogHead head() {
        return Stores.administration(database).head();
    }

    private void accept(List<Long> sequences) {
        try (EventStore store = Stores.open(database)) {
            store.append(
                    new Append(
                            store.head(),
                            Samples.AT,
                            List.of(
                                    new Append.Entry(
                                            List.of(
                                                    new LogLossAccepted(
                                                            sequences, "ada", Samples.AT)),
                                            null,
                                            null))));
        }
    }

    @Test
    void what_is_lost_after_an_acceptance_is_told_apart_from_what_was_accepted() throws Exception {
        Stores.sql(database, "delete from event where sequence in (10, 20)");
        accept(List.of(10L));

        assertThat(Stores.verify(database))
                .isEqualTo(
                        new Broken(
                                20,
                                "the event 20 is missing",
                                List.of(
                                        new Fault(10, "the event 10 is missing", true),
                                        new Fault(20, "the event 20 is missing", false))));
    }

    @Test
    void what_is_accepted_as_lost_stays_lost_even_where_it_is_readable_again() throws Exception {
        accept(List.of(10L));

        try (EventStore store = Stores.open(database)) {
            assertThat(store.read(9, 1).getFirst().event())
                    .isEqualTo(new UnreadableEvent("its loss was accepted"));
        }
        assertThat(Stores.verify(database)).isInstanceOf(Sound.class);
    }

    @Test
    void a_page_ends_where_it_should_inside_of_a_hole_too() throws Exception {
        Stores.sql(database, "delete from event where sequence between 100 and 200");

        try (EventStore store = Stores.open(database)) {
            assertThat(store.read(90, 20))
                    .extracting(StoredEvent::sequence)
                    .isEqualTo(LongStream.rangeClosed(91, 110).boxed().toList());
            assertThat(store.read(150, 1)).hasSize(1);
            assertThat(store.read(100, 200)).hasSize(200);
            assertThat(store.read(300, 5)).isEmpty();
        }
    }

    @Test
    void a_snapshot_hides_no_loss_before_it() throws Exception {
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY.atSequence(EVENTS);
        try (EventStore store = Stores.open(database)) {
            store.snapshots().keep(model);
            assertThat(store.snapshots().newest()).isEqualTo(model);
        }
        Stores.sql(database, "delete from event where sequence = 100");
        try (EventStore store = Stores.open(database)) {
            assertThat(store.snapshots().newest()).as("nobody has looked yet").isEqualTo(model);
            store.read(90, 20);
            assertThat(store.snapshots().newest()).isEqualTo(OrchestrationReadModel.EMPTY);
            store.snapshots().keep(model);
        }

        try (EventStore store = Stores.open(database)) {
            assertThat(store.snapshots().newest()).isEqualTo(OrchestrationReadModel.EMPTY);
        }
        accept(List.of(100L));
        try (EventStore store = Stores.open(database)) {
            store.snapshots().keep(model.atSequence(EVENTS + 1));
            assertThat(store.snapshots().newest()).isEqualTo(model.atSequence(EVENTS + 1));
        }
    }

    @Test
    void a_check_that_finds_a_loss_takes_away_the_snapshot_that_would_hide_it() throws Exception {
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY.atSequence(EVENTS);
        try (EventStore store = Stores.open(database)) {
            store.snapshots().keep(model);
        }
        Stores.verify(database);
        assertThat(StoreFile.beside(database, ".snapshot")).exists();

        Stores.sql(database, "delete from event where sequence = 100");
        Stores.verify(database);

        assertThat(StoreFile.beside(database, ".snapshot")).doesNotExist();
    }

    @Test
    void an_expected_head_is_found_again_beyond_a_loss_and_not_right_behind_it() throws Exception {
        LogHead late = head();
        Stores.sql(database, "delete from event where sequence = 100");
        accept(List.of(100L));
        var log = Stores.administration(database);
        var elsewhere = new LogHead(late.sequence(), "0".repeat(64));
        var longer = new LogHead(9_999, late.hash());

        assertThat(log.verify(late, LogProgress.SILENT)).isInstanceOf(Lossy.class);
        assertThat(log.verify(elsewhere, LogProgress.SILENT)).isInstanceOf(Rewritten.class);
        assertThat(log.verify(longer, LogProgress.SILENT)).isInstanceOf(Cut.class);
        assertThat(log.verify(new LogHead(110, "0".repeat(64)), LogProgress.SILENT))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.why()).contains("keep a newer"));
    }

    @Test
    void a_log_with_accepted_losses_is_copied_and_carried_elsewhere() throws Exception {
        Stores.sql(database, "delete from event where sequence in (10, 300)");
        accept(List.of(10L, 300L));
        LogVerification verdict = Stores.verify(database);

        Stores.administration(database).backup(folder.resolve("copy.db"), LogProgress.SILENT);
        assertThat(Stores.verify(folder.resolve("copy.db"))).isEqualTo(verdict);

        Path carried = imported(exported(false));
        assertThat(Stores.verify(carried)).isEqualTo(verdict);
        assertThat(events(carried)).isEqualTo(events(database));
    }

    @Test
    void a_damaged_log_is_exported_only_when_that_is_asked_for_and_then_with_all_there_is()
            throws Exception {
        Stores.sql(database, "delete from event where sequence in (10, 300)");
        Stores.sql(database, "update event set payload = zeroblob(0) where sequence = 128");

        assertThatThrownBy(() -> exported(false))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("at the event 10");
        Path salvaged = imported(exported(true));

        try (EventStore store = Stores.open(salvaged)) {
            assertThat(lost(store, 1_000)).containsOnlyKeys(10L, 128L, 300L);
            assertThat(store.receipt(Stores.commandId(1))).isNotNull();
        }
        assertThat(Stores.administration(salvaged).head()).isEqualTo(head());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"lost\":11,\"why\":\"x\"}", "{\"lost\":10}"})
    void a_line_of_a_loss_elsewhere_or_without_its_words_is_refused(String line) throws Exception {
        Stores.sql(database, "delete from event where sequence = 10");
        String lines = exported(true).toString(UTF_8);
        var changed = new ByteArrayOutputStream();
        changed.writeBytes(lines.replaceFirst("\\{\"lost\":10[^\n]*", line).getBytes(UTF_8));

        assertThatThrownBy(() -> imported(changed))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("line 11");
    }

    private ByteArrayOutputStream exported(boolean despiteDamage) throws IOException {
        var out = new ByteArrayOutputStream();
        var log = Stores.administration(database);
        if (despiteDamage) {
            log.salvageTo(out, LogProgress.SILENT);
        } else {
            log.exportTo(out, LogProgress.SILENT);
        }
        return out;
    }

    private Path imported(ByteArrayOutputStream lines) throws IOException {
        Path target = folder.resolve("imported.db");
        Stores.administration(target)
                .importFrom(new ByteArrayInputStream(lines.toByteArray()), LogProgress.SILENT);
        return target;
    }

    private static List<OrchestrationEvent> events(Path database) {
        try (EventStore store = Stores.openReading(database)) {
            return Stores.all(store);
        }
    }
}
