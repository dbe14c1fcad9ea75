package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.DuplicateProjectPath;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.ProjectElsewhere;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.CommitChanges;
import dev.stele.domain.command.OrchestrationCommand.CreateProject;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.DeleteThread;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.ChangeWriter;
import dev.stele.domain.command.OrchestrationCommand.RenameProject;
import dev.stele.domain.command.OrchestrationCommand.SelectThread;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ApprovalExpired;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.WriterChanged;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadStatusChanged;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnDrained;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnFailed;
import dev.stele.domain.model.LogState;
import dev.stele.domain.model.Operation.Cleanup;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.RestoreScope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NodesTest {

    private static final CheckpointId BEFORE = CheckpointId.before(TURN);

    private static ChangeWriter writes(String node, long token) {
        return new ChangeWriter(node, token, AT);
    }

    /** A thread in a project of alpha, which writes. */
    private static Spec onAlpha() {
        return Spec.givenCommands(
                writes("alpha", 1),
                new CreateProject(PROJECT, "Stele", PATH, "alpha", AT),
                createThread(THREAD));
    }

    private static Spec afterATurnOnAlpha() {
        return onAlpha()
                .and(start(TURN), before(TURN), assign(BEFORE), says(done()), after(TURN))
                .and(assign(CheckpointId.after(TURN)));
    }

    @Test
    void the_writer_is_in_the_model_with_its_token() {
        Spec spec = Spec.given().when(writes("alpha", 7)).then(new WriterChanged("alpha", 7, AT));

        assertThat(spec.model().log().writer()).isEqualTo(new LogState.Writer("alpha", 7, AT));
    }

    @Test
    void a_writer_with_a_token_that_is_not_larger_is_refused() {
        var late = new InvalidInput("token", "a later writer is in the log already.");
        Spec spec = Spec.givenCommands(writes("alpha", 7));

        spec.when(writes("beta", 7)).thenRejected(late);
        spec.when(writes("beta", 6)).thenRejected(late);
        spec.when(writes(" ", 8)).thenRejected(new InvalidInput("node", "it is blank."));
        spec.when(writes("alpha", 8)).then(new WriterChanged("alpha", 8, AT));
    }

    @Test
    void the_same_path_on_two_nodes_is_two_projects() {
        var twin = new ProjectId("p2");
        Spec spec = onAlpha().and(new CreateProject(twin, "Twin", PATH, "beta", AT));

        assertThat(spec.model().projectAt(new Place(PATH, "alpha"))).isEqualTo(PROJECT);
        assertThat(spec.model().projectAt(new Place(PATH, "beta"))).isEqualTo(twin);
        assertThat(spec.model().projectAt(new Place(PATH, "gamma"))).isNull();
        assertThat(spec.model().projectAt(new Place(PATH, null))).isEqualTo(PROJECT);
        Spec without = spec.and(deleteProject());
        assertThat(without.model().projectAt(new Place(PATH, "alpha"))).isNull();
        assertThat(without.model().projectAt(new Place(PATH, "beta"))).isEqualTo(twin);
    }

    @Test
    void one_node_has_a_path_once_and_a_project_of_no_node_has_it_everywhere() {
        var third = new ProjectId("p3");
        onAlpha()
                .when(new CreateProject(third, "Again", PATH, "alpha", AT))
                .thenRejected(new DuplicateProjectPath(PATH, PROJECT));
        onAlpha()
                .when(new CreateProject(third, "Again", PATH, AT))
                .thenRejected(new DuplicateProjectPath(PATH, PROJECT));
        idle().when(new CreateProject(third, "Again", PATH, "alpha", AT))
                .thenRejected(new DuplicateProjectPath(PATH, PROJECT));
    }

    static List<OrchestrationCommand> workOutside() {
        return List.of(
                start(SECOND_TURN),
                checkpoint(CHECKPOINT, null),
                restore("r1", BEFORE, RestoreScope.FILES),
                restore("r1", BEFORE, RestoreScope.CONVERSATION),
                commit(OPERATION),
                branch(OPERATION),
                push(OPERATION));
    }

    @ParameterizedTest
    @MethodSource("workOutside")
    void work_outside_is_refused_while_another_node_writes(OrchestrationCommand command) {
        DeciderError elsewhere = new ProjectElsewhere(PROJECT, "alpha");
        Spec moved = afterATurnOnAlpha().and(writes("beta", 2));

        moved.when(command).thenRejected(elsewhere);
        moved.and(writes("alpha", 3)).when(command).thenState();
    }

    @ParameterizedTest
    @MethodSource("workOutside")
    void a_project_of_no_node_is_worked_on_by_whoever_writes(OrchestrationCommand command) {
        afterATurn().and(writes("beta", 2)).when(command).thenState();
    }

    @Test
    void bookkeeping_goes_on_while_another_node_writes() {
        Spec moved = afterATurnOnAlpha().and(writes("beta", 2));

        moved.and(
                new RenameProject(PROJECT, "Granite"),
                new CreateThread(SECOND_THREAD, PROJECT, "More", "scripted", AT),
                new SelectThread(THREAD),
                new DeleteThread(THREAD, AT),
                deleteProject());
    }

    @Test
    void what_a_deleted_thread_left_outside_is_for_its_node_to_clean_up() {
        Spec moved = afterATurnOnAlpha().and(writes("beta", 2), deleteThread());

        assertThat(moved.model().operation(new OperationId("t1-agent-cleanup")))
                .isInstanceOfSatisfying(
                        Cleanup.class,
                        cleanup -> assertThat(cleanup.place()).isEqualTo(new Place(PATH, "alpha")));
    }

    @Test
    void turns_of_another_node_end_with_the_change_and_its_own_do_not() {
        var betas = new ProjectId("p2");
        var inBeta = new ThreadId("t-beta");
        Spec both =
                onAlpha()
                        .and(start(TURN), says(asks(ACTION, null)))
                        .and(new CreateProject(betas, "Beta's", PATH, "beta", AT))
                        .and(new CreateThread(inBeta, betas, "B", "scripted", AT));

        List<OrchestrationEvent> events = both.when(writes("beta", 2)).events();

        assertThat(events)
                .hasExactlyElementsOfTypes(
                        WriterChanged.class,
                        ApprovalExpired.class,
                        TurnFailed.class,
                        ThreadStatusChanged.class);
        Spec moved = both.and(events);
        assertThat(moved.turn(TURN).state().isLive()).isFalse();
        moved.when(writes("alpha", 3)).then(new WriterChanged("alpha", 3, AT));
        onAlpha().and(start(TURN)).when(writes("alpha", 2)).then(new WriterChanged("alpha", 2, AT));
    }

    @Test
    void a_turn_of_no_node_is_ended_by_the_next_writer_that_finds_its_agent_gone() {
        running().when(writes("beta", 2)).then(new WriterChanged("beta", 2, AT));
    }

    @Test
    void a_draining_turn_of_another_node_has_drained_with_the_change() {
        List<OrchestrationEvent> events =
                onAlpha().and(start(TURN), interrupt()).when(writes("beta", 2)).events();

        assertThat(events).hasExactlyElementsOfTypes(WriterChanged.class, TurnDrained.class);
    }

    @Test
    void open_work_of_one_node_holds_up_no_work_of_another_in_the_same_path() {
        var betas = new ProjectId("p2");
        var inBeta = new ThreadId("t-beta");
        Spec moved =
                onAlpha()
                        .and(checkpoint(CHECKPOINT, null), writes("beta", 2))
                        .and(new CreateProject(betas, "Beta's", PATH, "beta", AT))
                        .and(new CreateThread(inBeta, betas, "B", "scripted", AT))
                        .and(new CommitChanges(OPERATION, inBeta, "Message.", null, AT));

        assertThat(moved.model().lanes().ready().map(work -> work.place()))
                .containsExactly(new Place(PATH, "alpha"), new Place(PATH, "beta"));
    }

    @Test
    void a_log_with_facts_that_cannot_be_read_gets_a_writer_all_the_same() {
        unreadable().when(writes("alpha", 1)).then(new WriterChanged("alpha", 1, AT));
    }
}
