package dev.stele.persistence.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.port.Codec.MalformedJson;
import dev.stele.domain.tck.Samples;
import dev.stele.persistence.json.EventFormat.EventType;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class EventFormatTest {

    private final EventFormat format = new EventFormat(new JsonCodec());

    @Test
    void every_event_reads_back_equal_from_its_type_and_payload() {
        for (OrchestrationEvent event : Samples.events()) {
            byte[] payload = format.payload(event);

            assertThat(format.event(format.typeOf(event), payload)).isEqualTo(event);
        }
    }

    @Test
    void a_payload_holds_the_fields_alone() {
        var chunk = new MessageChunkReceived(new TurnId("t"), 1, "Hello");

        assertThat(format.typeOf(chunk)).isEqualTo(new EventType("MessageChunkReceived", 1));
        assertThat(new String(format.payload(chunk), UTF_8))
                .isEqualTo("{\"turnId\":\"t\",\"ordinal\":1,\"text\":\"Hello\"}");
    }

    @Test
    void the_types_are_those_of_all_events() {
        var types = new HashSet<EventType>();
        Samples.events().forEach(event -> types.add(format.typeOf(event)));

        assertThat(format.types()).containsExactlyInAnyOrderElementsOf(types);
    }

    @Test
    void a_type_or_version_of_the_future_is_not_known() {
        byte[] payload = format.payload(new MessageChunkReceived(new TurnId("t"), 1, "Hello"));

        assertThat(format.event(new EventType("MessageChunkReceived", 2), payload)).isNull();
        assertThat(format.event(new EventType("MessageSung", 1), payload)).isNull();
    }

    @Test
    void a_payload_that_is_no_such_event_is_refused() {
        assertThatThrownBy(() ->
                        format.event(
                                new EventType("ThreadSelected", 1),
                                "{\"thread\":1}".getBytes(UTF_8)))
                .isInstanceOf(MalformedJson.class)
                .hasMessage("At threadId: a value is required here.");
    }
}
