package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError.*;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.*;
import dev.stele.domain.command.OrchestrationCommand.Report.*;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointsThinned;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.*;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.domain.model.ThinningVerdict;
import dev.stele.domain.model.ThinningVerdict.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinningTest {

    private static final ThinningPolicy WEEK_AND_MONTH = new ThinningPolicy(7, 30);
    private static final OperationId THINNING = new OperationId("thin");

    private static Instant day(int number) {
        return AT.plus(Duration.ofDays(number));
    }

    /** Turns called u1, u2 and so on that are over, each on its day. */
    private static Spec turnsOn(int... days) {
        Spec spec = idle();
        for (int i = 0; i < days.length; i++) {
            spec = spec.and(turn("u" + (i + 1), days[i]));
        }
        return spec;
    }

    private static OrchestrationCommand[] turn(String id, int day) {
        var turn = new TurnId(id);
        var before = CheckpointId.before(turn);
        var after = CheckpointId.after(turn);
        return new OrchestrationCommand[] {
            new StartTurn(turn, THREAD, PROMPT, day(day)),
            new CreateCheckpoint(before, THREAD, turn, "before the turn", day(day)),
            assign(before),
            says(turn, done()),
            new CreateCheckpoint(after, THREAD, turn, "after the turn", day(day)),
            assign(after)
        };
    }

    private static ThinCheckpoints thinOn(int day) {
        return new ThinCheckpoints(THINNING, PROJECT, WEEK_AND_MONTH, day(day));
    }

    private static Map<String, Fate> fates(Spec spec, int day) {
        return Thinning.judge(PROJECT, WEEK_AND_MONTH, day(day), spec.model()).stream()
                .collect(Collectors.toMap(v -> v.checkpointId().value(), ThinningVerdict::fate));
    }

    private static List<CheckpointId> thinned(Spec spec, int day) {
        return spec.when(thinOn(day)).events().stream()
                .flatMap(event -> ((CheckpointsThinned) event).checkpoints().stream())
                .toList();
    }

    private static CheckpointState state(Spec spec, String id) {
        Checkpoint checkpoint = spec.model().checkpoint(new CheckpointId(id));
        return Objects.requireNonNull(checkpoint).state();
    }

    @Test
    void of_each_old_day_the_first_and_the_last_are_kept() {
        assertThat(fates(turnsOn(0, 5, 5, 5, 20), 28))
                .containsOnly(
                        entry("u1-before", Fate.FIRST),
                        entry("u1-after", Fate.OF_THE_DAY),
                        entry("u2-before", Fate.OF_THE_DAY),
                        entry("u2-after", Fate.THINNED),
                        entry("u3-before", Fate.THINNED),
                        entry("u3-after", Fate.THINNED),
                        entry("u4-before", Fate.THINNED),
                        entry("u4-after", Fate.OF_THE_DAY),
                        entry("u5-before", Fate.NEWEST),
                        entry("u5-after", Fate.NEWEST));
    }

    @Test
    void what_is_young_is_kept_altogether() {
        Spec committed =
                turnsOn(0, 14, 14, 14)
                        .and(commit(OPERATION), new RecordCommit(OPERATION, HASH, AT));

        assertThat(fates(committed, 20).values())
                .containsOnly(Fate.FIRST, Fate.OF_THE_DAY, Fate.RECENT, Fate.NEWEST);
    }

    @Test
    void of_what_is_very_old_only_the_first_of_the_thread_is_kept() {
        assertThat(fates(turnsOn(0, 1, 2), 40))
                .containsEntry("u1-before", Fate.FIRST)
                .containsEntry("u1-after", Fate.THINNED)
                .containsEntry("u2-before", Fate.THINNED)
                .containsEntry("u2-after", Fate.THINNED)
                .containsEntry("u3-before", Fate.NEWEST);
    }

    @Test
    void doing_it_again_the_same_day_takes_nothing_more() {
        Spec once = turnsOn(0, 5, 5, 5, 20).and(thinOn(28));

        once.when(new ThinCheckpoints(OPERATION, PROJECT, WEEK_AND_MONTH, day(28)))
                .thenNothingHappened();
    }

    @Test
    void a_thread_in_use_keeps_what_a_commit_of_its_own_changes_needs() {
        Spec inUse = turnsOn(0, 0, 0, 18);

        assertThat(fates(inUse, 20).values()).containsOnly(Fate.UNCOMMITTED, Fate.NEWEST);
        assertThat(fates(inUse, 26)).containsEntry("u2-after", Fate.THINNED);
    }

    @Test
    void what_nobody_has_committed_for_very_long_goes_all_the_same() {
        assertThat(fates(turnsOn(0, 0, 0, 18, 36), 40))
                .containsEntry("u2-after", Fate.THINNED)
                .containsEntry("u4-before", Fate.UNCOMMITTED);
    }

    @Test
    void a_commit_of_all_that_a_thread_did_lets_go_of_what_was_before_it() {
        Spec committed =
                turnsOn(0, 0, 0)
                        .and(commit(OPERATION), new RecordCommit(OPERATION, HASH, AT))
                        .and(turn("u4", 18));

        assertThat(fates(committed, 20))
                .containsEntry("u1-before", Fate.FIRST)
                .containsEntry("u2-before", Fate.THINNED)
                .containsEntry("u4-before", Fate.NEWEST);
    }

    @Test
    void a_commit_of_some_files_lets_go_of_nothing() {
        var some = new ChangeSelection.Paths(List.of("src"));
        Spec committed =
                turnsOn(0, 0, 0)
                        .and(new CommitChanges(OPERATION, THREAD, "Mend", some, AT))
                        .and(new RecordCommit(OPERATION, HASH, AT))
                        .and(turn("u4", 18));

        assertThat(fates(committed, 20)).containsEntry("u2-before", Fate.UNCOMMITTED);
    }

    @Test
    void what_an_undo_and_the_undo_of_it_need_is_kept() {
        var safety = new CheckpointId("r1-safety");
        Spec restored =
                turnsOn(0, 0, 0)
                        .and(restore("r1", new CheckpointId("u2-before"), RestoreScope.FILES))
                        .and(assign(safety), restored("r1"))
                        .and(turn("u4", 2));

        assertThat(fates(restored, 60))
                .containsEntry("r1-safety", Fate.UNDO)
                .containsEntry("u2-before", Fate.UNDO)
                .containsEntry("u2-after", Fate.THINNED);
    }

    @Test
    void the_safety_checkpoint_of_a_restore_that_was_followed_by_another_goes() {
        Spec restored =
                turnsOn(0)
                        .and(restore("r1", new CheckpointId("u1-before"), RestoreScope.FILES))
                        .and(assign(new CheckpointId("r1-safety")), restored("r1"))
                        .and(restore("r2", new CheckpointId("u1-before"), RestoreScope.FILES))
                        .and(assign(new CheckpointId("r2-safety")), restored("r2"))
                        .and(turn("u2", 2));

        assertThat(fates(restored, 60))
                .containsEntry("r1-safety", Fate.THINNED)
                .containsEntry("r2-safety", Fate.UNDO);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void nothing_goes_while_a_restore_or_a_commit_of_the_thread_is_under_way(boolean commit) {
        Spec atWork =
                turnsOn(0, 0, 0)
                        .and(
                                commit
                                        ? commit(OPERATION)
                                        : restore(
                                                "r1",
                                                new CheckpointId("u2-before"),
                                                RestoreScope.FILES));

        assertThat(fates(atWork, 60).values()).containsOnly(Fate.AT_WORK);
        atWork.when(thinOn(60)).thenNothingHappened();
    }

    @Test
    void a_checkpoint_that_somebody_asked_for_is_kept() {
        Spec asked =
                turnsOn(0, 0)
                        .and(checkpoint(CHECKPOINT, null), assign(CHECKPOINT))
                        .and(turn("u3", 1));

        assertThat(fates(asked, 60)).containsEntry("c1", Fate.ASKED_FOR);
    }

    @Test
    void what_is_pending_or_failed_is_not_judged() {
        Spec spec =
                idle().and(checkpoint(CHECKPOINT, null))
                        .and(checkpoint(new CheckpointId("c2"), null))
                        .and(new FailCheckpoint(new CheckpointId("c2"), "No.", AT));

        assertThat(fates(spec, 60)).isEmpty();
    }

    @Test
    void a_thinned_checkpoint_says_when_and_by_which_policy_it_went() {
        Spec spec = turnsOn(0, 0, 0).and(thinOn(60));

        assertThat(state(spec, "u2-after"))
                .isEqualTo(new CheckpointState.Thinned(WEEK_AND_MONTH, day(60)));
        spec.when(restore("r1", new CheckpointId("u2-after"), RestoreScope.CONVERSATION))
                .thenRejected(
                        new CheckpointThinned(
                                new CheckpointId("u2-after"), WEEK_AND_MONTH, day(60)));
        assertThat(new CheckpointThinned(CHECKPOINT, WEEK_AND_MONTH, day(60)).message())
                .isEqualTo(
                        "The checkpoint c1 was thinned out on 2026-04-30 by the policy that all"
                                + " checkpoints are kept for 7 days, then the first and the last of"
                                + " each day for 30 days, then the first of each thread; choose"
                                + " another one.");
    }

    @Test
    void the_removal_of_refs_is_open_until_it_is_reported() {
        Spec open = turnsOn(0, 0, 0).and(thinOn(60));
        assertThat(open.model().openOperations()).containsExactly(THINNING);

        Spec done =
                open.when(new CompleteCleanup(THINNING, AT))
                        .then(new CleanupCompleted(THINNING, AT));

        assertThat(done.model().openOperations()).isEmpty();
        done.when(new CompleteCleanup(THINNING, AT))
                .thenRejected(new OperationAlreadySettled(THINNING));
        open.when(new AbandonOperation(THINNING, AT))
                .then(new CleanupFailed(THINNING, "It was abandoned.", AT));
    }

    @Test
    void a_thinning_goes_with_its_project() {
        Spec gone = turnsOn(0, 0, 0).and(thinOn(60), deleteProject());

        assertThat(gone.model().operation(THINNING)).isNull();
        gone.when(thinOn(60)).thenRejected(new ProjectNotFound(PROJECT));
    }

    @Test
    void one_fact_names_a_thousand_checkpoints_at_most_and_the_next_goes_on() {
        int[] days = IntStream.range(0, 600).map(_ -> 0).toArray();
        Spec many = turnsOn(days);

        List<CheckpointId> first = thinned(many, 60);
        var rest = new ArrayList<CheckpointId>();
        Spec after = many.and(thinOn(60));
        after.when(new ThinCheckpoints(OPERATION, PROJECT, WEEK_AND_MONTH, day(60)))
                .events()
                .forEach(event -> rest.addAll(((CheckpointsThinned) event).checkpoints()));

        assertThat(first).hasSize(1_000);
        assertThat(rest).hasSize(1_200 - 1_000 - 3).doesNotContainAnyElementsOf(first);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 30, keepAllDays, it is below 1.",
        "7, 6, keepDailyDays, it is below keepAllDays."
    })
    void a_policy_that_makes_no_sense_is_refused(int all, int daily, String field, String why) {
        turnsOn(0)
                .when(
                        new ThinCheckpoints(
                                THINNING, PROJECT, new ThinningPolicy(all, daily), day(60)))
                .thenRejected(new InvalidInput(field, why));
    }

    @Test
    void each_thread_is_judged_by_itself() {
        Spec two =
                turnsOn(0, 0)
                        .and(createThread(SECOND_THREAD))
                        .and(start(THIRD_TURN, SECOND_THREAD));

        assertThat(fates(two, 60)).containsEntry("u1-before", Fate.FIRST).hasSize(4);
    }
}
