package dev.stele.persistence.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.UnknownEvent;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadSelected;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.port.Codec.MalformedJson;
import dev.stele.domain.tck.Samples;
import dev.stele.persistence.json.EventFormat.EventType;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        Samples.events().stream()
                .filter(event -> !(event instanceof UnknownEvent))
                .forEach(event -> types.add(format.typeOf(event)));

        assertThat(format.types())
                .containsExactlyInAnyOrderElementsOf(types)
                .allMatch(format::knows);
    }

    @ParameterizedTest
    @CsvSource({"MessageChunkReceived, 2", "MessageSung, 1"})
    void a_type_or_version_of_the_future_is_kept_as_it_is(String name, int version) {
        byte[] payload = "{\"voice\" : \"alto\"}".getBytes(UTF_8);
        var type = new EventType(name, version);

        OrchestrationEvent event = format.event(type, payload);

        assertThat(event).isEqualTo(new UnknownEvent(name, version, "{\"voice\" : \"alto\"}"));
        assertThat(format.knows(type)).isFalse();
        assertThat(format.typeOf(event)).isEqualTo(type);
        assertThat(format.payload(event)).isEqualTo(payload);
    }

    @Test
    void what_is_known_is_not_written_as_unknown() {
        var disguised = new UnknownEvent("ThreadSelected", 1, "{}");

        assertThatThrownBy(() -> format.typeOf(disguised))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not unknown");
    }

    @Test
    void what_stands_in_for_an_event_is_not_written() {
        for (StandIn standIn : Samples.standIns()) {
            assertThatThrownBy(() -> format.typeOf(standIn))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no event that is ever stored");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{} {}", "{\n}", "no json"})
    void what_is_no_object_on_one_line_is_not_written(String fields) {
        assertThatThrownBy(() -> format.payload(new UnknownEvent("MessageSung", 1, fields)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fields_that_are_not_known_are_ignored_and_stay_in_the_log() {
        byte[] payload = "{\"threadId\":\"t\",\"why\":{\"deep\":[1]}}".getBytes(UTF_8);

        assertThat(format.event(new EventType("ThreadSelected", 1), payload))
                .isEqualTo(new ThreadSelected(new ThreadId("t")));
    }

    @Test
    void fields_that_are_not_known_are_told_by_their_paths() {
        byte[] payload =
                """
                {"turnId":"t","mood":"fine","ordinal":1,"role":"assistant","at":"2026-01-02T03:04:05Z",
                "content":{"id":"tc","type":"ToolCall","name":"bash","price":{"cents":1},
                "locations":[{"path":"a","column":1},{"path":"b","column":2}]}}\
                """
                        .getBytes(UTF_8);
        var fields = new ArrayList<String>();

        format.event(new EventType("MessageAppended", 1), payload, fields::add);

        assertThat(fields).containsExactly("mood", "content.price", "content.locations.column");
    }

    @Test
    void no_field_of_any_event_of_today_is_told_as_unknown() {
        var fields = new ArrayList<String>();

        Samples.events()
                .forEach(event ->
                        format.event(format.typeOf(event), format.payload(event), fields::add));

        assertThat(fields).isEmpty();
    }

    @Test
    void events_of_earlier_versions_become_those_of_today() {
        var grown = new EventFormat(PastEvents.codec());
        var today = new MessageChunkReceived(new TurnId("t"), 1, "Hello");

        assertThat(grown.typeOf(today)).isEqualTo(new EventType("MessageChunkReceived", 3));
        assertThat(grown.event(grown.typeOf(today), grown.payload(today))).isEqualTo(today);
        assertThat(
                        grown.event(
                                new EventType("MessageChunkReceived", 1),
                                "{\"turnId\":\"t\",\"ordinal\":1,\"text\":\"Hello\"}"
                                        .getBytes(UTF_8)))
                .isEqualTo(today);
        assertThat(
                        grown.event(
                                new EventType("MessageChunkReceived", 2),
                                "{\"turn\":\"t\",\"words\":\"Hello\"}".getBytes(UTF_8)))
                .isEqualTo(today);
        assertThat(grown.event(new EventType("MessageChunkReceived", 4), new byte[0]))
                .isInstanceOf(UnknownEvent.class);
        assertThat(grown.types()).doesNotContain(new EventType("MessageChunkReceived", 1));
    }

    @Test
    void an_earlier_version_that_is_none_is_refused_too() {
        var grown = new EventFormat(PastEvents.codec());

        assertThatThrownBy(() ->
                        grown.event(
                                new EventType("MessageChunkReceived", 2),
                                "{\"turn\":\"t\"}".getBytes(UTF_8)))
                .isInstanceOf(MalformedJson.class)
                .hasMessage("At words: a value is required here.");
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
