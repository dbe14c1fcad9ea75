package dev.stele.provider.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectCreated;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadCreated;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.project.Projector;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final ThreadId THREAD = new ThreadId("t");

    private OrchestrationReadModel model =
            after(
                    OrchestrationReadModel.EMPTY,
                    new ProjectCreated(new ProjectId("p"), "p", "/p", AT),
                    new ThreadCreated(THREAD, new ProjectId("p"), "t", "scripted", AT));

    private static OrchestrationReadModel after(
            OrchestrationReadModel before, OrchestrationEvent... events) {
        OrchestrationReadModel model = before;
        for (OrchestrationEvent event : events) {
            model = Projector.project(model, event);
        }
        return model;
    }

    private void turn(String id, String prompt) {
        model =
                after(
                        model,
                        new TurnStarted(
                                new TurnId(id),
                                THREAD,
                                List.of(new MessageContent.Text(prompt)),
                                AT));
    }

    private String told(String last) {
        MessageContent.Resource resource = Transcript.upTo(model, new TurnId(last));
        return resource == null || resource.text() == null ? "nothing" : resource.text();
    }

    @Test
    void a_conversation_that_has_not_begun_is_not_told() {
        assertThat(Transcript.upTo(model, null)).isNull();
    }

    @Test
    void turns_are_told_in_their_order_up_to_the_one_that_is_asked_for() {
        turn("u1", "one");
        turn("u2", "two");
        turn("u3", "three");

        assertThat(told("u2"))
                .containsSubsequence("User: one", "User: two")
                .doesNotContain("three");
    }

    @Test
    void the_oldest_words_are_left_out_when_there_are_too_many() {
        turn("u1", "the oldest");
        turn("u2", "the middle " + "x".repeat(99_990));
        turn("u3", "y".repeat(900));

        assertThat(told("u3"))
                .contains("[What was said before this is left out.]\nxxx", "yyy")
                .doesNotContain("the oldest", "the middle")
                .hasSizeLessThan(101_000);
    }
}
