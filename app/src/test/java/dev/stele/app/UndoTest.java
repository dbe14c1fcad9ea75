package dev.stele.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.app.error.SteleException;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectCreated;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadCreated;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.model.CheckpointStats;
import dev.stele.domain.model.Operation.Restore;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.domain.project.Projector;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which restore an undo takes back. */
class UndoTest {
    private static final Instant AT = Instant.parse("2026-03-01T09:30:00Z");
    private static final ProjectId PROJECT = new ProjectId("project");
    private static final ThreadId THREAD = new ThreadId("thread");
    private static final ThreadId OTHER = new ThreadId("other");
    private static final CheckpointId POINT = new CheckpointId("point");

    private OrchestrationReadModel model = OrchestrationReadModel.EMPTY;

    UndoTest() {
        happens(new ProjectCreated(PROJECT, "Project", "/work", AT));
        happens(new ThreadCreated(THREAD, PROJECT, "Thread", "agent", AT));
        happens(new ThreadCreated(OTHER, PROJECT, "Other", "agent", AT));
        taken(POINT, THREAD);
    }

    private void happens(OrchestrationEvent event) {
        model = Projector.project(model, event);
    }

    private void taken(CheckpointId id, ThreadId thread) {
        happens(new CheckpointCreated(id, thread, null, "", AT));
        happens(
                new CheckpointGitRefAssigned(
                        id, "refs/x/" + id, new CheckpointStats(0, 0, List.of()), AT));
    }

    private static OperationId id(String name) {
        return new OperationId(name);
    }

    private static CheckpointId safety(String name) {
        return CheckpointId.safety(id(name));
    }

    private void begins(String name, CheckpointId target, RestoreScope scope, ThreadId thread) {
        happens(new CheckpointCreated(safety(name), thread, null, "", AT));
        happens(new CheckpointRestoreRequested(id(name), target, safety(name), scope, AT));
    }

    private void hasSafety(String name) {
        happens(
                new CheckpointGitRefAssigned(
                        safety(name), "refs/x/" + name, new CheckpointStats(0, 0, List.of()), AT));
    }

    private void restored(String name, CheckpointId target) {
        begins(name, target, RestoreScope.FILES, THREAD);
        hasSafety(name);
        happens(new CheckpointRestored(id(name), new RestoreSummary(1, 0, List.of()), AT));
    }

    private void failed(String name, CheckpointId target, RestoreScope scope) {
        begins(name, target, scope, THREAD);
        hasSafety(name);
        happens(new CheckpointRestoreFailed(id(name), "The disk is full.", AT));
    }

    private CheckpointId broughtBack() {
        return Undo.target(Undo.find(model, THREAD));
    }

    @Test
    void the_newest_restore_is_taken_back_and_an_undo_is_one_too() {
        restored("first", POINT);
        assertThat(broughtBack()).isEqualTo(safety("first"));

        restored("undo", safety("first"));
        assertThat(broughtBack()).isEqualTo(safety("undo"));
    }

    @Test
    void a_restore_that_failed_half_way_is_taken_back() {
        restored("first", POINT);
        failed("second", POINT, RestoreScope.FILES);

        assertThat(broughtBack()).isEqualTo(safety("second"));
    }

    @Test
    void an_undo_that_failed_is_tried_again() {
        restored("first", POINT);
        failed("undo", safety("first"), RestoreScope.FILES);

        assertThat(broughtBack()).isEqualTo(safety("first"));
    }

    @Test
    void a_restore_that_failed_before_it_did_anything_does_not_count() {
        restored("first", POINT);
        failed("conversation", POINT, RestoreScope.CONVERSATION);
        begins("unsafe", POINT, RestoreScope.FILES, THREAD);
        happens(new CheckpointFailed(safety("unsafe"), "The disk is full.", AT));
        happens(new CheckpointRestoreFailed(id("unsafe"), "No safety.", AT));

        Restore found = Undo.find(model, THREAD);

        assertThat(found.id()).isEqualTo(id("first"));
    }

    @Test
    void one_that_is_under_way_is_waited_for() {
        restored("first", POINT);
        begins("second", POINT, RestoreScope.FILES, THREAD);

        assertThatThrownBy(this::broughtBack)
                .isInstanceOfSatisfying(
                        SteleException.Refused.class,
                        refused ->
                                assertThat(refused.error())
                                        .isEqualTo(
                                                new DeciderError.RestoreInProgress(id("second"))));
    }

    @Test
    void without_a_restore_there_is_nothing_and_the_newest_turns_checkpoint_is_named() {
        assertThatThrownBy(this::broughtBack)
                .isInstanceOf(SteleException.NothingToUndo.class)
                .hasMessageContaining("no restore in the thread thread");

        starts("turn", THREAD);
        taken(CheckpointId.before(new TurnId("turn")), THREAD);

        assertThatThrownBy(this::broughtBack)
                .isInstanceOf(SteleException.NothingToUndo.class)
                .hasMessageContaining("restore turn-before.");
    }

    private void starts(String turn, ThreadId thread) {
        happens(
                new TurnStarted(
                        new TurnId(turn), thread, List.of(new MessageContent.Text("Do it.")), AT));
    }

    @Test
    void a_turn_that_ran_since_in_the_project_is_not_taken_away_with_it() {
        restored("first", POINT);
        starts("later", OTHER);

        assertThatThrownBy(this::broughtBack)
                .isInstanceOf(SteleException.NothingToUndo.class)
                .hasMessageContainingAll("later-before", "first-safety");
    }

    @Test
    void another_threads_restore_since_is_not_taken_away_with_it() {
        restored("first", POINT);
        var point = new CheckpointId("elsewhere");
        taken(point, OTHER);
        begins("second", point, RestoreScope.FILES, OTHER);
        hasSafety("second");
        happens(new CheckpointRestored(id("second"), new RestoreSummary(1, 0, List.of()), AT));

        assertThatThrownBy(this::broughtBack)
                .isInstanceOf(SteleException.NothingToUndo.class)
                .hasMessageContainingAll("thread other", "first-safety");
    }

    @Test
    void an_unknown_thread_has_nothing() {
        assertThatThrownBy(() -> Undo.find(model, new ThreadId("nobody")))
                .isInstanceOf(SteleException.Refused.class);
    }
}
