package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.domain.command.DeciderError.*;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.*;
import dev.stele.domain.command.OrchestrationCommand.Report.*;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointFailed;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.*;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.RestoreScope;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsTest {

    private static final String ABANDONED = "It was abandoned.";

    static List<Function<OperationId, OrchestrationCommand>> kinds() {
        return List.of(
                Scene::commit,
                Scene::branch,
                Scene::push,
                id -> restore(id.value(), CheckpointId.before(TURN), RestoreScope.FILES));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void an_operation_id_is_taken_once_by_whatever_kind(
            Function<OperationId, OrchestrationCommand> kind) {
        Spec taken = afterATurn().and(commit(OPERATION));

        taken.when(kind.apply(OPERATION)).thenRejected(new OperationAlreadyExists(OPERATION));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void the_ids_of_clean_ups_are_kept_for_deletions(
            Function<OperationId, OrchestrationCommand> kind) {
        for (String id : List.of("t9-agent-cleanup", "t9-refs-cleanup")) {
            assertThat(afterATurn().when(kind.apply(new OperationId(id))).decision())
                    .asString()
                    .contains("an id with this end is made by deletions.");
        }
    }

    @Test
    void the_ids_of_deleted_operations_stay_taken() {
        idle().and(commit(OPERATION), deleteThread(), createThread(SECOND_THREAD))
                .when(branch(OPERATION))
                .thenRejected(new OperationAlreadyExists(OPERATION));
        idle().and(push(OPERATION), deleteProject(), createProject("p2", PATH))
                .when(new CreateBranch(OPERATION, new ProjectId("p2"), "x", null, AT))
                .thenRejected(new OperationAlreadyExists(OPERATION));
    }

    @Test
    void changes_are_committed_by_an_idle_thread() {
        idle().when(commit(OPERATION))
                .then(new CommitRequested(OPERATION, THREAD, "Mend the test", AT));
    }

    @Test
    void a_commit_needs_words_and_an_idle_thread_that_is_there() {
        idle().when(new CommitChanges(OPERATION, THREAD, " \n", AT))
                .thenRejected(new InvalidInput("message", "it is blank."));
        Spec.given().when(commit(OPERATION)).thenRejected(new ThreadNotFound(THREAD));
        running().when(commit(OPERATION)).thenRejected(new ThreadBusy(THREAD, TURN));
        awaiting().when(commit(OPERATION)).thenRejected(new ThreadBusy(THREAD, TURN));
    }

    @Test
    void a_commit_keeps_which_changes_it_was_asked_for() {
        var all = new ChangeSelection.All();
        idle().when(new CommitChanges(OPERATION, THREAD, "All", all, AT))
                .then(new CommitRequested(OPERATION, THREAD, "All", all, AT));
        var some = new ChangeSelection.Paths(List.of("src", "a b/c..d.txt"));
        idle().when(new CommitChanges(OPERATION, THREAD, "Some", some, AT))
                .then(new CommitRequested(OPERATION, THREAD, "Some", some, AT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "../x", "a/../x", "a//b", "./a", "a/", "a\0b"})
    void only_paths_inside_the_project_are_committed(String path) {
        var selection = new ChangeSelection.Paths(List.of("good", path));
        idle().when(new CommitChanges(OPERATION, THREAD, "Some", selection, AT))
                .thenRejected(
                        new InvalidInput(
                                "selection",
                                "'"
                                        + path
                                        + "' is no path inside the project; give it relative to the"
                                        + " project, without '.' and '..'."));
    }

    @Test
    void a_commit_of_no_path_at_all_is_refused() {
        var none = new ChangeSelection.Paths(List.of());
        idle().when(new CommitChanges(OPERATION, THREAD, "None", none, AT))
                .thenRejected(new InvalidInput("selection", "it names no path."));
    }

    @Test
    void a_commit_may_wait_in_its_lane_for_a_draining_turn() {
        draining()
                .when(commit(OPERATION))
                .then(new CommitRequested(OPERATION, THREAD, "Mend the test", AT));
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_committed_while_a_restore_is_under_way(RestoreScope scope) {
        afterATurn()
                .and(restore("r1", CheckpointId.before(TURN), scope))
                .when(commit(OPERATION))
                .thenRejected(new RestoreInProgress(new OperationId("r1")));
    }

    @Test
    void a_branch_starts_at_head_or_at_a_revision() {
        running()
                .when(branch(OPERATION))
                .then(new BranchRequested(OPERATION, PROJECT, "feature/x", null, AT));
        idle().when(new CreateBranch(OPERATION, PROJECT, "x", "main~2", AT))
                .then(new BranchRequested(OPERATION, PROJECT, "x", "main~2", AT));
    }

    @Test
    void a_branch_needs_its_project_and_a_name_that_git_takes() {
        Spec.given().when(branch(OPERATION)).thenRejected(new ProjectNotFound(PROJECT));
        idle().when(new CreateBranch(OPERATION, PROJECT, "a..b", null, AT))
                .thenRejected(new InvalidBranchName("a..b", "it holds '..' or '@{'."));
    }

    @Test
    void git_is_never_handed_an_option_in_place_of_a_revision_or_remote() {
        idle().when(new CreateBranch(OPERATION, PROJECT, "x", "--force", AT))
                .thenRejected(new InvalidInput("from", "it starts with a hyphen."));
        idle().when(new CreateBranch(OPERATION, PROJECT, "x", " ", AT))
                .thenRejected(new InvalidInput("from", "it is blank."));
        idle().when(new PushBranch(OPERATION, PROJECT, "x", "--mirror", null, AT))
                .thenRejected(new InvalidInput("remote", "it starts with a hyphen."));
        idle().when(new PushBranch(OPERATION, PROJECT, "x", "", null, AT))
                .thenRejected(new InvalidInput("remote", "it is blank."));
    }

    @Test
    void a_branch_is_pushed_plainly_or_with_a_lease() {
        idle().when(push(OPERATION))
                .then(new PushRequested(OPERATION, PROJECT, "feature/x", "origin", null, AT));
        for (String lease : List.of(HASH, "a".repeat(64))) {
            idle().when(new PushBranch(OPERATION, PROJECT, "x", "origin", lease, AT))
                    .then(new PushRequested(OPERATION, PROJECT, "x", "origin", lease, AT));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "main", "0123abc", "--force"})
    void a_lease_is_a_full_commit_id(String lease) {
        idle().when(new PushBranch(OPERATION, PROJECT, "x", "origin", lease, AT))
                .thenRejected(new InvalidInput("lease", "it is no full commit id."));
        idle().when(new PushBranch(OPERATION, PROJECT, "x", "origin", upper(HASH), AT))
                .thenRejected(new InvalidInput("lease", "it is no full commit id."));
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    @Test
    void a_push_needs_its_project_and_a_name_that_git_takes() {
        Spec.given().when(push(OPERATION)).thenRejected(new ProjectNotFound(PROJECT));
        idle().when(new PushBranch(OPERATION, PROJECT, "-x", "origin", null, AT))
                .thenRejected(new InvalidBranchName("-x", "it starts with a hyphen."));
    }

    private static AbandonOperation abandon(String id) {
        return new AbandonOperation(new OperationId(id), AT);
    }

    @Test
    void whatever_hangs_can_be_given_up() {
        idle().and(commit(OPERATION))
                .when(abandon("o1"))
                .then(new CommitFailed(OPERATION, ABANDONED, AT));
        idle().and(branch(OPERATION))
                .when(abandon("o1"))
                .then(new BranchCreationFailed(OPERATION, ABANDONED, AT));
        idle().and(push(OPERATION))
                .when(abandon("o1"))
                .then(new PushFailed(OPERATION, ABANDONED, AT));
        idle().and(deleteThread())
                .when(abandon("t1-refs-cleanup"))
                .then(new CleanupFailed(new OperationId("t1-refs-cleanup"), ABANDONED, AT));
        idle().and(checkpoint(CHECKPOINT, null))
                .when(abandon("c1"))
                .then(new CheckpointFailed(CHECKPOINT, ABANDONED, AT));
    }

    @Test
    void what_is_settled_or_unknown_cannot_be_given_up() {
        var settled = new OperationAlreadySettled(OPERATION);

        idle().when(abandon("o1")).thenRejected(new OperationNotFound(OPERATION));
        idle().and(commit(OPERATION), abandon("o1")).when(abandon("o1")).thenRejected(settled);
        idle().and(commit(OPERATION), new RecordCommit(OPERATION, HASH, AT))
                .when(abandon("o1"))
                .thenRejected(settled);
        idle().and(checkpoint(CHECKPOINT, null), assign(CHECKPOINT))
                .when(abandon("c1"))
                .thenRejected(new OperationAlreadySettled(new OperationId("c1")));
    }

    @Test
    void a_checkpoint_that_shares_its_id_with_an_operation_can_be_given_up_too() {
        Spec shared = idle().and(commit(OPERATION), checkpoint(new CheckpointId("o1"), null));

        Spec one = shared.when(abandon("o1")).then(new CommitFailed(OPERATION, ABANDONED, AT));
        Spec both =
                one.when(abandon("o1"))
                        .then(new CheckpointFailed(new CheckpointId("o1"), ABANDONED, AT));

        both.when(abandon("o1")).thenRejected(new OperationAlreadySettled(OPERATION));
        assertThat(both.model().checkpoints().get(new CheckpointId("o1")).get().state())
                .isInstanceOf(CheckpointState.Failed.class);
    }

    private record Late(OrchestrationCommand ask, OrchestrationCommand report) {}

    @Test
    void a_late_report_of_what_was_given_up_does_no_harm() {
        for (Late late :
                List.of(
                        new Late(commit(OPERATION), new RecordCommit(OPERATION, HASH, AT)),
                        new Late(branch(OPERATION), new FailBranch(OPERATION, "No.", AT)),
                        new Late(push(OPERATION), new RecordPush(OPERATION, HASH, AT)))) {
            idle().and(late.ask(), abandon("o1"))
                    .when(late.report())
                    .thenRejected(new OperationAlreadySettled(OPERATION));
        }
    }
}
