package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError.*;
import dev.stele.domain.command.OrchestrationCommand.CreateCheckpoint;
import dev.stele.domain.command.OrchestrationCommand.Report.*;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.*;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.RestoreScope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {

    private static final TurnId LONG_TURN = new TurnId("x".repeat(100));

    static List<TurnId> turns() {
        return List.of(TURN, LONG_TURN);
    }

    @Test
    void a_checkpoint_is_asked_for_and_its_ref_is_pending() {
        Spec after =
                idle().when(checkpoint(CHECKPOINT, null))
                        .then(new CheckpointCreated(CHECKPOINT, THREAD, null, "by hand", AT));

        assertThat(after.model().checkpoints().get(CHECKPOINT).get().state())
                .isEqualTo(new CheckpointState.Pending());
    }

    @Test
    void a_checkpoint_may_belong_to_a_turn_of_its_thread() {
        running()
                .when(checkpoint(CHECKPOINT, TURN))
                .then(new CheckpointCreated(CHECKPOINT, THREAD, TURN, "by hand", AT));
    }

    @Test
    void a_checkpoint_needs_its_thread_and_its_turn() {
        Spec two = running().and(createThread(SECOND_THREAD), start(SECOND_TURN, SECOND_THREAD));

        Spec.given().when(checkpoint(CHECKPOINT, null)).thenRejected(new ThreadNotFound(THREAD));
        two.when(checkpoint(CHECKPOINT, THIRD_TURN))
                .thenRejected(new TurnNotFound(THREAD, THIRD_TURN));
        two.when(checkpoint(CHECKPOINT, SECOND_TURN))
                .thenRejected(new TurnNotFound(THREAD, SECOND_TURN));
    }

    @Test
    void a_checkpoint_needs_a_description() {
        idle().when(new CreateCheckpoint(CHECKPOINT, THREAD, null, " ", AT))
                .thenRejected(new InvalidInput("description", "it is blank."));
    }

    @Test
    void a_checkpoint_id_is_taken_once_and_for_ever() {
        var refusal = new CheckpointAlreadyExists(CHECKPOINT);

        idle().and(checkpoint(CHECKPOINT, null))
                .when(checkpoint(CHECKPOINT, null))
                .thenRejected(refusal);
        idle().and(checkpoint(CHECKPOINT, null), deleteThread(), createThread(SECOND_THREAD))
                .when(new CreateCheckpoint(CHECKPOINT, SECOND_THREAD, null, "by hand", AT))
                .thenRejected(refusal);
        running()
                .and(before(TURN))
                .when(before(TURN))
                .thenRejected(new CheckpointAlreadyExists(CheckpointId.before(TURN)));
    }

    @ParameterizedTest
    @MethodSource("turns")
    void the_names_of_a_turns_own_checkpoints_are_kept_for_it(TurnId turn) {
        Spec two = idle().and(start(turn), interrupt(), start(SECOND_TURN));

        for (CheckpointId id : List.of(CheckpointId.before(turn), CheckpointId.after(turn))) {
            two.when(checkpoint(id, null)).thenRejected(keptForItsTurn());
            two.when(checkpoint(id, SECOND_TURN)).thenRejected(keptForItsTurn());
        }
    }

    @ParameterizedTest
    @MethodSource("turns")
    void the_names_of_a_turns_own_checkpoints_are_kept_before_it_starts(TurnId turn) {
        idle().when(checkpoint(CheckpointId.before(turn), null)).thenRejected(keptForItsTurn());
        idle().when(checkpoint(CheckpointId.after(turn), null)).thenRejected(keptForItsTurn());
    }

    private static InvalidInput keptForItsTurn() {
        return new InvalidInput("checkpointId", "an id with this end is kept for its turn.");
    }

    @ParameterizedTest
    @MethodSource("turns")
    void the_last_checkpoint_of_a_turn_waits_for_the_turns_end(TurnId turn) {
        var early = new InvalidInput("checkpointId", "it is kept for the turn's end.");

        idle().and(start(turn)).when(after(turn)).thenRejected(early);
        idle().and(start(turn), interrupt()).when(after(turn)).thenRejected(early);
        idle().and(start(turn), interrupt(), says(turn, done()), after(turn));
    }

    @ParameterizedTest
    @ValueSource(strings = {"r1-safety", "x-safety"})
    void the_names_of_safety_checkpoints_are_kept_for_restores(String id) {
        idle().when(checkpoint(new CheckpointId(id), null))
                .thenRejected(
                        new InvalidInput(
                                "checkpointId", "an id with this end is made by restores."));
    }

    @Test
    void a_checkpoint_is_ready_once_its_ref_is_there() {
        Spec after =
                idle().and(checkpoint(CHECKPOINT, null))
                        .when(new AssignCheckpointGitRef(CHECKPOINT, REF, STATS, AT))
                        .then(new CheckpointGitRefAssigned(CHECKPOINT, REF, STATS, AT));

        assertThat(after.model().checkpoints().get(CHECKPOINT).get().state())
                .isEqualTo(new CheckpointState.Ready(REF, STATS, AT));
    }

    @Test
    void a_checkpoint_fails_with_a_reason() {
        Spec after =
                idle().and(checkpoint(CHECKPOINT, null))
                        .when(new FailCheckpoint(CHECKPOINT, "The disk is full.", AT))
                        .then(new CheckpointFailed(CHECKPOINT, "The disk is full.", AT));

        assertThat(after.model().checkpoints().get(CHECKPOINT).get().state())
                .isEqualTo(new CheckpointState.Failed("The disk is full.", AT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void a_ref_is_never_empty_and_a_failure_says_why(String blank) {
        Spec pending = idle().and(checkpoint(CHECKPOINT, null));

        pending.when(new AssignCheckpointGitRef(CHECKPOINT, blank, STATS, AT))
                .thenRejected(new InvalidInput("gitRef", "it is blank."));
        pending.when(new FailCheckpoint(CHECKPOINT, blank, AT))
                .thenRejected(new InvalidInput("why", "it is blank."));
    }

    @Test
    void a_checkpoint_is_settled_once() {
        var refusal = new OperationAlreadySettled(new OperationId("c1"));
        var fail = new FailCheckpoint(CHECKPOINT, "The disk is full.", AT);
        Spec pending = idle().and(checkpoint(CHECKPOINT, null));

        pending.and(assign(CHECKPOINT)).when(assign(CHECKPOINT)).thenRejected(refusal);
        pending.and(assign(CHECKPOINT)).when(fail).thenRejected(refusal);
        pending.and(fail).when(assign(CHECKPOINT)).thenRejected(refusal);
        pending.and(fail).when(fail).thenRejected(refusal);
    }

    @Test
    void a_report_of_an_unknown_checkpoint_is_refused() {
        var refusal = new OperationNotFound(new OperationId("c1"));

        idle().when(assign(CHECKPOINT)).thenRejected(refusal);
        idle().when(new FailCheckpoint(CHECKPOINT, "No.", AT)).thenRejected(refusal);
        idle().and(checkpoint(CHECKPOINT, null), deleteThread())
                .when(assign(CHECKPOINT))
                .thenRejected(refusal);
    }

    @Test
    void a_checkpoint_stands_after_the_turn_that_it_follows() {
        Spec two =
                afterTurns(TURN, SECOND_TURN)
                        .and(checkpoint(CHECKPOINT, null))
                        .and(checkpoint(new CheckpointId("c2"), TURN));

        assertThat(place(two, CheckpointId.before(TURN))).isNull();
        assertThat(place(two, CheckpointId.after(TURN))).isEqualTo(TURN);
        assertThat(place(two, CheckpointId.before(SECOND_TURN))).isEqualTo(TURN);
        assertThat(place(two, CheckpointId.after(SECOND_TURN))).isEqualTo(SECOND_TURN);
        assertThat(place(two, CHECKPOINT)).isEqualTo(SECOND_TURN);
        assertThat(place(two, new CheckpointId("c2"))).isEqualTo(TURN);
    }

    @Test
    void a_safety_checkpoint_stands_where_the_conversation_was() {
        Spec after =
                afterTurns(TURN, SECOND_TURN)
                        .and(restore("r1", CheckpointId.before(TURN), RestoreScope.BOTH));

        assertThat(place(after, new CheckpointId("r1-safety"))).isEqualTo(SECOND_TURN);
    }

    private static @Nullable TurnId place(Spec spec, CheckpointId id) {
        return spec.model().checkpoints().get(id).get().place();
    }
}
