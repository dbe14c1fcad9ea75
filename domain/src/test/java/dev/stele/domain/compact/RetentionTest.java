package dev.stele.domain.compact;

import static dev.stele.domain.tck.SampleTalk.PROJECT;
import static dev.stele.domain.tck.SampleTalk.THREAD;
import static dev.stele.domain.tck.SampleTalk.beginning;
import static dev.stele.domain.tck.SampleTalk.pieces;
import static dev.stele.domain.tck.SampleTalk.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.ThreadId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectDeleted;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadCreated;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadDeleted;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnCompleted;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.tck.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of threads that were deleted. */
class RetentionTest {

    private static final Instant LATER = Samples.AT.plusSeconds(60);

    private final List<OrchestrationEvent> talk = new ArrayList<>(beginning());

    RetentionTest() {
        talk.addAll(turn(1, pieces(3)));
    }

    private static Retention seen(Instant before, List<OrchestrationEvent> facts) {
        var retention = new Retention(before);
        Samples.stored(facts).forEach(retention::see);
        return retention;
    }

    private List<OrchestrationEvent> and(OrchestrationEvent end) {
        var facts = new ArrayList<>(talk);
        facts.add(end);
        return facts;
    }

    private List<OrchestrationEvent> kept(Retention retention) {
        return talk.stream().map(retention::kept).toList();
    }

    @Test
    void everything_is_kept_of_a_thread_that_is_there() {
        Retention retention = seen(LATER, talk);

        assertThat(retention.isNeeded()).isFalse();
        assertThat(kept(retention)).isEqualTo(talk);
    }

    @Test
    void of_a_deleted_thread_its_ids_and_the_ends_of_its_turns_are_kept_and_no_words() {
        Retention retention = seen(LATER, and(new ThreadDeleted(THREAD, Samples.AT)));
        List<OrchestrationEvent> kept = kept(retention);

        assertThat(retention.isNeeded()).isTrue();
        assertThat(kept)
                .filteredOn(ThreadCreated.class::isInstance)
                .containsExactly(new ThreadCreated(THREAD, PROJECT, "", "scripted", Samples.AT));
        assertThat(kept).filteredOn(TurnCompleted.class::isInstance).hasSize(1);
        assertThat(kept)
                .filteredOn(TurnStarted.class::isInstance)
                .singleElement()
                .satisfies(turn -> assertThat(((TurnStarted) turn).prompt()).isEmpty());
        assertThat(kept).filteredOn(new AbsorbedEvent(0)::equals).hasSize(3);
        assertThat(kept.toString()).doesNotContain("piece", "Go on.");
    }

    @Test
    void a_project_that_was_deleted_takes_its_threads_words_with_it() {
        assertThat(kept(seen(LATER, and(new ProjectDeleted(PROJECT, Samples.AT)))).toString())
                .doesNotContain("piece", "Go on.");
    }

    @Test
    void what_was_deleted_lately_is_kept_to_the_very_moment() {
        var deletion = new ThreadDeleted(THREAD, LATER);

        assertThat(kept(seen(LATER.minusMillis(1), and(deletion)))).isEqualTo(talk);
        assertThat(kept(seen(LATER, and(deletion)))).isNotEqualTo(talk);
    }

    @Test
    void another_thread_keeps_its_words() {
        var other = new ThreadDeleted(new ThreadId("thr-other"), Samples.AT);

        assertThat(kept(seen(LATER, and(other)))).isEqualTo(talk);
    }
}
