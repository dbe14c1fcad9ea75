package dev.stele.domain.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.launcher.LauncherConstants.DEACTIVATE_LISTENERS_PATTERN_PROPERTY_NAME;

import dev.stele.domain.port.EventStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Proves the suite itself: each of its tests can fail, and each fault is seen by one. */
class BrokenStoresTest {

    /** The suite with the store under proof. Runs only from here, one after the other. */
    static class Suite extends EventStoreConformance {
        private static Function<MemoryEventStore, EventStore> breaking = BrokenStore::new;

        @Override
        protected EventStoreFixture newFixture() {
            return new BrokenFixture(breaking);
        }
    }

    private record BrokenFixture(
            MemoryFixture sound, Function<MemoryEventStore, EventStore> breaking)
            implements EventStoreFixture {

        BrokenFixture(Function<MemoryEventStore, EventStore> breaking) {
            this(new MemoryFixture(), breaking);
        }

        @Override
        public EventStore open() {
            return breaking.apply((MemoryEventStore) sound.open());
        }

        @Override
        public int largestEvent() {
            return sound.largestEvent();
        }

        @Override
        public void close() {
            sound.close();
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(BrokenStores::dropsOne, "every_kind_of_event_reads_back_equal"),
                fault(BrokenStores::swapsTwo, "events_keep_the_order_of_their_entries"),
                fault(
                        BrokenStores::repeatsOne,
                        "sequences_count_from_one_without_gaps_over_entries_and_appends"),
                fault(BrokenStores::readsOneTwice, "pages_of_any_size_hold_every_event_once"),
                fault(
                        BrokenStores::ignoresTheLimit,
                        "a_page_begins_at_any_place_and_is_empty_at_the_end"),
                fault(
                        BrokenStores::losesReceiptsOfRefusals,
                        "a_refused_command_leaves_a_receipt_without_events"),
                fault(
                        BrokenStores::takesSecondAnswers,
                        "a_command_id_is_answered_once_and_a_second_answer_stores_nothing"),
                fault(
                        BrokenStores::mixesUpCase,
                        "a_command_id_that_was_never_answered_has_no_receipt"),
                fault(BrokenStores::lowersMarks, "a_mark_only_grows_and_each_turn_has_its_own"),
                fault(
                        BrokenStores::ignoresTheHead,
                        "an_append_decided_on_another_head_learns_the_true_one_and_stores_nothing"),
                fault(
                        BrokenStores::storesWhatCameBeforeTheTooLarge,
                        "a_command_too_large_to_store_is_named_and_the_others_go_without_it"),
                fault(
                        BrokenStores::overlooksTheLastCommandId,
                        "no_command_id_with_a_receipt_exceeds_the_last"),
                fault(
                        BrokenStores::forgetsOnClosing,
                        "everything_survives_reopening_and_the_log_goes_on"),
                fault(
                        BrokenStores::worksAfterClosing,
                        "a_closed_store_refuses_everything_and_stores_nothing"),
                fault(BrokenStores::losesNul, "odd_texts_read_back_equal_also_in_receipts"),
                fault(
                        BrokenStores::answersLater,
                        "readers_see_a_receipt_neither_before_its_events_nor_after_them"),
                fault(
                        BrokenStores::showsHalves,
                        "readers_beside_the_writer_see_whole_appends_without_gaps"),
                fault(
                        BrokenRewritings::saysItReplacesAndDoesNot,
                        "a_stretch_that_was_replaced_keeps_every_place_and_says_what_was_merged"),
                fault(
                        BrokenRewritings::losesThePiecesItMerges,
                        "a_stretch_that_was_replaced_keeps_every_place_and_says_what_was_merged"),
                fault(
                        BrokenRewritings::throwsAwayWhatTheLogTellsOf,
                        "what_was_prepared_before_a_crash_is_put_in_place_when_the_log_tells_of_it"),
                fault(
                        BrokenRewritings::refusesWithoutASentence,
                        "a_store_replaces_stretches_or_refuses_with_a_sentence"),
                fault(
                        BrokenStores::neverStandsAtZero,
                        "an_empty_store_stands_at_zero_and_moves_with_the_first_append"),
                fault(
                        BrokenStores::answersWithTheOldHead,
                        "an_append_answers_with_the_new_head_and_the_store_stands_there"),
                fault(
                        BrokenStores::losesTheReceipt,
                        "receipts_and_marks_come_with_the_events_of_their_append"),
                fault(
                        BrokenStores::losesTheMark,
                        "receipts_and_marks_come_with_the_events_of_their_append"),
                fault(
                        BrokenStores::knowsNoCause,
                        "a_fact_leads_back_to_the_receipt_of_its_command"),
                fault(
                        BrokenStores::blamesTheCommandBefore,
                        "a_fact_leads_back_to_the_receipt_of_its_command"),
                fault(
                        BrokenStores::ignoresWhatHasNoEvents,
                        "an_append_without_events_keeps_the_head_and_stores_its_receipts_and_marks"),
                fault(BrokenStores::losesOneAnswer, "receipts_of_every_answer_survive_reopening"),
                fault(
                        BrokenStores::findsOnlyOneOfMany,
                        "receipts_are_found_together_and_none_that_is_not_there"),
                fault(
                        BrokenStores::storesAnotherTime,
                        "the_time_of_storing_is_cut_to_milliseconds_and_read_back_equal"),
                fault(
                        BrokenStores::cutsLongTexts,
                        "a_text_of_a_million_characters_reads_back_equal"),
                fault(
                        BrokenStores::closesOnce,
                        "closing_twice_does_nothing_more_and_keeps_the_log"),
                fault(
                        BrokenStores::takesAThousand,
                        "an_append_of_ten_thousand_events_is_stored_whole"),
                fault(
                        BrokenStores::givesOutWhatIsLost,
                        "a_fact_whose_loss_was_accepted_is_read_as_lost_ever_after"),
                fault(
                        BrokenStores::neverTellsNews,
                        "who_waits_for_news_is_told_when_there_are_some_and_not_before"),
                fault(
                        BrokenStores::tellsNewsThatAreNone,
                        "who_waits_for_news_is_told_when_there_are_some_and_not_before"),
                fault(
                        BrokenStores::keepsAnotherModel,
                        "a_model_that_was_kept_is_given_back_as_it_was_or_not_at_all"),
                fault(
                        BrokenRewritings::replacesWhenItPrepares,
                        "what_is_prepared_is_read_by_nobody_and_replaces_nothing_without_its_fact"),
                fault(
                        BrokenRewritings::saysNothingWhenItReplacesNothing,
                        "what_was_prepared_before_a_crash_is_thrown_away_when_the_log_does_not_tell_of_it"),
                fault(
                        BrokenRewritings::pointsToWhatIsGone,
                        "a_stretch_is_replaced_again_and_what_went_into_a_fact_that_is_gone_is_gone_too"),
                fault(
                        BrokenRewritings::showsAHoleWhileItReplaces,
                        "readers_beside_a_replacement_read_every_place_once"),
                fault(
                        BrokenRewritings::masksNothing,
                        "answers_of_receipts_are_replaced_and_the_command_ids_stay_answered"));
    }

