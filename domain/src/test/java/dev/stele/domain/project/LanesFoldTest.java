package dev.stele.domain.project;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.Report.*;
import dev.stele.domain.decide.Spec;
import dev.stele.domain.model.Lanes;
import dev.stele.domain.model.Lanes.Work;
import dev.stele.domain.model.Lanes.Work.*;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.RestoreScope;
import io.vavr.collection.Seq;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which facts take a place in the lanes, and which free it. */
class LanesFoldTest {

    private static final CheckpointId BEFORE = CheckpointId.before(TURN);
    private static final CheckpointId AFTER = CheckpointId.after(TURN);
    private static final CheckpointId SAFETY = new CheckpointId("r1-safety");
    private static final Work FIRST_TURN = new TurnWork(new Place(PATH, null), TURN);

    private static Seq<Work> open(Spec spec) {
        return spec.model().lanes().open().values();
    }

    @Test
    void a_turn_holds_its_lane_until_its_last_checkpoint_is_ready() {
        Spec spec = running();
        assertThat(open(spec)).containsExactly(FIRST_TURN);

        spec = spec.and(before(TURN), assign(BEFORE), says(done()));
        assertThat(open(spec)).containsExactly(FIRST_TURN);

        spec = spec.and(after(TURN));
        assertThat(open(spec)).containsExactly(FIRST_TURN);

        assertThat(open(spec.and(assign(AFTER)))).isEmpty();
        assertThat(open(spec.and(new FailCheckpoint(AFTER, "No.", AT)))).isEmpty();
    }

    @Test
    void a_failed_first_checkpoint_frees_nothing() {
        Spec spec = running().and(before(TURN), new FailCheckpoint(BEFORE, "No.", AT));

        assertThat(open(spec)).containsExactly(FIRST_TURN);
    }

    @Test
    void an_interrupted_turn_holds_its_lane_while_it_drains_and_the_next_one_waits() {
        Spec spec = draining().and(start(SECOND_TURN));
        Lanes lanes = spec.model().lanes();

        assertThat(lanes.ready()).containsExactly(FIRST_TURN);
        assertThat(lanes.isReady(ticket(spec, TURN))).isTrue();
        assertThat(lanes.isReady(ticket(spec, SECOND_TURN))).isFalse();

        Spec freed = spec.and(says(done()), after(TURN), assign(AFTER));
        assertThat(freed.model().lanes().isReady(ticket(freed, SECOND_TURN))).isTrue();
    }

    private static long ticket(Spec spec, TurnId turn) {
        return spec.turn(turn).ticket();
    }

    private static long ticket(Spec spec, CheckpointId checkpoint) {
        return spec.model().checkpoints().get(checkpoint).get().ticket();
    }

    @Test
    void the_checkpoints_of_a_turn_share_its_place() {
        Spec spec = afterATurn();

        assertThat(ticket(spec, BEFORE)).isEqualTo(ticket(spec, TURN));
        assertThat(ticket(spec, AFTER)).isEqualTo(ticket(spec, TURN));
    }

    @Test
    void a_checkpoint_by_hand_takes_a_place_of_its_own_even_when_it_belongs_to_a_turn() {
        for (TurnId turn : new @Nullable TurnId[] {null, TURN}) {
            Spec spec = running().and(checkpoint(CHECKPOINT, turn));

            assertThat(open(spec))
                    .containsExactly(
                            FIRST_TURN, new CheckpointWork(new Place(PATH, null), CHECKPOINT));
            assertThat(ticket(spec, CHECKPOINT)).isGreaterThan(ticket(spec, TURN));
            assertThat(open(spec.and(assign(CHECKPOINT)))).containsExactly(FIRST_TURN);
            assertThat(open(spec.and(new FailCheckpoint(CHECKPOINT, "No.", AT))))
                    .containsExactly(FIRST_TURN);
        }
    }

    @Test
    void a_restore_holds_its_lane_together_with_its_safety_checkpoint() {
        Spec spec = afterATurn().and(restore("r1", BEFORE, RestoreScope.BOTH));
        var work = new OperationWork(new Place(PATH, null), new OperationId("r1"));

        assertThat(open(spec)).containsExactly(work);
        assertThat(restoreTicket(spec)).isEqualTo(ticket(spec, SAFETY));
        assertThat(spec.model().lanes().isReady(ticket(spec, SAFETY))).isTrue();
        assertThat(open(spec.and(assign(SAFETY)))).containsExactly(work);
        assertThat(open(spec.and(assign(SAFETY), restored("r1")))).isEmpty();
        assertThat(open(spec.and(new FailRestore(new OperationId("r1"), "No.", AT)))).isEmpty();
    }

    private static long restoreTicket(Spec spec) {
        return ((Operation.Restore) spec.model().operations().get(new OperationId("r1")).get())
                .ticket();
    }

    @Test
    void a_commit_holds_its_lane_until_it_is_settled() {
        Spec spec = idle().and(commit(OPERATION));

        assertThat(open(spec)).containsExactly(new OperationWork(new Place(PATH, null), OPERATION));
        assertThat(open(spec.and(new RecordCommit(OPERATION, HASH, AT)))).isEmpty();
        assertThat(open(spec.and(new FailCommit(OPERATION, "No.", AT)))).isEmpty();
    }

    @Test
    void branches_pushes_and_clean_ups_take_no_place() {
        assertThat(open(idle().and(branch(OPERATION)))).isEmpty();
        assertThat(open(idle().and(push(OPERATION)))).isEmpty();
        assertThat(open(idle().and(deleteThread()))).isEmpty();
    }

    @Test
    void work_is_ordered_by_its_requests_across_nested_projects() {
        Spec spec =
                idle().and(createProject("p2", PATH + "/sub"), createThread("t9", "p2"))
                        .and(createProject("p3", "/elsewhere"), createThread("t8", "p3"))
                        .and(start(TURN), start(SECOND_TURN, new ThreadId("t9")))
                        .and(start(THIRD_TURN, new ThreadId("t8")));

        assertThat(spec.model().lanes().ready())
                .containsExactly(
                        FIRST_TURN, new TurnWork(new Place("/elsewhere", null), THIRD_TURN));
        assertThat(spec.and(deleteThread()).model().lanes().ready())
                .containsExactly(
                        new TurnWork(new Place(PATH + "/sub", null), SECOND_TURN),
                        new TurnWork(new Place("/elsewhere", null), THIRD_TURN));
    }
}
