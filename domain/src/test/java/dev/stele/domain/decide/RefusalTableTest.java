package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.Identifier;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.OperationId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.*;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.CreateBranch;
import dev.stele.domain.command.OrchestrationCommand.CreateProject;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.ChangeWriter;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.QueuePrompt;
import dev.stele.domain.command.OrchestrationCommand.RenameProject;
import dev.stele.domain.command.OrchestrationCommand.Report.RecordCommit;
import dev.stele.domain.model.HoldCause;
import dev.stele.domain.model.PromptQueue;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.ThinningPolicy;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal is raised by some command, and tells people what is wrong with what. */
class RefusalTableTest {

    private static final OperationId RESTORE = new OperationId("r1");
    private static final CheckpointId BEFORE = CheckpointId.before(TURN);

    private static final List<MessageContent> LONG_PROMPT =
            List.of(new MessageContent.Text("x".repeat((int) PromptQueue.MOST_CHARACTERS + 1)));

    record Case(Spec state, OrchestrationCommand command, DeciderError refusal) {
        @Override
        public String toString() {
            return refusal.getClass().getSimpleName();
        }
    }

    static List<Case> cases() {
        Spec none = Spec.given();
        Spec restoring = afterATurn().and(restore("r1", BEFORE, RestoreScope.FILES));
        Spec committing = idle().and(commit(OPERATION));
        Spec committed = committing.and(new RecordCommit(OPERATION, HASH, AT));
        return List.of(
                new Case(
                        idle(),
                        new RenameProject(PROJECT, " "),
                        new InvalidInput("name", "it is blank.")),
                new Case(idle(), createProject(), new ProjectAlreadyExists(PROJECT)),
                new Case(
                        idle(), createProject("p2", PATH), new DuplicateProjectPath(PATH, PROJECT)),
                new Case(none, deleteProject(), new ProjectNotFound(PROJECT)),
                new Case(idle(), createThread(THREAD), new ThreadAlreadyExists(THREAD)),
                new Case(none, deleteThread(), new ThreadNotFound(THREAD)),
                new Case(running(), start(SECOND_TURN), new ThreadBusy(THREAD, TURN)),
                new Case(afterATurn(), start(TURN), new TurnAlreadyExists(TURN)),
                new Case(idle(), says(Scene.text("Hello")), new TurnNotFound(THREAD, TURN)),
                new Case(afterATurn(), says(Scene.text("Hello")), new TurnNotOpen(TURN)),
                new Case(idle(), interrupt(), new NoRunningTurn(THREAD)),
                new Case(restoring, start(SECOND_TURN), new RestoreInProgress(RESTORE)),
                new Case(running(), approve(ACTION, null), new ActionNotPending(THREAD, ACTION)),
                new Case(
                        awaiting(),
                        approve(ACTION, "maybe"),
                        new OptionNotOffered(ACTION, "maybe")),
                new Case(awaiting(), approve(ACTION, "no"), new OptionKindMismatch(ACTION, "no")),
                new Case(
                        idle().and(checkpoint(CHECKPOINT, null)),
                        checkpoint(CHECKPOINT, null),
                        new CheckpointAlreadyExists(CHECKPOINT)),
                new Case(
                        idle(),
                        restore("r1", CHECKPOINT, RestoreScope.BOTH),
                        new CheckpointNotFound(CHECKPOINT)),
                new Case(
                        running().and(before(TURN)),
                        restore("r1", BEFORE, RestoreScope.BOTH),
                        new CheckpointNotReady(BEFORE)),
                new Case(
                        afterThreeTurns().and(thin(OPERATION)),
                        restore("r1", CheckpointId.after(TURN), RestoreScope.BOTH),
                        new CheckpointThinned(
                                CheckpointId.after(TURN), ThinningPolicy.USUAL, MUCH_LATER)),
                new Case(
                        idle(),
                        new CreateBranch(OPERATION, PROJECT, "x.lock", null, AT),
                        new InvalidBranchName("x.lock", "a part of it ends with '.lock'.")),
                new Case(committing, push(OPERATION), new OperationAlreadyExists(OPERATION)),
                new Case(
                        idle(),
                        new RecordCommit(OPERATION, HASH, AT),
                        new OperationNotFound(OPERATION)),
                new Case(
                        committed,
                        new RecordCommit(OPERATION, HASH, AT),
                        new OperationAlreadySettled(OPERATION)),
                new Case(running(), sendNow(SECOND_TURN), new PromptNotQueued(THREAD, SECOND_TURN)),
                new Case(running(), sendNow(TURN), new PromptAlreadyStarted(TURN)),
                new Case(
                        running(),
                        new QueuePrompt(SECOND_TURN, THREAD, LONG_PROMPT, AT),
                        new QueueFull(THREAD, 0, 0)),
                new Case(
                        running().and(queue(SECOND_TURN), interrupt()),
                        startQueued(SECOND_TURN),
                        new QueueOnHold(THREAD, HoldCause.TURN_INTERRUPTED)),
                new Case(unreadable(), createProject(), new LogUnreadable(1, 1)),
                new Case(unreadable(), acceptLoss(2), new NothingLost(2)),
                new Case(
                        Spec.givenCommands(
                                new CreateProject(PROJECT, "Stele", PATH, "alpha", AT),
                                new ChangeWriter("beta", 1, AT)),
                        branch(OPERATION),
                        new ProjectElsewhere(PROJECT, "alpha")));
    }

    @Test
    void the_table_is_whole() {
        assertThat(cases().stream().<Class<?>>map(c -> c.refusal().getClass()))
                .containsExactlyInAnyOrderElementsOf(Families.leaves(DeciderError.class).toList());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_refusal_is_raised(Case c) {
        c.state().when(c.command()).thenRejected(c.refusal());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_refusal_is_a_sentence_that_names_all_that_it_is_about(Case c)
            throws ReflectiveOperationException {
        String message = c.refusal().message();

        assertThat(message).matches("[A-Z].*[^.]\\.");
        for (RecordComponent component : c.refusal().getClass().getRecordComponents()) {
            assertThat(message).contains(shown(component.getAccessor().invoke(c.refusal())));
        }
    }

    private static String shown(Object part) {
        return switch (part) {
            case Identifier id -> id.value();
            case ThinningPolicy policy -> policy.sentence();
            case Instant at -> at.toString().substring(0, "2026-03-01".length());
            default -> part.toString();
        };
    }

    @Test
    void an_approval_for_which_no_option_is_fit_says_so() {
        assertThat(new OptionNotOffered(ACTION, null).message())
                .isEqualTo(
                        "The agent offers no fit option for the action a1; name one of its options.");
    }

    @Test
    void what_an_agent_or_a_person_wrote_cannot_mislead_a_terminal() {
        assertThat(new OptionNotOffered(ACTION, "\u001B[2J").message()).doesNotContain("\u001B");
        assertThat(new OptionKindMismatch(ACTION, "\u001B[2J").message()).doesNotContain("\u001B");
        assertThat(new InvalidBranchName("\u001B[2J", "no.").message()).doesNotContain("\u001B");
    }
}
