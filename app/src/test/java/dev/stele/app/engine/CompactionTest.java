package dev.stele.app.engine;

import static dev.stele.domain.tck.SampleTalk.PROJECT;
import static dev.stele.domain.tck.SampleTalk.THREAD;
import static dev.stele.domain.tck.SampleTalk.beginning;
import static dev.stele.domain.tck.SampleTalk.pieces;
import static dev.stele.domain.tck.SampleTalk.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.support.PlainCodec;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.RenameProject;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.LogCompacted;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadDeleted;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.tck.MemoryEventStore;
import dev.stele.domain.tck.Samples;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is over is replaced by less beside the work, and nothing that anybody sees is another. */
class CompactionTest {

    private final MemoryEventStore store = new MemoryEventStore(100_000);

    private void append(List<? extends OrchestrationEvent> facts) {
        var entry = new Append.Entry(List.copyOf(facts), null, null);
        store.append(new Append(store.head(), Samples.AT, List.of(entry)));
    }

    private void talk(int turns) {
        append(beginning());
        for (int number = 1; number <= turns; number++) {
            append(turn(number, pieces(100)));
        }
    }

    private Rig open() {
        return new Rig(store.reopened(), EngineSettings.USUAL);
    }

    private static CompactionReport compact(Rig rig, CompactionOptions options)
            throws InterruptedException {
        return rig.engine.compact(options, LogProgress.SILENT);
    }

    private static List<StoredEvent> all(Rig rig) {
        return rig.memory.read(0, Integer.MAX_VALUE);
    }

    private static long absorbed(Rig rig) {
        return all(rig).stream().filter(fact -> fact.event() instanceof AbsorbedEvent).count();
    }

    @Test
    void what_is_over_is_merged_and_the_model_is_equal() throws Exception {
        talk(3);
        try (Rig rig = open()) {
            OrchestrationReadModel before = rig.engine.model();

            CompactionReport report = compact(rig, CompactionOptions.USUAL);

            assertThat(report.stopped()).isEmpty();
            assertThat(report.stretches()).isEqualTo(1);
            assertThat(report.facts()).isEqualTo(2 + 3 * 104);
            assertThat(report.absorbed()).isEqualTo(3 * 99).isEqualTo(absorbed(rig));
            assertThat(rig.replayed()).isEqualTo(rig.engine.model());
            assertThat(rig.replayed().atSequence(before.sequence()))
                    .isEqualTo(before.atSequence(before.sequence()));
            assertThat(all(rig).getLast().event()).isInstanceOf(LogCompacted.class);
        }
    }

    @Test
    void a_second_compaction_finds_nothing_to_do() throws Exception {
        talk(3);
        try (Rig rig = open()) {
            compact(rig, CompactionOptions.USUAL);
            List<StoredEvent> once = all(rig);

            CompactionReport report = compact(rig, CompactionOptions.USUAL);

            assertThat(report.stretches()).isZero();
            assertThat(all(rig)).isEqualTo(once);
        }
    }

    @Test
    void a_turn_that_is_live_and_all_after_it_stay_as_they_are() throws Exception {
        talk(2);
        List<OrchestrationEvent> live = turn(3, pieces(100));
        append(live.subList(0, live.size() - 2));
        try (Rig rig = open()) {
            List<StoredEvent> before = all(rig);

            compact(rig, CompactionOptions.USUAL);

            assertThat(all(rig).subList(210, before.size()))
                    .isEqualTo(before.subList(210, before.size()));
            assertThat(absorbed(rig)).isEqualTo(2 * 99);
        }
    }

    @Test
    void the_newest_and_the_young_stay_as_they_are_when_asked_for() throws Exception {
        talk(3);
        try (Rig rig = open()) {
            var young = new CompactionOptions(Duration.ofDays(365_000), 0, Duration.ZERO, true);
            assertThat(compact(rig, young).stretches()).isZero();

            var newest = new CompactionOptions(Duration.ZERO, 200, Duration.ZERO, true);
            assertThat(compact(rig, newest).facts()).isEqualTo(2 + 3 * 104 - 200);
            assertThat(rig.replayed()).isEqualTo(rig.engine.model());
        }
    }

