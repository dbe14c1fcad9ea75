package dev.stele.domain.project;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.Role;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TokenUsage;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.TurnId;
import dev.stele.domain.decide.Families;
import dev.stele.domain.decide.Spec;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.*;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.*;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.*;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.*;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.*;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.*;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.ActionPolicy;
import dev.stele.domain.model.ExpiryCause;
import dev.stele.domain.model.HoldCause;
import dev.stele.domain.model.InterruptCause;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.domain.model.ThreadStatus.Running;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each fact changes in the model, and that it changes nothing else. */
class FoldTableTest {

    private static final OperationId RESTORE = new OperationId("r1");
    private static final OperationId CLEANUP = new OperationId("t1-refs-cleanup");
    private static final CheckpointId BEFORE = CheckpointId.before(TURN);
    private static final TokenUsage USAGE =
            new TokenUsage(1L, null, null, null, null, null, null, null, null);

    private static final ActionPolicy READ_ONLY = new ActionPolicy(List.of(), true, false);

    record Fold(Spec before, OrchestrationEvent event, Set<String> changes) {
        @Override
        public String toString() {
            return event.getClass().getSimpleName();
        }
    }

    private static Fold fold(Spec before, OrchestrationEvent event, String... changes) {
        return new Fold(before, event, Set.of(changes));
    }

    private static MessageAppended appended(MessageContent content) {
        return new MessageAppended(TURN, 1, Role.ASSISTANT, content, null, AT);
    }

    static List<Fold> projects() {
        Spec project = Spec.givenCommands(createProject());
        return List.of(
                fold(
                        Spec.given(),
                        new ProjectCreated(PROJECT, "Stele", PATH, AT),
                        "projects.p1",
                        "projectsByPath./work/stele"),
                fold(project, new ProjectRenamed(PROJECT, "Granite"), "projects.p1.name"),
                fold(
                        project,
                        new ProjectPolicySet(PROJECT, READ_ONLY, ADA, AT),
                        "projects.p1.policy.readOnly"),
                fold(
                        project.and(branch(OPERATION)),
                        new ProjectDeleted(PROJECT, AT),
                        "projects.p1",
                        "projectsByPath./work/stele",
                        "operations.o1",
                        "openOperations",
                        "retired.projects",
                        "retired.operations"));
    }

    static List<Fold> threads() {
        return List.of(
                fold(
                        Spec.givenCommands(createProject()),
                        new ThreadCreated(THREAD, PROJECT, "Mending", "scripted", AT),
                        "threads.t1",
                        "projects.p1.threads.0",
                        "projects.p1.threadsEver"),
                fold(
                        idle(),
                        new ThreadDeleted(THREAD, AT),
                        "threads.t1",
                        "projects.p1.threads.0",
                        "retired.threads",
                        "operations.t1-agent-cleanup",
                        "operations.t1-refs-cleanup",
                        "openOperations"),
                fold(idle(), new ThreadSelected(THREAD), "selected"),
                fold(
                        idle(),
                        new ThreadStatusChanged(THREAD, new Running(TURN)),
                        "threads.t1.status"),
                fold(
                        idle(),
                        new SessionUpdated(THREAD, "s1", "Title", "code", "modes", "{}"),
                        "threads.t1.session.sessionId",
                        "threads.t1.session.title",
                        "threads.t1.session.modeId",
                        "threads.t1.session.raw.modes"),
                fold(
                        running(),
                        new UsageUpdated(THREAD, TURN, USAGE),
                        "threads.t1.usage",
                        "turns.live.u1.usage"),
                fold(running(), new NoticeRecorded(THREAD, TURN, "odd", "{}")),
                fold(
                        idle(),
                        new ThreadPolicySet(THREAD, READ_ONLY, ADA, AT),
                        "threads.t1.policy.readOnly"));
    }

