package dev.stele.domain.history;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.Role;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.ToolOutcome;
import dev.stele.domain.decide.Spec;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.*;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.*;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.*;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.HoldCause;
import dev.stele.domain.model.InterruptCause;
import dev.stele.domain.model.Lanes;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.PromptQueue;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.RetiredIds;
import dev.stele.domain.model.ThreadStatus.*;
import dev.stele.domain.model.Transcript;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.Turns;
import io.vavr.collection.HashSet;
import io.vavr.collection.TreeMap;
import io.vavr.collection.TreeSet;
import io.vavr.collection.Vector;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model that is not sound is found out. */
class InvariantsTest {

    /** Two turns, the second with a call that waits for an approval, and work of every kind. */
    private static Spec full() {
        return afterATurn()
                .and(start(SECOND_TURN))
                .and(says(SECOND_TURN, calls(CALL)), says(SECOND_TURN, asks(ACTION, CALL)))
                .and(checkpoint(CHECKPOINT, null), branch(OPERATION), queue(THIRD_TURN))
                .and(createThread(SECOND_THREAD));
    }

    @Test
    void a_sound_model_has_no_flaws() {
        assertThat(Invariants.check(full().model())).isEmpty();
    }

    /** A fact that no decider would write here. */
    static List<OrchestrationEvent> impossibleFacts() {
        var result = MessageContent.ToolResult.of("tc_9", null, ToolOutcome.UNKNOWN);
        return List.of(
                new ProjectCreated(new ProjectId("p2"), "Twin", PATH, AT),
                new ThreadStatusChanged(THREAD, new Idle()),
                new ThreadStatusChanged(THREAD, new Running(SECOND_TURN)),
                new ThreadStatusChanged(SECOND_THREAD, new Running(SECOND_TURN)),
                new TurnStarted(THIRD_TURN, THREAD, PROMPT, AT),
                new TurnInterrupted(SECOND_TURN, InterruptCause.REQUESTED, AT),
                new TurnFailed(SECOND_TURN, CRASH, AT),
                new ActionApproved(SECOND_TURN, ACTION, "yes", ADA, AT),
                new MessageAppended(SECOND_TURN, 2, Role.ASSISTANT, result, null, AT),
                new MessageAppended(
                        SECOND_TURN,
                        2,
                        Role.ASSISTANT,
                        MessageContent.ToolCall.of(CALL, "bash", "{}"),
                        null,
                        AT),
                new CheckpointGitRefAssigned(CHECKPOINT, " ", STATS, AT),
                new CheckpointFailed(CHECKPOINT, "", AT),
                new CheckpointRestoreRequested(
                        new OperationId("r1"),
                        CheckpointId.after(TURN),
                        new CheckpointId("r1-safety"),
                        RestoreScope.FILES,
                        AT),
                new BranchCreated(OPERATION, "", AT),
                new BranchCreationFailed(OPERATION, "", AT),
                new CleanupCompleted(OPERATION, AT));
    }

    @ParameterizedTest
    @MethodSource("impossibleFacts")
    void an_impossible_fact_is_found_out(OrchestrationEvent fact) {
        assertThat(Invariants.check(full().and(List.of(fact)).model())).isNotEmpty();
    }

    private static OrchestrationReadModel turn(
            OrchestrationReadModel model, UnaryOperator<Turn> change) {
        return model.with(change.apply(new Spec(model).turn(SECOND_TURN)));
    }

    private static OrchestrationReadModel said(
            OrchestrationReadModel model, UnaryOperator<Transcript.Live> change) {
        return turn(model, turn -> turn.with(change.apply(new Spec(model).said(SECOND_TURN))));
    }

    private static OrchestrationReadModel past(OrchestrationReadModel model, Transcript.Past past) {
        Turn over = new Spec(model).turn(TURN);
        return model.with(over.ended(over.state(), past));
    }

    private static OrchestrationReadModel thread(
            OrchestrationReadModel model, UnaryOperator<ChatThread> change) {
        return model.with(change.apply(model.threads().get(THREAD).get()));
    }

    static List<UnaryOperator<OrchestrationReadModel>> breaches() {
        return List.of(
                m -> m.withProjects(m.projects(), m.projectsByPath().remove(PATH)),
                m -> m.withThreads(m.threads().remove(SECOND_THREAD)),
                m -> m.withThreads(m.threads().put(THREAD, m.threads().get(SECOND_THREAD).get())),
                m -> m.withTurns(m.turns().minusAll(List.of(TURN))),
                m -> m.withTurns(new Turns(m.turns().over(), m.turns().live())),
                m ->
                        m.withTurns(
                                new Turns(
                                        m.turns().live(),
                                        m.turns()
                                                .over()
                                                .put(SECOND_TURN, new Spec(m).turn(SECOND_TURN)))),
                m -> m.withCheckpoints(m.checkpoints().remove(CheckpointId.before(TURN))),
                m -> m.withOperations(m.operations(), HashSet.empty()),
                m -> m.withOperations(m.operations().remove(OPERATION), HashSet.empty()),
                m -> m.withLanes(new Lanes(m.lanes().nextTicket(), TreeMap.empty())),
                m -> m.withLanes(new Lanes(2, m.lanes().open())),
                m -> m.withSelected(new ThreadId("t9")),
                m -> said(m, t -> t.withCalls(t.toolCalls(), TreeSet.empty())),
                m -> said(m, t -> t.withCalls(t.toolCalls().put("tc_9", 1), t.openCalls())),
                m -> said(m, t -> t.withPending(t.pending(), HashSet.empty())),
                m ->
                        said(
                                m,
                                t ->
                                        t.withPending(
                                                t.pending().appendAll(t.pending()),
                                                t.askedActions())),
                m -> said(m, t -> t.withMessages(t.messages().drop(1))),
                m -> said(m, t -> t.withMessages(t.messages().append(t.messages().get(1)))),
                m -> turn(m, t -> t.ended(t.state(), new Transcript.Past(1, 2, 1))),
                m -> m.with(new Spec(m).turn(TURN).with(new Spec(m).said(SECOND_TURN))),
                m -> past(m, new Transcript.Past(0, 2, 1)),
                m -> past(m, new Transcript.Past(2, 2, 1)),
                m -> past(m, new Transcript.Past(1, 2, 0)),
                m -> turn(m, t -> t.withRolledBack(true)),
                m -> thread(m, t -> t.withConversation(TURN)),
                m -> thread(m, t -> t.withConversation(null)),
                m -> thread(m, t -> t.withDraining(Vector.of(TURN))),
                m -> m.withQueued(m.queued().remove(THIRD_TURN)),
                m -> thread(m, t -> t.withQueue(PromptQueue.EMPTY)),
                m -> thread(m, t -> t.withQueue(t.queue().plus(THIRD_TURN))),
                m -> thread(m, t -> t.withQueue(t.queue().withHold(HoldCause.RESTORED))),
                m -> thread(m, t -> t.plusCheckpoint(CHECKPOINT)),
                m -> thread(m, t -> t.plusOperation(OPERATION)),
                m ->
                        m.withRetired(
                                new RetiredIds(
                                        HashSet.empty(),
                                        HashSet.of(THREAD),
                                        HashSet.empty(),
                                        HashSet.empty(),
                                        HashSet.empty())));
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void a_breach_is_found_out(UnaryOperator<OrchestrationReadModel> breach) {
        assertThat(Invariants.check(breach.apply(full().model()))).isNotEmpty();
    }
}
