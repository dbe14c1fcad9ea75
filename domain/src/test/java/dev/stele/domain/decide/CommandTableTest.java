package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.OperationId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.*;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.*;
import dev.stele.domain.command.OrchestrationCommand.PolicyCommand.*;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.*;
import dev.stele.domain.command.OrchestrationCommand.Report.*;
import dev.stele.domain.model.ActionPolicy;
import dev.stele.domain.model.ActionPolicy.Rule;
import dev.stele.domain.model.ActionPolicy.Verdict;
import dev.stele.domain.model.RestoreScope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command is accepted in one state and refused in another, and a refusal leaves no trace. */
class CommandTableTest {

    private static final OperationId RESTORE = new OperationId("r1");
    private static final OperationId CLEANUP = new OperationId("t1-agent-cleanup");
    private static final CheckpointId BEFORE = CheckpointId.before(TURN);

    private static final List<MessageContent> OTHER_PROMPT =
            List.of(new MessageContent.Text("Rather this."));
    private static final ActionPolicy DENYING =
            new ActionPolicy(List.of(new Rule(Verdict.DENY, List.of(), null)), false, false);

    record Case(OrchestrationCommand command, Spec accepting, Spec refusing) {
        @Override
        public String toString() {
            return command.getClass().getSimpleName();
        }
    }

    static List<Case> cases() {
        Spec none = Spec.given();
        Spec queueing = running().and(queue(SECOND_TURN), queue(THIRD_TURN));
        Spec committing = idle().and(commit(OPERATION));
        Spec branching = idle().and(branch(OPERATION));
        Spec pushing = idle().and(push(OPERATION));
        Spec restoring = afterATurn().and(restore("r1", BEFORE, RestoreScope.BOTH));
        Spec pending = idle().and(checkpoint(CHECKPOINT, null));
        return List.of(
                new Case(createProject(), none, idle()),
                new Case(deleteProject(), running(), none),
                new Case(new RenameProject(PROJECT, "Granite"), idle(), none),
                new Case(createThread(SECOND_THREAD), idle(), none),
                new Case(deleteThread(), awaiting(), none),
                new Case(new SelectThread(THREAD), idle(), none),
                new Case(start(TURN), idle(), running()),
                new Case(interrupt(), awaiting(), idle()),
                new Case(queue(SECOND_TURN), running(), none),
                new Case(
                        new EditQueuedPrompt(THREAD, SECOND_TURN, OTHER_PROMPT, AT),
                        queueing,
                        running()),
                new Case(new MoveQueuedPrompt(THREAD, THIRD_TURN, 1), queueing, running()),
                new Case(new RemoveQueuedPrompt(THREAD, SECOND_TURN, AT), queueing, running()),
                new Case(sendNow(THIRD_TURN), queueing, running()),
                new Case(startQueued(SECOND_TURN), idle().and(queue(SECOND_TURN)), queueing),
                new Case(
                        new SetProjectPolicy(PROJECT, DENYING, ADA, AT),
                        Spec.givenCommands(createProject()),
                        none),
                new Case(policy(DENYING), idle(), none),
                new Case(judge(ACTION), awaiting().and(policy(DENYING)), running()),
                new Case(approve(ACTION, "yes"), awaiting(), running()),
                new Case(reject(ACTION, null), awaiting(), running()),
                new Case(says(text("Hello")), draining(), idle()),
                new Case(checkpoint(CHECKPOINT, null), idle(), none),
                new Case(restore("r1", BEFORE, RestoreScope.BOTH), afterATurn(), running()),
                new Case(commit(OPERATION), idle(), running()),
                new Case(branch(OPERATION), idle(), none),
                new Case(push(OPERATION), idle(), none),
                new Case(thin(OPERATION), afterThreeTurns(), none),
                new Case(new AbandonOperation(OPERATION, AT), committing, idle()),
                new Case(assign(CHECKPOINT), pending, idle()),
                new Case(new FailCheckpoint(CHECKPOINT, "No.", AT), pending, idle()),
                new Case(restored("r1"), restoring, idle()),
                new Case(new FailRestore(RESTORE, "No.", AT), restoring, idle()),
                new Case(new RecordCommit(OPERATION, HASH, AT), committing, idle()),
                new Case(new FailCommit(OPERATION, "No.", AT), committing, branching),
                new Case(new RecordBranch(OPERATION, HASH, AT), branching, pushing),
                new Case(new FailBranch(OPERATION, "No.", AT), branching, idle()),
                new Case(new RecordPush(OPERATION, HASH, AT), pushing, committing),
                new Case(new FailPush(OPERATION, "No.", AT), pushing, idle()),
                new Case(new CompleteCleanup(CLEANUP, AT), idle().and(deleteThread()), idle()),
                new Case(acceptLoss(1), unreadable(), idle()),
                new Case(
                        new ChangeWriter("beta", 2, AT),
                        idle(),
                        idle().and(new ChangeWriter("alpha", 2, AT))),
                new Case(new CompactLog(1, 9, DIGEST, AT), atNine(), idle()),
                new Case(new EraseText(1, 9, DIGEST, 1, "ada", AT), atNine(), idle()));
    }

    private static Spec atNine() {
        return new Spec(idle().model().atSequence(9));
    }

    @Test
    void the_table_is_whole() {
        assertThat(cases().stream().<Class<?>>map(c -> c.command().getClass()))
                .containsExactlyInAnyOrderElementsOf(
                        Families.leaves(OrchestrationCommand.class).toList());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_command_is_accepted_where_it_fits(Case c) {
        assertThat(c.accepting().when(c.command()).events()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_command_is_refused_where_it_does_not_fit(Case c) {
        assertThat(c.refusing().when(c.command()).decision()).isInstanceOf(Decision.Rejected.class);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void deciding_twice_gives_the_same_and_changes_nothing(Case c) {
        for (Spec state : List.of(c.accepting(), c.refusing())) {
            var unchanged = state.model();

            assertThat(state.when(c.command())).isEqualTo(state.when(c.command()));
            assertThat(state.model()).isEqualTo(unchanged);
        }
    }
}
