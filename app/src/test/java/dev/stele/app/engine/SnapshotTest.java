package dev.stele.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.support.PlainCodec;
import dev.stele.app.support.Waiting;
import dev.stele.contracts.ProjectId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectCreated;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectRenamed;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.ModelSnapshots;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.tck.MemoryEventStore;
import dev.stele.domain.tck.Samples;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A start goes on from the newest snapshot; keeping one holds up nobody. */
class SnapshotTest {

    private static final ProjectId PROJECT = new ProjectId("prj-1");

    private MemoryEventStore store = new MemoryEventStore();

    private void fill(int events) {
        var facts = new ArrayList<OrchestrationEvent>();
        if (store.head() == 0) {
            facts.add(new ProjectCreated(PROJECT, "Stele", "/srv/stele", Samples.AT));
        }
        while (facts.size() < events) {
            facts.add(new ProjectRenamed(PROJECT, "Stele " + (store.head() + facts.size())));
        }
        var entry = new Append.Entry(facts, null, null);
        store.append(new Append(store.head(), Samples.AT, List.of(entry)));
    }

    private Engine open(List<Long> pages) {
        var parts =
                new Engine.Parts(
                        store, new PlainCodec(), List::of, InstantSource.system(), List.of());
        return Engine.open(parts, EngineSettings.USUAL, (sequence, _) -> pages.add(sequence));
    }

    private OrchestrationReadModel kept() {
        return store.snapshots().newest();
    }

    @Test
    void the_model_is_kept_at_the_end_and_the_next_start_reads_only_what_came_after() {
        fill(3_000);
        var pages = new ArrayList<Long>();
        open(pages).close();
        assertThat(pages).containsExactly(1_000L, 2_000L, 3_000L);

        store = store.reopened();
        assertThat(kept().sequence()).isEqualTo(3_000);
        fill(10);
        pages.clear();
        try (Engine engine = open(pages)) {
            assertThat(pages).containsExactly(3_010L);
            assertThat(engine.model()).isEqualTo(Rig.replayed(store));
        }
    }

    @Test
    void for_few_facts_no_snapshot_is_written() {
        fill(900);
        open(new ArrayList<>()).close();

        store = store.reopened();
        assertThat(kept()).isEqualTo(OrchestrationReadModel.EMPTY);
    }

    @Test
    void a_model_is_kept_now_and_then_and_one_at_a_time() {
        var slow = new Snapshots();
        var keeper = new SnapshotKeeper(slow, 0);

        keeper.saw(OrchestrationReadModel.EMPTY.atSequence(9_999));
        keeper.saw(OrchestrationReadModel.EMPTY.atSequence(10_000));
        keeper.saw(OrchestrationReadModel.EMPTY.atSequence(30_000));
        Waiting.until("the first model kept", () -> slow.begun.size() == 1);
        slow.gate.countDown();
        keeper.close(OrchestrationReadModel.EMPTY.atSequence(30_500));

        assertThat(slow.begun).containsExactly(10_000L, 30_500L);
    }

    @Test
    void in_a_long_log_a_model_is_kept_after_a_tenth_of_it() {
        var snapshots = new Snapshots();
        snapshots.gate.countDown();
        var keeper = new SnapshotKeeper(snapshots, 1_000_000);

        keeper.saw(OrchestrationReadModel.EMPTY.atSequence(1_111_000));
        keeper.saw(OrchestrationReadModel.EMPTY.atSequence(1_112_000));
        keeper.close(OrchestrationReadModel.EMPTY.atSequence(1_112_000));

        assertThat(snapshots.begun).containsExactly(1_112_000L);
    }

    @Test
    void a_snapshot_that_cannot_be_kept_disturbs_nothing() {
        var broken = new Snapshots();
        broken.fails = true;
        broken.gate.countDown();
        var keeper = new SnapshotKeeper(broken, 0);

        keeper.saw(OrchestrationReadModel.EMPTY.atSequence(20_000));
        keeper.close(OrchestrationReadModel.EMPTY.atSequence(40_000));

        assertThat(broken.begun).containsExactly(20_000L, 40_000L);
    }

    @Test
    void a_snapshot_is_compared_with_a_replay_of_the_whole_log() {
        fill(2_000);
        var replay = new Replay(store, 100);
        assertThat(replay.compare(ReplayListener.SILENT))
                .isEqualTo(new ModelComparison(0, 2_000, true));

        store.snapshots().keep(Rig.replayed(store));
        fill(5);
        assertThat(replay.compare(ReplayListener.SILENT))
                .isEqualTo(new ModelComparison(2_000, 2_005, true));

        store.snapshots().keep(OrchestrationReadModel.EMPTY.atSequence(2_000));
        assertThat(replay.compare(ReplayListener.SILENT))
                .isEqualTo(new ModelComparison(2_000, 2_005, false));
    }

    /** Snapshots that wait for a gate, or fail. */
    private static final class Snapshots implements ModelSnapshots {
        final List<Long> begun = new CopyOnWriteArrayList<>();
        final CountDownLatch gate = new CountDownLatch(1);
        volatile boolean fails;

        @Override
        public OrchestrationReadModel newest() {
            return OrchestrationReadModel.EMPTY;
        }

        @Override
        public void keep(OrchestrationReadModel model) {
            begun.add(model.sequence());
            Waiting.until("the gate open", () -> gate.getCount() == 0);
            if (fails) {
                throw new StoreException("The disk is full.", null);
            }
        }
    }
}