    static List<Fold> turns() {
        var call = MessageContent.ToolCall.of(CALL, "bash", "{}");
        var result = MessageContent.ToolResult.of(CALL, "ok", ToolOutcome.SUCCEEDED);
        return List.of(
                fold(
                        idle(),
                        new TurnStarted(TURN, THREAD, PROMPT, AT),
                        "turns.live.u1",
                        "threads.t1.turns",
                        "threads.t1.conversation",
                        "lanes.nextTicket",
                        "lanes.open.1"),
                fold(
                        running(),
                        appended(new MessageContent.Text("Hi")),
                        "turns.live.u1.transcript.messages"),
                fold(
                        running(),
                        appended(call),
                        "turns.live.u1.transcript.messages",
                        "turns.live.u1.transcript.toolCalls.tc_123",
                        "turns.live.u1.transcript.openCalls"),
                fold(
                        running().and(says(calls(CALL))),
                        new MessageAppended(TURN, 2, Role.ASSISTANT, result, null, AT),
                        "turns.live.u1.transcript.messages",
                        "turns.live.u1.transcript.openCalls"),
                fold(
                        running().and(says(text("Hi"))),
                        new MessageChunkReceived(TURN, 1, " Ada"),
                        "turns.live.u1.transcript.messages"),
                fold(
                        running().and(says(calls(CALL))),
                        new ToolCallUpdated(TURN, 1, call),
                        "turns.live.u1.transcript.messages"),
                fold(
                        running(),
                        new PlanUpdated(TURN, List.of(new PlanEntry("look", "done", null))),
                        "turns.live.u1.transcript.plan"),
                fold(running(), new RetryReported(TURN, "again")),
                fold(
                        running(),
                        new TurnCompleted(TURN, StopReason.END_TURN, null, null, USAGE, AT),
                        "turns.live.u1",
                        "turns.over.u1",
                        "threads.t1.usage"),
                fold(running(), new TurnFailed(TURN, CRASH, AT), "turns.live.u1", "turns.over.u1"),
                fold(
                        running(),
                        new TurnInterrupted(TURN, InterruptCause.REQUESTED, AT),
                        "turns.live.u1.state",
                        "threads.t1.draining"),
                fold(
                        running(),
                        new TurnInterrupted(TURN, InterruptCause.DELETED, AT),
                        "turns.live.u1",
                        "turns.over.u1"),
                fold(
                        draining(),
                        new TurnDrained(TURN, "cancelled", AT),
                        "turns.live.u1",
                        "turns.over.u1",
                        "threads.t1.draining"));
    }

    static List<Fold> queues() {
        Spec one = running().and(queue(SECOND_TURN));
        Spec two = one.and(queue(THIRD_TURN));
        return List.of(
                fold(
                        running(),
                        new PromptQueued(SECOND_TURN, THREAD, PROMPT, AT),
                        "queued.u2",
                        "threads.t1.queue.waiting"),
                fold(
                        one,
                        new QueuedPromptEdited(
                                SECOND_TURN, List.of(new MessageContent.Text("Wait.")), AT),
                        "queued.u2.prompt"),
                fold(two, new QueuedPromptMoved(THIRD_TURN, 1), "threads.t1.queue.waiting"),
                fold(
                        one,
                        new QueuedPromptRemoved(SECOND_TURN, AT),
                        "queued.u2",
                        "threads.t1.queue.waiting",
                        "retired.turns"),
                fold(one, new QueueHeld(THREAD, HoldCause.RESTORED, AT), "threads.t1.queue.hold"),
                fold(
                        two.and(interrupt()),
                        new TurnStarted(SECOND_TURN, THREAD, PROMPT, AT),
                        "queued.u2",
                        "threads.t1.queue.waiting",
                        "threads.t1.queue.hold",
                        "turns.live.u2",
                        "threads.t1.turns",
                        "threads.t1.conversation.value",
                        "lanes.nextTicket",
                        "lanes.open.2"));
    }

