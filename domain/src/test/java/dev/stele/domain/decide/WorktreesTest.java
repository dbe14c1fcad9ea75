package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.DeciderError.*;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.*;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.ChangeWriter;
import dev.stele.domain.command.OrchestrationCommand.Report.*;
import dev.stele.domain.command.OrchestrationCommand.WorktreeCommand.*;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.*;
import dev.stele.domain.event.OrchestrationEvent.WorktreeEvent.*;
import dev.stele.domain.model.Lanes.Work.OperationWork;
import dev.stele.domain.model.Lanes.Work.TurnWork;
import dev.stele.domain.model.Operation.Cleanup;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.Worktree.Standing;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WorktreesTest {

    private static final OperationId SECOND = new OperationId("o2");
    private static final CheckpointId SAFETY = CheckpointId.safety(OPERATION);

    private static RemoveWorktree remove(OperationId id) {
        return new RemoveWorktree(id, WORKTREE, null, AT);
    }

    private static MergeWorktree merge(OperationId id) {
        return new MergeWorktree(id, WORKTREE, AT);
    }

    private static Standing standing(Spec spec) {
        return Objects.requireNonNull(spec.model().projects().get(WORKTREE).get().worktree())
                .standing();
    }

    @Test
    void a_new_worktree_is_a_project_of_its_own() {
        idle().when(addWorktree(OPERATION))
                .then(
                        new ProjectCreated(WORKTREE, "clock", WORKTREE_PATH, AT),
                        new WorktreeRequested(
                                OPERATION,
                                WORKTREE,
                                PROJECT,
                                WORKTREE_PATH,
                                "stele/clock",
                                null,
                                AT));
    }

    @Test
    void a_worktree_is_on_the_node_of_its_project() {
        Spec onAlpha =
                Spec.givenCommands(
                        new CreateProject(PROJECT, "Stele", PATH, "alpha", AT),
                        new ChangeWriter("alpha", 1, AT),
                        addWorktree(OPERATION));

        assertThat(onAlpha.model().placeOf(OPERATION)).isEqualTo(new Place(WORKTREE_PATH, "alpha"));
        onAlpha.and(new ChangeWriter("beta", 2, AT))
                .when(new MergeWorktree(SECOND, WORKTREE, AT))
                .thenRejected(new ProjectElsewhere(WORKTREE, "alpha"));
    }

    @ParameterizedTest
    @CsvSource({
        "path, relative, /top, 'path', 'it is not an absolute path.'",
        "top, /top/a, /other, 'top', 'it is no absolute path that holds the path.'",
        "top, /top/a, top, 'top', 'it is no absolute path that holds the path.'",
        "top, /topmost, /top, 'top', 'it is no absolute path that holds the path.'"
    })
    void directories_have_to_fit(String what, String path, String top, String field, String why) {
        idle().when(new AddWorktree(OPERATION, WORKTREE, PROJECT, "n", path, top, "b", null, AT))
                .thenRejected(new InvalidInput(field, why));
    }

    @Test
    void a_branch_and_where_it_starts_are_git_words_and_no_options() {
        idle().when(
                        new AddWorktree(
                                OPERATION, WORKTREE, PROJECT, "n", "/w", "/w", "a..b", null, AT))
                .thenRejected(new InvalidBranchName("a..b", "it holds '..' or '@{'."));
        idle().when(
                        new AddWorktree(
                                OPERATION, WORKTREE, PROJECT, "n", "/w", "/w", "b", "--force", AT))
                .thenRejected(new InvalidInput("from", "it starts with a hyphen."));
    }

    @Test
    void a_worktree_of_a_worktree_is_one_of_its_project() {
        var another = new ProjectId("w2");
        ProjectId of = WORKTREE;
        withWorktree()
                .when(new AddWorktree(OPERATION, another, of, "n", "/w", "/w", "b", null, AT))
                .thenRejected(
                        new InvalidInput(
                                "projectId",
                                "it is a worktree itself; name the project that it is of."));
    }

    @Test
    void ids_and_directories_are_taken_once() {
        idle().and(createProject("w1", "/elsewhere"))
                .when(addWorktree(OPERATION))
                .thenRejected(new ProjectAlreadyExists(WORKTREE));
        idle().and(createProject("p9", WORKTREE_PATH))
                .when(addWorktree(OPERATION))
                .thenRejected(new DuplicateProjectPath(WORKTREE_PATH, new ProjectId("p9")));
        idle().and(addWorktree(OPERATION), new FailWorktree(OPERATION, "No.", null, AT))
                .when(addWorktree(SECOND))
                .thenRejected(new ProjectAlreadyExists(WORKTREE));
    }

    @Test
    void one_thing_at_a_time_is_done_with_a_worktree() {
        Spec adding = idle().and(addWorktree(OPERATION));
        for (OrchestrationCommand next :
                List.of(addWorktree(SECOND), remove(SECOND), merge(SECOND))) {
            adding.when(next).thenRejected(new WorktreeInProgress(WORKTREE, OPERATION));
        }
    }

    @Test
    void a_worktree_that_never_came_about_leaves_nothing_but_its_failure() {
        Spec adding = idle().and(addWorktree(OPERATION));
        adding.when(new FailWorktree(OPERATION, "No.", null, AT))
                .then(
                        new WorktreeFailed(OPERATION, "No.", null, AT),
                        new ProjectDeleted(WORKTREE, AT));
        adding.when(new AbandonOperation(OPERATION, AT))
                .then(
                        new WorktreeFailed(OPERATION, "It was abandoned.", null, AT),
                        new ProjectDeleted(WORKTREE, AT));

        Spec failed = adding.and(new FailWorktree(OPERATION, "No.", null, AT));
        assertThat(failed.model().operation(OPERATION)).isNotNull();
        assertThat(failed.model().lanes().open()).isEmpty();
    }

    @Test
    void work_in_a_worktree_waits_until_it_is_there() {
        Spec waiting =
                idle().and(
                                addWorktree(OPERATION),
                                createThread("t2", WORKTREE.value()),
                                start(TURN, SECOND_THREAD));
        Place place = new Place(WORKTREE_PATH, null);

        assertThat(waiting.model().lanes().ready())
                .containsExactly(new OperationWork(place, OPERATION));
        assertThat(waiting.and(new RecordWorktree(OPERATION, HASH, AT)).model().lanes().ready())
                .containsExactly(new TurnWork(place, TURN));
    }

    @Test
    void a_worktree_and_its_project_do_not_wait_for_each_other() {
        Spec both = withWorktree().and(start(TURN), start(SECOND_TURN, SECOND_THREAD));

        assertThat(both.model().lanes().ready()).hasSize(2);
    }

    @Test
    void a_removal_takes_a_checkpoint_first_where_one_is_wanted() {
        withWorktree()
                .when(new RemoveWorktree(OPERATION, WORKTREE, SECOND_THREAD, AT))
                .then(
                        new CheckpointCreated(
                                SAFETY,
                                SECOND_THREAD,
                                null,
                                "before the removal of the worktree clock",
                                AT),
                        new WorktreeRemovalRequested(OPERATION, WORKTREE, SAFETY, AT));
        withWorktree()
                .when(remove(OPERATION))
                .then(new WorktreeRemovalRequested(OPERATION, WORKTREE, null, AT));
        withWorktree()
                .when(new RemoveWorktree(OPERATION, WORKTREE, THREAD, AT))
                .thenRejected(new ThreadNotFound(THREAD));
    }

    @Test
    void a_removal_that_failed_settles_its_checkpoint_and_leaves_the_worktree() {
        Spec removing =
                withWorktree().and(new RemoveWorktree(OPERATION, WORKTREE, SECOND_THREAD, AT));
        removing.when(new FailWorktree(OPERATION, "No.", List.of("a"), AT))
                .then(
                        new CheckpointFailed(
                                SAFETY,
                                "The removal of its worktree ended before it was taken.",
                                AT),
                        new WorktreeFailed(OPERATION, "No.", List.of("a"), AT));
        assertThat(standing(removing)).isEqualTo(Standing.LEAVING);
        assertThat(standing(removing.and(new FailWorktree(OPERATION, "No.", null, AT))))
                .isEqualTo(Standing.THERE);
    }

    @Test
    void nobody_may_be_at_work_where_files_go_or_change() {
        Spec inside = withWorktree().and(start(TURN, SECOND_THREAD));
        inside.when(remove(OPERATION)).thenRejected(new ThreadBusy(SECOND_THREAD, TURN));
        inside.when(merge(OPERATION)).thenRejected(new ThreadBusy(SECOND_THREAD, TURN));
        Spec around = withWorktree().and(start(TURN));
        around.when(merge(OPERATION)).thenRejected(new ThreadBusy(THREAD, TURN));
        around.when(remove(OPERATION))
                .then(new WorktreeRemovalRequested(OPERATION, WORKTREE, null, AT));
    }

    static List<OrchestrationCommand> work() {
        return List.of(
                start(TURN, SECOND_THREAD),
                new CommitChanges(SECOND, SECOND_THREAD, "Mend", AT),
                new CreateBranch(SECOND, WORKTREE, "x", null, AT),
                new PushBranch(SECOND, WORKTREE, "x", "origin", null, AT),
                new CreateCheckpoint(CHECKPOINT, SECOND_THREAD, null, "by hand", AT),
                remove(SECOND));
    }

    @ParameterizedTest
    @MethodSource("work")
    void where_the_files_are_gone_there_is_no_work(OrchestrationCommand command) {
        withoutItsFiles().when(command).thenRejected(new WorktreeNotThere(WORKTREE));
    }

    @Test
    void what_was_removed_can_come_back_as_it_was() {
        Spec back = withoutItsFiles().and(addWorktree(OPERATION));
        assertThat(standing(back)).isEqualTo(Standing.RETURNING);
        assertThat(standing(back.and(new FailWorktree(OPERATION, "No.", null, AT))))
                .isEqualTo(Standing.REMOVED);
        back.and(new RecordWorktree(OPERATION, HASH, AT))
                .when(start(TURN, SECOND_THREAD))
                .thenState();

        withoutItsFiles()
                .when(
                        new AddWorktree(
                                OPERATION,
                                WORKTREE,
                                PROJECT,
                                "clock",
                                WORKTREE_PATH,
                                WORKTREE_PATH,
                                "another",
                                null,
                                AT))
                .thenRejected(new ProjectAlreadyExists(WORKTREE));
    }

    @Test
    void a_checkpoint_of_a_removed_worktree_gives_back_its_conversation_alone() {
        CheckpointId own = new CheckpointId("c2");
        Spec removed =
                withWorktree()
                        .and(
                                new CreateCheckpoint(own, SECOND_THREAD, null, "by hand", AT),
                                assign(own),
                                remove(OPERATION),
                                new RecordWorktree(OPERATION, HASH, AT));

        removed.when(restore("r1", own, RestoreScope.FILES))
                .thenRejected(new WorktreeNotThere(WORKTREE));
        removed.when(restore("r1", own, RestoreScope.CONVERSATION)).thenState();
    }

    @Test
    void a_removed_worktree_can_still_be_merged() {
        withoutItsFiles()
                .when(merge(OPERATION))
                .then(new WorktreeMergeRequested(OPERATION, WORKTREE, AT));
    }

    @Test
    void a_report_settles_what_was_asked_for_once() {
        Spec merging = withWorktree().and(merge(OPERATION));
        merging.when(new RecordWorktree(OPERATION, HASH, AT))
                .then(new WorktreeMerged(OPERATION, HASH, AT));
        Spec merged = merging.and(new RecordWorktree(OPERATION, HASH, AT));
        merged.when(new RecordWorktree(OPERATION, HASH, AT))
                .thenRejected(new OperationAlreadySettled(OPERATION));
        merged.when(new FailWorktree(OPERATION, "No.", null, AT))
                .thenRejected(new OperationAlreadySettled(OPERATION));
        idle().when(new RecordWorktree(OPERATION, HASH, AT))
                .thenRejected(new OperationNotFound(OPERATION));
        merging.when(new RecordWorktree(OPERATION, " ", AT))
                .thenRejected(new InvalidInput("gitRef", "it is blank."));
        merging.when(new FailWorktree(OPERATION, " ", null, AT))
                .thenRejected(new InvalidInput("why", "it is blank."));
    }

    @Test
    void a_project_goes_with_its_removed_worktrees_and_never_with_others() {
        withWorktree()
                .when(new DeleteProject(WORKTREE, AT))
                .thenRejected(new WorktreeStillThere(WORKTREE));
        withWorktree().when(deleteProject()).thenRejected(new WorktreeStillThere(WORKTREE));
        withoutItsFiles()
                .when(deleteProject())
                .then(new ProjectDeleted(WORKTREE, AT), new ProjectDeleted(PROJECT, AT));
        withoutItsFiles()
                .and(merge(OPERATION))
                .when(deleteProject())
                .thenRejected(new WorktreeInProgress(WORKTREE, OPERATION));
    }

    @Test
    void the_refs_of_a_worktree_are_cleaned_up_where_its_project_is() {
        Spec deleted = withoutItsFiles().and(new DeleteThread(SECOND_THREAD, AT));

        assertThat(directory(deleted, "t2-refs-cleanup")).isEqualTo(PATH);
        assertThat(directory(deleted, "t2-agent-cleanup")).isEqualTo(WORKTREE_PATH);
    }

    private static String directory(Spec spec, String cleanup) {
        return ((Cleanup) spec.model().operations().get(new OperationId(cleanup)).get())
                .directory();
    }

    @Test
    void a_thread_of_an_unknown_worktree_is_no_thread_of_it() {
        withWorktree()
                .when(new RemoveWorktree(OPERATION, WORKTREE, new ThreadId("t9"), AT))
                .thenRejected(new ThreadNotFound(new ThreadId("t9")));
    }
}