    @Test
    void what_a_deleted_thread_said_is_dropped_and_its_ids_stay_retired() throws Exception {
        talk(2);
        append(List.of(new ThreadDeleted(THREAD, Samples.AT)));
        try (Rig rig = open()) {
            OrchestrationReadModel before = rig.engine.model();

            CompactionReport report = compact(rig, CompactionOptions.USUAL);

            assertThat(report.stopped()).isEmpty();
            assertThat(all(rig).toString()).doesNotContain("piece 7").doesNotContain("Go on.");
            assertThat(rig.replayed()).isEqualTo(rig.engine.model());
            assertThat(rig.replayed().retired()).isEqualTo(before.retired());
            assertThat(rig.submit(new CreateThread(THREAD, PROJECT, "Again", "a", Samples.AT)))
                    .isInstanceOf(DispatchResult.Rejected.class);
        }
    }

    @Test
    void what_a_thread_said_that_was_deleted_lately_stays_until_its_time_comes() throws Exception {
        talk(2);
        append(List.of(new ThreadDeleted(THREAD, Samples.AT)));
        try (Rig rig = open()) {
            var late = new CompactionOptions(Duration.ZERO, 0, Duration.ofDays(365_000), true);
            compact(rig, late);
            assertThat(all(rig).toString()).contains("piece 7", "Go on.");

            CompactionReport report = compact(rig, CompactionOptions.USUAL);

            assertThat(report.stretches()).isEqualTo(1);
            assertThat(all(rig).toString()).doesNotContain("piece 7").doesNotContain("Go on.");
            assertThat(rig.replayed()).isEqualTo(rig.engine.model());
        }
    }

    @Test
    void where_the_disk_has_no_room_to_give_any_back_it_is_said_and_what_was_merged_stays_so()
            throws Exception {
        talk(3);
        var parts =
                new Engine.Parts(
                        new SmallDisk(store),
                        new PlainCodec(),
                        List::of,
                        InstantSource.system(),
                        List.of());
        try (Engine engine = Engine.open(parts, EngineSettings.USUAL, ReplayListener.SILENT)) {
            CompactionReport report = engine.compact(CompactionOptions.USUAL, LogProgress.SILENT);

            assertThat(report.stretches()).isEqualTo(1);
            assertThat(report.stopped())
                    .isEqualTo(
                            "4000 bytes of the log are empty and stay with it: to give them back"
                                    + " needs 2000 bytes on the way, and the disk has 900 left."
                                    + " Free some space, and compact it again.");
        }
    }

    @Test
    void work_goes_on_beside_it_and_a_subscriber_misses_nothing() throws Exception {
        talk(60);
        var done = new AtomicBoolean();
        try (Rig rig = open();
                var threads = Executors.newFixedThreadPool(2)) {
            Future<Integer> work =
                    threads.submit(() -> {
                        int sent = 0;
                        while (!done.get() || sent < 50) {
                            var rename = new RenameProject(PROJECT, "Talk " + sent++);
                            assertThat(rig.submit(rename))
                                    .isInstanceOf(DispatchResult.Accepted.class);
                        }
                        return sent;
                    });
            Future<List<Long>> reading = threads.submit(() -> readAll(rig, done));
            try {
                assertThat(compact(rig, CompactionOptions.USUAL).stopped()).isEmpty();
            } finally {
                done.set(true);
            }

            assertThat(work.get()).isGreaterThanOrEqualTo(50);
            List<Long> places = reading.get();
            for (int i = 0; i < places.size(); i++) {
                assertThat(places.get(i)).isEqualTo(i + 1L);
            }
            assertThat(places).hasSizeGreaterThan(60 * 104);
            assertThat(rig.replayed()).isEqualTo(rig.engine.model());
        }
    }

    private static List<Long> readAll(Rig rig, AtomicBoolean done) throws InterruptedException {
        var places = new ArrayList<Long>();
        try (EventSubscription facts = rig.engine.subscribe(0)) {
            while (!done.get() || facts.position() < 60 * 104) {
                facts.next(Duration.ofMillis(20)).forEach(fact -> places.add(fact.sequence()));
            }
        }
        return places;
    }

    @Test
    void a_thread_goes_on_after_what_it_said_was_merged() throws Exception {
        talk(2);
        try (Rig rig = open()) {
            compact(rig, CompactionOptions.USUAL);
            var other = new ThreadId("thr-other");

            assertThat(rig.submit(new CreateThread(other, PROJECT, "Other", "a", Samples.AT)))
                    .isInstanceOf(DispatchResult.Accepted.class);

            assertThat(rig.replayed()).isEqualTo(rig.engine.model());
        }
        try (Rig rig = new Rig(store.reopened(), EngineSettings.USUAL)) {
            assertThat(rig.replayed()).isEqualTo(rig.engine.model());
        }
    }
}
