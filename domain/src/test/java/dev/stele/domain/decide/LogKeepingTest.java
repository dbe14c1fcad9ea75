package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.LogUnreadable;
import dev.stele.domain.command.DeciderError.NothingLost;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.*;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.*;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.UnreadableEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.project.Projector;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogKeepingTest {

    private static final OrchestrationEvent LOST = new UnreadableEvent("Its payload is no JSON.");

    /** A log that has lost the facts at 2 and at 4. */
    private static Spec twoLost() {
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        List<OrchestrationEvent> made = Spec.given().when(createProject()).events();
        List<OrchestrationEvent> log = List.of(made.getFirst(), LOST, made.getFirst(), LOST);
        for (OrchestrationEvent event : log) {
            model = Projector.project(model, new StoredEvent(model.sequence() + 1, event, AT));
        }
        return new Spec(model);
    }

    @Test
    void what_can_be_read_is_in_the_model_and_what_cannot_is_named_by_its_place() {
        OrchestrationReadModel model = twoLost().model();

        assertThat(model.project(PROJECT)).isNotNull();
        assertThat(model.log().isReadable()).isFalse();
        assertThat(model.log().unreadable().toJavaMap())
                .containsOnlyKeys(2L, 4L)
                .containsValue("Its payload is no JSON.");
    }

    @Test
    void a_log_that_cannot_be_read_takes_nothing_in() {
        twoLost().when(createThread(THREAD)).thenRejected(new LogUnreadable(2, 2));
        twoLost().and(acceptLoss(2L)).when(deleteProject()).thenRejected(new LogUnreadable(4, 1));
    }

    @Test
    void a_loss_that_is_accepted_is_a_fact_that_names_who() {
        twoLost()
                .when(new AcceptLogLoss(List.of(4L, 2L, 4L), "ada", AT))
                .then(new LogLossAccepted(List.of(2L, 4L), "ada", AT))
                .when(createThread(THREAD))
                .thenState();
    }

    @Test
    void only_what_is_lost_can_be_accepted() {
        twoLost().when(acceptLoss(2L, 3L)).thenRejected(new NothingLost(3));
        twoLost().and(acceptLoss(2L)).when(acceptLoss(2L)).thenRejected(new NothingLost(2));
        idle().when(acceptLoss(1L)).thenRejected(new NothingLost(1));
    }

    @Test
    void an_acceptance_says_of_what_and_by_whom() {
        twoLost().when(acceptLoss()).thenRejected(new InvalidInput("sequences", "it is empty."));
        twoLost()
                .when(new AcceptLogLoss(List.of(2L), " ", AT))
                .thenRejected(new InvalidInput("by", "it is blank."));
    }

    @Test
    void a_refusal_counts_what_is_lost() {
        assertThat(new LogUnreadable(7, 1).message()).contains("1 fact of it");
        assertThat(new LogUnreadable(7, 2).message()).contains("2 facts of it");
    }

    private static Spec atNine() {
        return new Spec(idle().model().atSequence(9));
    }

    @Test
    void a_stretch_that_is_replaced_is_named_with_the_digest_of_what_takes_its_place() {
        atNine().when(new CompactLog(2, 9, DIGEST, AT)).then(new LogCompacted(2, 9, DIGEST, AT));
        atNine().when(new EraseText(3, 3, DIGEST, 1, "ada", AT))
                .then(new TextErased(3, 3, DIGEST, 1, "ada", AT));
    }

    @Test
    void only_a_stretch_of_the_log_can_be_replaced() {
        var noStretch = new InvalidInput("last", "the log has no such stretch.");

        atNine().when(new CompactLog(1, 10, DIGEST, AT)).thenRejected(noStretch);
        atNine().when(new CompactLog(5, 4, DIGEST, AT)).thenRejected(noStretch);
        atNine().when(new EraseText(5, 4, DIGEST, 1, "ada", AT)).thenRejected(noStretch);
        atNine().when(new CompactLog(0, 4, DIGEST, AT))
                .thenRejected(new InvalidInput("first", "it is below 1."));
    }

    @Test
    void a_replacement_is_vouched_for_by_a_whole_digest() {
        var noDigest = new InvalidInput("digest", "it is no SHA-256 in hexadecimal.");

        atNine().when(new CompactLog(1, 2, DIGEST.substring(1), AT)).thenRejected(noDigest);
        atNine().when(new CompactLog(1, 2, "A" + DIGEST.substring(1), AT)).thenRejected(noDigest);
    }

    @Test
    void an_erasure_says_of_how_many_facts_and_by_whom() {
        atNine().when(new EraseText(1, 2, DIGEST, 0, "ada", AT))
                .thenRejected(new InvalidInput("facts", "it is below 1."));
        atNine().when(new EraseText(1, 2, DIGEST, 1, " ", AT))
                .thenRejected(new InvalidInput("by", "it is blank."));
    }
}