    static List<Fold> approvals() {
        Spec two = awaiting().and(says(asks(SECOND_ACTION, null)));
        return List.of(
                fold(
                        running(),
                        new ApprovalRequested(TURN, ACTION, CALL, "Run ls", OPTIONS, AT),
                        "turns.live.u1.transcript.pending",
                        "turns.live.u1.transcript.askedActions"),
                fold(
                        awaiting(),
                        new ActionApproved(TURN, ACTION, "yes", ADA, AT),
                        "turns.live.u1.transcript.pending"),
                fold(
                        two,
                        new ActionApproved(TURN, ACTION, "yes", ADA, AT),
                        "turns.live.u1.transcript.pending",
                        "threads.t1.status.actions"),
                fold(
                        awaiting(),
                        new ActionRejected(TURN, ACTION, "no", null, ADA, AT),
                        "turns.live.u1.transcript.pending",
                        "turns.live.u1.transcript.rejectedCalls"),
                fold(
                        two,
                        new ApprovalExpired(TURN, SECOND_ACTION, ExpiryCause.WITHDRAWN, AT),
                        "turns.live.u1.transcript.pending",
                        "threads.t1.status.actions"));
    }

    static List<Fold> checkpoints() {
        Spec pending = idle().and(checkpoint(CHECKPOINT, null));
        Spec restoring = afterATurn().and(restore("r1", BEFORE, RestoreScope.BOTH));
        return List.of(
                fold(
                        idle(),
                        new CheckpointCreated(CHECKPOINT, THREAD, null, "by hand", AT),
                        "checkpoints.c1",
                        "threads.t1.checkpoints",
                        "lanes.nextTicket",
                        "lanes.open.1"),
                fold(
                        running(),
                        new CheckpointCreated(BEFORE, THREAD, TURN, "before the turn", AT),
                        "checkpoints.u1-before",
                        "threads.t1.checkpoints"),
                fold(
                        pending,
                        new CheckpointGitRefAssigned(CHECKPOINT, REF, STATS, AT),
                        "checkpoints.c1.state",
                        "lanes.open.1"),
                fold(
                        pending,
                        new CheckpointFailed(CHECKPOINT, "No.", AT),
                        "checkpoints.c1.state",
                        "lanes.open.1"),
                fold(
                        afterATurn(),
                        new CheckpointsThinned(
                                RESTORE, PROJECT, List.of(BEFORE), ThinningPolicy.USUAL, AT),
                        "checkpoints.u1-before.state",
                        "operations.r1",
                        "openOperations",
                        "projects.p1.operations"),
                fold(
                        afterATurn(),
                        new CheckpointRestoreRequested(
                                RESTORE, BEFORE, CHECKPOINT, RestoreScope.BOTH, AT),
                        "operations.r1",
                        "openOperations",
                        "threads.t1.operations",
                        "lanes.nextTicket",
                        "lanes.open.2"),
                fold(
                        restoring,
                        new CheckpointRestored(RESTORE, SUMMARY, AT),
                        "operations.r1.state",
                        "openOperations",
                        "lanes.open.2",
                        "threads.t1.conversation",
                        "turns.over.u1.rolledBack"),
                fold(
                        restoring,
                        new CheckpointRestoreFailed(RESTORE, "No.", AT),
                        "operations.r1.state",
                        "openOperations",
                        "lanes.open.2"));
    }

    static List<Fold> operations() {
        Spec committing = idle().and(commit(OPERATION));
        Spec branching = idle().and(branch(OPERATION));
        Spec pushing = idle().and(push(OPERATION));
        Spec cleaning = idle().and(deleteThread());
        String[] asked = {"operations.o1", "openOperations", "projects.p1.operations"};
        String[] settled = {"operations.o1.state", "openOperations"};
        String[] committed = {"operations.o1.state", "openOperations", "lanes.open.1"};
        String[] cleaned = {"operations.t1-refs-cleanup.state", "openOperations"};
        return List.of(
                fold(
                        idle(),
                        new CommitRequested(OPERATION, THREAD, "Mend", AT),
                        "operations.o1",
                        "openOperations",
                        "threads.t1.operations",
                        "lanes.nextTicket",
                        "lanes.open.1"),
                fold(committing, new ChangesCommitted(OPERATION, HASH, AT), committed),
                fold(committing, new CommitFailed(OPERATION, "No.", AT), committed),
                fold(idle(), new BranchRequested(OPERATION, PROJECT, "x", null, AT), asked),
                fold(branching, new BranchCreated(OPERATION, HASH, AT), settled),
                fold(branching, new BranchCreationFailed(OPERATION, "No.", AT), settled),
                fold(idle(), new PushRequested(OPERATION, PROJECT, "x", "o", null, AT), asked),
                fold(pushing, new BranchPushed(OPERATION, HASH, AT), settled),
                fold(pushing, new PushFailed(OPERATION, "No.", AT), settled),
                fold(cleaning, new CleanupCompleted(CLEANUP, AT), cleaned),
                fold(cleaning, new CleanupFailed(CLEANUP, "No.", AT), cleaned));
    }

