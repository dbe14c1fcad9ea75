package dev.stele.domain.project;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.decide.Spec;
import dev.stele.domain.model.Operation.Cleanup;
import dev.stele.domain.model.Operation.Cleanup.Subject;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.Turns;
import org.junit.jupiter.api.Test;

/** What goes with a deleted thread or project, and what is left of it. */
class DeletionsTest {

    private static final OperationId AGENT = new OperationId("t1-agent-cleanup");
    private static final OperationId REFS = new OperationId("t1-refs-cleanup");

    /** Two threads with turns, checkpoints, a restore and commits; a branch and a push. */
    private static Spec full() {
        return afterATurn()
                .and(checkpoint(CHECKPOINT, null))
                .and(restore("r1", CheckpointId.before(TURN), RestoreScope.CONVERSATION))
                .and(restored("r1"), commit(OPERATION), start(SECOND_TURN))
                .and(branch(new OperationId("o2")), push(new OperationId("o3")))
                .and(createThread(SECOND_THREAD), start(THIRD_TURN, SECOND_THREAD));
    }

    @Test
    void a_thread_takes_everything_of_its_own_with_it_and_nothing_else() {
        OrchestrationReadModel before = full().model();

        OrchestrationReadModel after = full().and(deleteThread()).model();

        assertThat(after.threads().keySet()).containsExactly(SECOND_THREAD);
        assertThat(after.turns().values().map(Turn::id)).containsExactly(THIRD_TURN);
        assertThat(after.checkpoints()).isEmpty();
        assertThat(after.operations().keySet())
                .containsExactlyInAnyOrder(
                        new OperationId("o2"), new OperationId("o3"), AGENT, REFS);
        assertThat(after.turn(THIRD_TURN)).isEqualTo(before.turn(THIRD_TURN));
        assertThat(after.projects().get(PROJECT).get().threads().values())
                .containsExactly(SECOND_THREAD);
    }

    @Test
    void the_lanes_of_a_deleted_thread_are_free_and_those_of_others_are_not() {
        Spec deleted = full().and(deleteThread());

        assertThat(deleted.model().lanes().open().size()).isEqualTo(1);
        assertThat(deleted.model().lanes().ready().map(work -> work.directory()))
                .containsExactly(PATH);
        assertThat(full().and(deleteProject()).model().lanes().open()).isEmpty();
    }

    @Test
    void the_ids_of_what_went_are_retired() {
        var retired = full().and(deleteThread()).model().retired();

        assertThat(retired.projects()).isEmpty();
        assertThat(retired.threads()).containsExactly(THREAD);
        assertThat(retired.turns()).containsExactlyInAnyOrder(TURN, SECOND_TURN);
        assertThat(retired.checkpoints())
                .containsExactlyInAnyOrder(
                        CHECKPOINT,
                        CheckpointId.before(TURN),
                        CheckpointId.after(TURN),
                        new CheckpointId("r1-safety"));
        assertThat(retired.operations())
                .containsExactlyInAnyOrder(OPERATION, new OperationId("r1"));
    }

    @Test
    void a_project_takes_all_its_threads_and_its_own_operations_with_it() {
        OrchestrationReadModel after = full().and(deleteProject()).model();

        assertThat(after.projects()).isEmpty();
        assertThat(after.projectsByPath()).isEmpty();
        assertThat(after.threads()).isEmpty();
        assertThat(after.turns()).isEqualTo(Turns.NONE);
        assertThat(after.checkpoints()).isEmpty();
        assertThat(after.operations().values())
                .hasSize(4)
                .allMatch(operation -> operation instanceof Cleanup);
        assertThat(after.retired().projects()).containsExactly(PROJECT);
        assertThat(after.retired().threads()).containsExactlyInAnyOrder(THREAD, SECOND_THREAD);
        assertThat(after.retired().operations())
                .contains(new OperationId("o2"), new OperationId("o3"));
    }

    @Test
    void what_a_thread_left_outside_becomes_two_open_clean_ups() {
        OrchestrationReadModel after = idle().and(deleteThread()).model();

        assertThat(after.operations().values())
                .containsExactlyInAnyOrder(
                        cleanup(AGENT, Subject.AGENT), cleanup(REFS, Subject.REFS));
        assertThat(after.openOperations()).containsExactlyInAnyOrder(AGENT, REFS);
    }

    private static Cleanup cleanup(OperationId id, Subject subject) {
        return new Cleanup(
                id, subject, THREAD, new Place(PATH, null), AT, new OperationState.Open());
    }

    @Test
    void clean_ups_outlive_their_project() {
        Spec deleted = idle().and(deleteThread(), deleteProject());

        assertThat(deleted.model().openOperations()).containsExactlyInAnyOrder(AGENT, REFS);
    }

    @Test
    void threads_with_the_longest_ids_leave_clean_ups_of_their_own() {
        var one = new ThreadId("x".repeat(99) + "1");
        var two = new ThreadId("x".repeat(99) + "2");

        Spec deleted = idle().and(createThread(one), createThread(two)).and(deleteProject());

        assertThat(deleted.model().openOperations().size()).isEqualTo(6);
    }

    @Test
    void another_project_stays_whole() {
        Spec two =
                full().and(createProject("p2", PATH + "/sub"), createThread("t9", "p2"))
                        .and(start(new TurnId("u9"), new ThreadId("t9")));

        OrchestrationReadModel after = two.and(deleteProject()).model();

        assertThat(after.projects().keySet()).containsExactly(new ProjectId("p2"));
        assertThat(after.projectAt(new Place(PATH + "/sub", null))).isEqualTo(new ProjectId("p2"));
        assertThat(after.turns().values().map(Turn::id)).containsExactly(new TurnId("u9"));
        assertThat(after.lanes().ready().size()).isEqualTo(1);
    }

    @Test
    void the_place_of_a_deleted_thread_is_not_given_again() {
        Spec after = idle().and(deleteThread(), createThread(SECOND_THREAD));

        assertThat(after.model().threads().get(SECOND_THREAD).get().position()).isEqualTo(1);
        assertThat(after.model().projects().get(PROJECT).get().threads().keySet())
                .containsExactly(1);
    }
}
