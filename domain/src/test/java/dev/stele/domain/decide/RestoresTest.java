package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError.*;
import dev.stele.domain.command.OrchestrationCommand.AbandonOperation;
import dev.stele.domain.command.OrchestrationCommand.CreateCheckpoint;
import dev.stele.domain.command.OrchestrationCommand.Report.*;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.*;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.RestoreScope;
import io.vavr.collection.Vector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestoresTest {

    private static final OperationId RESTORE = new OperationId("r1");
    private static final CheckpointId SAFETY = new CheckpointId("r1-safety");
    private static final CheckpointId BEFORE = CheckpointId.before(TURN);
    private static final ThreadId NEIGHBOUR = new ThreadId("t9");
    private static final TurnId NEIGHBOURS_TURN = new TurnId("u9");

    /** Work of another project in a directory, beside the quiet first thread. */
    private static Spec withNeighbourIn(String path) {
        return afterATurn()
                .and(createProject("p9", path), createThread("t9", "p9"))
                .and(start(NEIGHBOURS_TURN, NEIGHBOUR));
    }

    @ParameterizedTest
    @EnumSource
    void a_restore_takes_a_safety_checkpoint_first(RestoreScope scope) {
        Spec after =
                afterATurn()
                        .when(restore("r1", BEFORE, scope))
                        .then(
                                new CheckpointCreated(
                                        SAFETY,
                                        THREAD,
                                        null,
                                        "before the restore of u1-before",
                                        AT),
                                new CheckpointRestoreRequested(RESTORE, BEFORE, SAFETY, scope, AT));

        assertThat(after.model().openOperations()).containsExactly(RESTORE);
    }

    @Test
    void only_a_ready_checkpoint_is_brought_back() {
        idle().when(restore("r1", CHECKPOINT, RestoreScope.FILES))
                .thenRejected(new CheckpointNotFound(CHECKPOINT));
        idle().and(checkpoint(CHECKPOINT, null))
                .when(restore("r1", CHECKPOINT, RestoreScope.FILES))
                .thenRejected(new CheckpointNotReady(CHECKPOINT));
        idle().and(checkpoint(CHECKPOINT, null), new FailCheckpoint(CHECKPOINT, "No.", AT))
                .when(restore("r1", CHECKPOINT, RestoreScope.CONVERSATION))
                .thenRejected(new CheckpointNotReady(CHECKPOINT));
    }

    @Test
    void a_restore_id_is_taken_once_and_for_ever() {
        var refusal = new OperationAlreadyExists(RESTORE);
        Spec restored = afterATurn().and(restore("r1", BEFORE, RestoreScope.FILES));

        restored.and(restored("r1"))
                .when(restore("r1", BEFORE, RestoreScope.FILES))
                .thenRejected(refusal);
        restored.and(deleteThread(), createThread(SECOND_THREAD))
                .when(restore("r1", BEFORE, RestoreScope.FILES))
                .thenRejected(refusal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"t1-agent-cleanup", "x-refs-cleanup"})
    void the_names_of_clean_ups_are_kept_for_deletions(String id) {
        afterATurn()
                .when(restore(id, BEFORE, RestoreScope.FILES))
                .thenRejected(
                        new InvalidInput("restoreId", "an id with this end is made by deletions."));
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_brought_back_under_the_threads_own_open_turn(RestoreScope scope) {
        afterATurn()
                .and(start(SECOND_TURN))
                .when(restore("r1", BEFORE, scope))
                .thenRejected(new ThreadBusy(THREAD, SECOND_TURN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/work", "/work/stele/sub", "/work/stele/sub/deeper"})
    void files_are_not_brought_back_under_work_in_an_overlapping_directory(String path) {
        var refusal = new ThreadBusy(NEIGHBOUR, NEIGHBOURS_TURN);

        withNeighbourIn(path).when(restore("r1", BEFORE, RestoreScope.FILES)).thenRejected(refusal);
        withNeighbourIn(path).when(restore("r1", BEFORE, RestoreScope.BOTH)).thenRejected(refusal);
        withNeighbourIn(path).and(restore("r1", BEFORE, RestoreScope.CONVERSATION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/work/stele2", "/work/ste", "/elsewhere"})
    void work_in_another_directory_hinders_nothing(String path) {
        withNeighbourIn(path).and(restore("r1", BEFORE, RestoreScope.BOTH));
    }

    @Test
    void a_sister_thread_at_work_hinders_files_and_not_the_conversation() {
        Spec busy =
                afterATurn().and(createThread(SECOND_THREAD), start(SECOND_TURN, SECOND_THREAD));

        busy.when(restore("r1", BEFORE, RestoreScope.FILES))
                .thenRejected(new ThreadBusy(SECOND_THREAD, SECOND_TURN));
        busy.and(restore("r1", BEFORE, RestoreScope.CONVERSATION));
    }

    @Test
    void a_draining_turn_hinders_no_restore_since_the_lane_makes_it_wait() {
        Spec after =
                afterATurn()
                        .and(start(SECOND_TURN), interrupt())
                        .and(restore("r1", BEFORE, RestoreScope.BOTH));

        assertThat(after.model().lanes().ready().size()).isEqualTo(1);
        assertThat(after.model().lanes().open().size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/work", "/work/stele/sub"})
    void one_restore_of_files_at_a_time_in_overlapping_directories(String path) {
        Spec restoring =
                afterATurn()
                        .and(createProject("p9", path), createThread("t9", "p9"))
                        .and(restore("r1", BEFORE, RestoreScope.FILES));
        var there = new CreateCheckpoint(CHECKPOINT, NEIGHBOUR, null, "by hand", AT);

        restoring
                .when(restore("r2", BEFORE, RestoreScope.FILES))
                .thenRejected(new RestoreInProgress(RESTORE));
        restoring
                .and(there, assign(CHECKPOINT))
                .when(restore("r2", CHECKPOINT, RestoreScope.BOTH))
                .thenRejected(new RestoreInProgress(RESTORE));
        restoring.and(restored("r1"), restore("r2", BEFORE, RestoreScope.FILES));
    }

    @Test
    void a_restore_is_done_with_what_it_did() {
        Spec after =
                afterATurn()
                        .and(restore("r1", BEFORE, RestoreScope.FILES), assign(SAFETY))
                        .when(restored("r1"))
                        .then(new CheckpointRestored(RESTORE, SUMMARY, AT));

        assertThat(after.model().operations().get(RESTORE).get().state())
                .isEqualTo(new OperationState.Restored(SUMMARY, AT));
        assertThat(after.model().openOperations()).isEmpty();
    }

    @Test
    void a_restore_fails_with_a_reason() {
        afterATurn()
                .and(restore("r1", BEFORE, RestoreScope.FILES), assign(SAFETY))
                .when(new FailRestore(RESTORE, "A file is locked.", AT))
                .then(new CheckpointRestoreFailed(RESTORE, "A file is locked.", AT));
        afterATurn()
                .and(restore("r1", BEFORE, RestoreScope.FILES))
                .when(new FailRestore(RESTORE, " ", AT))
                .thenRejected(new InvalidInput("why", "it is blank."));
    }

    @Test
    void a_safety_checkpoint_that_is_still_pending_ends_with_its_restore() {
        Spec restoring = afterATurn().and(restore("r1", BEFORE, RestoreScope.FILES));
        var ends = new CheckpointFailed(SAFETY, "Its restore ended before it was taken.", AT);

        restoring
                .when(new FailRestore(RESTORE, "A file is locked.", AT))
                .then(ends, new CheckpointRestoreFailed(RESTORE, "A file is locked.", AT));
        restoring.when(restored("r1")).then(ends, new CheckpointRestored(RESTORE, SUMMARY, AT));
        restoring
                .when(new AbandonOperation(RESTORE, AT))
                .then(ends, new CheckpointRestoreFailed(RESTORE, "It was abandoned.", AT));
    }

    private static Vector<TurnId> conversation(Spec spec) {
        return spec.model()
                .threads()
                .get(THREAD)
                .get()
                .turns()
                .reject(turn -> spec.turn(turn).rolledBack());
    }

    private static @Nullable TurnId newest(Spec spec) {
        return spec.model().threads().get(THREAD).get().conversation();
    }

    private static Spec restoring(Spec spec, String id, CheckpointId to, RestoreScope scope) {
        return spec.and(restore(id, to, scope), assign(CheckpointId.safety(new OperationId(id))))
                .and(restored(id));
    }

    @Test
    void files_alone_leave_the_conversation_as_it_is() {
        Spec after = restoring(afterTurns(TURN, SECOND_TURN), "r1", BEFORE, RestoreScope.FILES);

        assertThat(conversation(after)).containsExactly(TURN, SECOND_TURN);
        assertThat(newest(after)).isEqualTo(SECOND_TURN);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONVERSATION", "BOTH"})
    void the_conversation_goes_back_to_the_checkpoints_place(RestoreScope scope) {
        Spec three = afterTurns(TURN, SECOND_TURN, THIRD_TURN);

        Spec one = restoring(three, "r1", CheckpointId.after(TURN), scope);
        Spec none = restoring(three, "r1", BEFORE, scope);

        assertThat(conversation(one)).containsExactly(TURN);
        assertThat(newest(one)).isEqualTo(TURN);
        assertThat(conversation(none)).isEmpty();
        assertThat(newest(none)).isNull();
    }

    @Test
    void nothing_is_rolled_back_before_the_restore_is_done_nor_when_it_fails() {
        Spec asked = afterTurns(TURN, SECOND_TURN).and(restore("r1", BEFORE, RestoreScope.BOTH));

        assertThat(conversation(asked)).containsExactly(TURN, SECOND_TURN);
        assertThat(conversation(asked.and(new FailRestore(RESTORE, "No.", AT))))
                .containsExactly(TURN, SECOND_TURN);
    }

    @Test
    void a_restore_is_undone_and_the_undoing_too() {
        Spec three = afterTurns(TURN, SECOND_TURN, THIRD_TURN);

        Spec back = restoring(three, "r1", CheckpointId.after(TURN), RestoreScope.BOTH);
        Spec undone = restoring(back, "r2", SAFETY, RestoreScope.BOTH);
        Spec redone = restoring(undone, "r3", new CheckpointId("r2-safety"), RestoreScope.BOTH);

        assertThat(conversation(undone)).containsExactly(TURN, SECOND_TURN, THIRD_TURN);
        assertThat(newest(undone)).isEqualTo(THIRD_TURN);
        assertThat(conversation(redone)).containsExactly(TURN);
        assertThat(newest(redone)).isEqualTo(TURN);
    }

    @Test
    void a_conversation_that_went_another_way_is_left_by_undoing() {
        Spec back =
                restoring(
                        afterTurns(TURN, SECOND_TURN),
                        "r1",
                        CheckpointId.after(TURN),
                        RestoreScope.CONVERSATION);
        Spec otherWay = back.and(start(THIRD_TURN), says(THIRD_TURN, done()));
        assertThat(conversation(otherWay)).containsExactly(TURN, THIRD_TURN);
        assertThat(otherWay.turn(THIRD_TURN).parent()).isEqualTo(TURN);

        Spec undone = restoring(otherWay, "r2", SAFETY, RestoreScope.CONVERSATION);

        assertThat(conversation(undone)).containsExactly(TURN, SECOND_TURN);
        assertThat(newest(undone)).isEqualTo(SECOND_TURN);
    }
}