    static List<Fold> log() {
        return List.of(
                fold(running(), new UnknownEvent("SomethingNew", 1, "{}")),
                fold(running(), new LogCompacted(1, 2, DIGEST, AT)),
                fold(running(), new TextErased(1, 2, DIGEST, 1, "ada", AT)),
                fold(running(), new AbsorbedEvent(1)),
                fold(running(), new UnreadableEvent("It is no JSON."), "log.unreadable.5"),
                fold(unreadable(), new LogLossAccepted(List.of(1L), "ada", AT), "log.unreadable.1"),
                fold(running(), new WriterChanged("alpha", 1, AT), "log.writer"));
    }

    static List<Fold> all() {
        return Stream.of(
                        projects(),
                        threads(),
                        turns(),
                        queues(),
                        approvals(),
                        checkpoints(),
                        operations(),
                        log())
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void the_table_is_whole() {
        assertThat(
                        all().stream()
                                .<Class<?>>map(f -> f.event().getClass())
                                .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        Families.leaves(OrchestrationEvent.class).toList());
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_fact_changes_what_it_is_about_and_nothing_else(Fold fold) {
        OrchestrationReadModel before = fold.before().model();

        OrchestrationReadModel after = Projector.project(before, fold.event());

        assertThat(Changes.between(before, after))
                .containsExactlyInAnyOrderElementsOf(fold.changes());
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_stored_fact_moves_the_sequence_too(Fold fold) {
        OrchestrationReadModel before = fold.before().model();
        var stored = new StoredEvent(before.sequence() + 7, fold.event(), AT);

        OrchestrationReadModel after = Projector.project(before, stored);

        assertThat(after.sequence()).isEqualTo(before.sequence() + 7);
        assertThat(after.atSequence(before.sequence()))
                .isEqualTo(Projector.project(before, fold.event()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_fact_about_what_is_not_there_changes_nothing(Fold fold) {
        Spec others =
                Spec.givenCommands(createProject("p7", "/seven"), createThread("t7", "p7"))
                        .and(start(new TurnId("u7"), new ThreadId("t7")));
        boolean makesSomething =
                fold.event() instanceof ProjectCreated
                        || fold.event() instanceof UnreadableEvent
                        || fold.event() instanceof WriterChanged;

        for (OrchestrationReadModel model : List.of(OrchestrationReadModel.EMPTY, others.model())) {
            assertThat(Projector.project(model, fold.event()).equals(model))
                    .isEqualTo(!makesSomething);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_fact_about_what_was_deleted_changes_nothing(Fold fold) {
        OrchestrationReadModel deleted =
                fold.before().model().projects().containsKey(PROJECT)
                        ? fold.before().and(deleteProject()).model()
                        : fold.before().model();
        boolean stillThere =
                fold.event() instanceof ProjectCreated
                        || fold.event() instanceof CleanupCompleted
                        || fold.event() instanceof CleanupFailed
                        || fold.event() instanceof UnreadableEvent
                        || fold.event() instanceof LogLossAccepted
                        || fold.event() instanceof WriterChanged;

        assertThat(Projector.project(deleted, fold.event()).equals(deleted)).isEqualTo(!stillThere);
    }
}
