package dev.stele.domain.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.UnknownEvent;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectRenamed;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.model.SecretText;
import dev.stele.domain.tck.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A value without a text, and otherwise the same. */
class MaskingTest {

    private static final SecretText SECRET = new SecretText("pass-4711");

    @Test
    void a_value_without_the_text_is_the_same_value() {
        for (OrchestrationEvent event : Samples.events()) {
            assertThat(Masking.of(event, SECRET)).isSameAs(event);
        }
    }

    @Test
    void every_text_in_a_value_is_masked_however_deep() {
        var event =
                new TurnStarted(
                        new TurnId("trn-1"),
                        new ThreadId("thr-1"),
                        List.of(
                                new MessageContent.Text("Use pass-4711, or pass-4711."),
                                new MessageContent.Text("Thanks.")),
                        Samples.AT);

        assertThat(Masking.of(event, SECRET))
                .isEqualTo(
                        new TurnStarted(
                                new TurnId("trn-1"),
                                new ThreadId("thr-1"),
                                List.of(
                                        new MessageContent.Text("Use [erased], or [erased]."),
                                        new MessageContent.Text("Thanks.")),
                                Samples.AT));
    }

    @Test
    void ids_stay_since_everything_hangs_on_them() {
        var event = new ProjectRenamed(new ProjectId("pass-4711"), "My pass-4711");

        assertThat(Masking.of(event, SECRET))
                .isEqualTo(new ProjectRenamed(new ProjectId("pass-4711"), "My [erased]"));
    }

    @Test
    void what_a_newer_program_wrote_is_masked_in_its_raw_fields() {
        var event = new UnknownEvent("MessageSung", 1, "{\"words\":\"la pass-4711 la\"}");

        assertThat(Masking.of(event, SECRET))
                .isEqualTo(new UnknownEvent("MessageSung", 1, "{\"words\":\"la [erased] la\"}"));
    }
}