    private static Arguments fault(Function<MemoryEventStore, EventStore> breaking, String seenBy) {
        return Arguments.of(seenBy, breaking);
    }

    @ParameterizedTest(name = "by {0}")
    @MethodSource("faults")
    void a_fault_is_seen(String seenBy, Function<MemoryEventStore, EventStore> breaking) {
        assertThat(run(breaking, selectMethod(Suite.class, seenBy)).failed)
                .containsExactly(seenBy + "()");
    }

    /** A promise of the kit that no fault breaks may be none. */
    @Test
    void every_test_sees_some_fault() {
        assertThat(faults().map(fault -> fault.get()[0] + "()"))
                .containsAll(run(BrokenStore::new).passed);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_store_that_does_nothing_fails_every_test(boolean boasting) {
        Results results = run(_ -> BrokenStores.doingNothing(boasting));

        assertThat(results.passed).isEmpty();
        assertThat(results.skipped).isEmpty();
        assertThat(results.failed).hasSizeGreaterThan(20);
    }

    @Test
    void a_sound_store_passes_every_test() {
        Results results = run(BrokenStore::new);

        assertThat(results.failed).isEmpty();
        assertThat(results.skipped).isEmpty();
        assertThat(results.passed).hasSizeGreaterThan(20);
    }

    private static Results run(Function<MemoryEventStore, EventStore> breaking) {
        return run(breaking, selectClass(Suite.class));
    }

    private static Results run(
            Function<MemoryEventStore, EventStore> breaking, DiscoverySelector tests) {
        Suite.breaking = breaking;
        try {
            return run(tests);
        } finally {
            Suite.breaking = BrokenStore::new;
        }
    }

    /** Runs a suite by itself. */
    static Results run(Class<?> suite) {
        return run(selectClass(suite));
    }

    private static Results run(DiscoverySelector tests) {
        var request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(tests)
                        .configurationParameter(DEACTIVATE_LISTENERS_PATTERN_PROPERTY_NAME, "*")
                        .build();
        var results = new Results();
        LauncherFactory.create().execute(request, results);
        return results;
    }

    /** The names of the tests by how they ended. */
    static final class Results implements TestExecutionListener {
        final List<String> passed = new ArrayList<>();
        final List<String> failed = new ArrayList<>();
        final List<String> skipped = new ArrayList<>();

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            skipped.add(test.getDisplayName());
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (!test.isTest()) {
                return;
            }
            switch (result.getStatus()) {
                case SUCCESSFUL -> passed.add(test.getDisplayName());
                case FAILED -> failed.add(test.getDisplayName());
                case ABORTED -> skipped.add(test.getDisplayName());
            }
        }
    }
}
