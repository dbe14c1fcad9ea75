package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.domain.command.DeciderError.*;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.Report.*;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.*;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.RestoreScope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation is settled once, by a report of its own kind. */
class ReportsTest {

    private static final OperationId CLEANUP = new OperationId("t1-agent-cleanup");
    private static final OperationId RESTORE = new OperationId("r1");

    /** A state with open work, a report of it, the fact and the state that must come of it. */
    record Case(
            Spec open,
            OperationId id,
            OrchestrationCommand report,
            OrchestrationEvent fact,
            OperationState state) {
        @Override
        public String toString() {
            return report.getClass().getSimpleName();
        }
    }

    private static final OperationState RECORDED = new OperationState.Recorded(HASH, AT);
    private static final OperationState FAILED = new OperationState.Failed("No.", AT);

    private static Case ofOperation(
            OrchestrationCommand asked,
            OrchestrationCommand report,
            OrchestrationEvent fact,
            OperationState state) {
        return new Case(idle().and(asked), OPERATION, report, fact, state);
    }

    static List<Case> cases() {
        return List.of(
                ofOperation(
                        commit(OPERATION),
                        new RecordCommit(OPERATION, HASH, AT),
                        new ChangesCommitted(OPERATION, HASH, AT),
                        RECORDED),
                ofOperation(
                        commit(OPERATION),
                        new FailCommit(OPERATION, "No.", AT),
                        new CommitFailed(OPERATION, "No.", AT),
                        FAILED),
                ofOperation(
                        branch(OPERATION),
                        new RecordBranch(OPERATION, HASH, AT),
                        new BranchCreated(OPERATION, HASH, AT),
                        RECORDED),
                ofOperation(
                        branch(OPERATION),
                        new FailBranch(OPERATION, "No.", AT),
                        new BranchCreationFailed(OPERATION, "No.", AT),
                        FAILED),
                ofOperation(
                        push(OPERATION),
                        new RecordPush(OPERATION, HASH, AT),
                        new BranchPushed(OPERATION, HASH, AT),
                        RECORDED),
                ofOperation(
                        push(OPERATION),
                        new FailPush(OPERATION, "No.", AT),
                        new PushFailed(OPERATION, "No.", AT),
                        FAILED),
                new Case(
                        idle().and(deleteThread()),
                        CLEANUP,
                        new CompleteCleanup(CLEANUP, AT),
                        new CleanupCompleted(CLEANUP, AT),
                        new OperationState.Cleaned(AT)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_report_settles_its_operation(Case c) {
        assertThat(c.open().model().openOperations()).contains(c.id());

        Spec after = c.open().when(c.report()).then(c.fact());

        assertThat(after.model().operations().get(c.id()).get().state()).isEqualTo(c.state());
        assertThat(after.model().openOperations()).doesNotContain(c.id());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_repeat_does_no_harm(Case c) {
        c.open().and(c.report()).when(c.report()).thenRejected(new OperationAlreadySettled(c.id()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_report_of_an_unknown_operation_is_refused(Case c) {
        idle().when(c.report()).thenRejected(new OperationNotFound(c.id()));
    }

    private static boolean settles(Case open, Case report) {
        return open.open().when(report.report()).decision() instanceof Decision.Accepted;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void an_operation_takes_the_reports_of_its_own_kind_alone(Case c) {
        List<Case> others = cases().stream().filter(other -> !settles(c, other)).toList();

        assertThat(others).hasSize(c.id().equals(CLEANUP) ? 6 : 5);
        for (Case other : others) {
            c.open().when(other.report()).thenRejected(new OperationNotFound(other.id()));
        }
    }

    @Test
    void a_restore_is_settled_once_too() {
        Spec open = afterATurn().and(restore("r1", CheckpointId.before(TURN), RestoreScope.BOTH));
        var fail = new FailRestore(RESTORE, "No.", AT);

        for (OrchestrationCommand first : List.of(restored("r1"), fail)) {
            for (OrchestrationCommand second : List.of(restored("r1"), fail)) {
                open.and(first).when(second).thenRejected(new OperationAlreadySettled(RESTORE));
            }
        }
        idle().when(restored("r1")).thenRejected(new OperationNotFound(RESTORE));
        idle().and(commit(RESTORE)).when(fail).thenRejected(new OperationNotFound(RESTORE));
    }

    @Test
    void a_hash_is_never_empty_and_a_failure_says_why() {
        Spec open = idle().and(commit(OPERATION));

        for (String blank : List.of("", " ")) {
            for (OrchestrationCommand report :
                    List.of(
                            new RecordCommit(OPERATION, blank, AT),
                            new RecordBranch(OPERATION, blank, AT),
                            new RecordPush(OPERATION, blank, AT))) {
                open.when(report).thenRejected(new InvalidInput("gitRef", "it is blank."));
            }
            for (OrchestrationCommand report :
                    List.of(
                            new FailCommit(OPERATION, blank, AT),
                            new FailBranch(OPERATION, blank, AT),
                            new FailPush(OPERATION, blank, AT))) {
                open.when(report).thenRejected(new InvalidInput("why", "it is blank."));
            }
        }
    }

    @Test
    void what_was_deleted_meanwhile_is_unknown() {
        idle().and(commit(OPERATION), deleteThread())
                .when(new RecordCommit(OPERATION, HASH, AT))
                .thenRejected(new OperationNotFound(OPERATION));
        idle().and(push(OPERATION), deleteProject())
                .when(new RecordPush(OPERATION, HASH, AT))
                .thenRejected(new OperationNotFound(OPERATION));
    }
}
