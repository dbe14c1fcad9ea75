package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ProviderEvent.*;
import dev.stele.contracts.TokenUsage;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError.*;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.*;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.model.Session;
import io.vavr.collection.TreeMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which turn an agent's report belongs to, and the reports that are no words, calls or ends. */
class ProviderEventsTest {

    private static final TurnId UNKNOWN = new TurnId("nobody");
    private static final List<PlanEntry> PLAN = List.of(new PlanEntry("look", "pending", null));

    static List<ProviderEvent> speech() {
        return DrainingTest.speech();
    }

    private static TokenUsage used(@Nullable Long input, @Nullable Long output) {
        return new TokenUsage(input, output, null, null, null, null, null, null, null);
    }

    @ParameterizedTest
    @MethodSource("speech")
    void speech_needs_the_thread_and_one_of_its_turns(ProviderEvent event) {
        Spec two = running().and(createThread(SECOND_THREAD), start(SECOND_TURN, SECOND_THREAD));

        Spec.given().when(says(event)).thenRejected(new ThreadNotFound(THREAD));
        two.when(says(UNKNOWN, event)).thenRejected(new TurnNotFound(THREAD, UNKNOWN));
        two.when(says(SECOND_TURN, event)).thenRejected(new TurnNotFound(THREAD, SECOND_TURN));
        two.when(says(null, event))
                .thenRejected(new InvalidInput("turnId", "such an event belongs to a turn."));
    }

    static List<ProviderEvent> news() {
        return List.of(
                new SessionUpdate("s1", null, null, null, null),
                new UsageUpdate(used(1L, null)),
                new Notice("odd", "{}"));
    }

    @ParameterizedTest
    @MethodSource("news")
    void news_needs_the_thread_alone(ProviderEvent event) {
        Spec.given().when(says(null, event)).thenRejected(new ThreadNotFound(THREAD));
        for (TurnId turn : new @Nullable TurnId[] {null, UNKNOWN, TURN}) {
            assertThat(idle().when(says(turn, event)).events()).hasSize(1);
            assertThat(afterATurn().when(says(turn, event)).events()).hasSize(1);
        }
    }

    @Test
    void news_of_the_session_lies_over_what_was_known() {
        Spec first = idle().and(says(null, new SessionUpdate("s1", "Title", null, "modes", "{1}")));

        Spec after =
                first.when(says(null, new SessionUpdate(null, "New", "code", "commands", "{2}")))
                        .then(new SessionUpdated(THREAD, null, "New", "code", "commands", "{2}"));

        assertThat(after.model().threads().get(THREAD).get().session())
                .isEqualTo(
                        new Session(
                                "s1",
                                "New",
                                "code",
                                TreeMap.of("modes", "{1}", "commands", "{2}")));
    }

    @Test
    void usage_counts_for_the_thread_and_for_its_turn() {
        Spec after =
                running()
                        .and(says(null, new UsageUpdate(used(1L, 2L))))
                        .when(says(new UsageUpdate(used(3L, null))))
                        .then(new UsageUpdated(THREAD, TURN, used(3L, null)));

        assertThat(after.model().threads().get(THREAD).get().usage()).isEqualTo(used(3L, 2L));
        assertThat(after.turn(TURN).usage()).isEqualTo(used(3L, null));
    }

    @Test
    void news_of_a_foreign_turn_counts_for_the_thread_alone() {
        Spec two = running().and(createThread(SECOND_THREAD), start(SECOND_TURN, SECOND_THREAD));

        two.when(says(SECOND_TURN, new UsageUpdate(used(3L, null))))
                .then(new UsageUpdated(THREAD, null, used(3L, null)));
        two.when(says(SECOND_TURN, new Notice("odd", "{}")))
                .then(new NoticeRecorded(THREAD, null, "odd", "{}"));
    }

    @Test
    void what_nobody_knows_is_kept_as_it_came() {
        running()
                .when(says(new Notice("x_new_kind", "{\"a\": [1 ,2]}")))
                .then(new NoticeRecorded(THREAD, TURN, "x_new_kind", "{\"a\": [1 ,2]}"));
    }

    @Test
    void a_plan_replaces_the_one_before_it() {
        Spec after =
                running()
                        .and(says(new PlanUpdate(List.of(new PlanEntry("old", "done", "high")))))
                        .when(says(new PlanUpdate(PLAN)))
                        .then(new PlanUpdated(TURN, PLAN));

        assertThat(after.said(TURN).plan()).isEqualTo(PLAN);
    }

    @Test
    void a_retry_is_told() {
        running().when(says(new Retrying("in 5 s"))).then(new RetryReported(TURN, "in 5 s"));
    }
}
