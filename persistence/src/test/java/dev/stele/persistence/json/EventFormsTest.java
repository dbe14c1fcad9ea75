package dev.stele.persistence.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.tck.Samples;
import dev.stele.persistence.json.EventFormat.EventType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Every form in which an event was ever written is read, and a new form is a new version. */
class EventFormsTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Map<String, Map<String, String>> today = EventForms.of(new JsonCodec());

    @Test
    void every_form_that_was_written_is_read() {
        byte[] json = MAPPER.writeValueAsBytes(today);
        String golden = GoldenFiles.content("event-forms", json);
        Map<String, Map<String, String>> written =
                MAPPER.readValue(golden, new TypeReference<Map<String, Map<String, String>>>() {});

        assertThat(EventForms.problems(written, today))
                .as(
                        "An event that is changed otherwise than by a field that may be absent gets"
                                + " a new version: see 'How do I change an event?' in"
                                + " docs/recipes.md.")
                .isEmpty();
        assertThat(GoldenFiles.pretty(json))
                .as("What came is written down, too: delete event-forms.json and write it anew.")
                .isEqualTo(golden);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    ThreadSelected 1, threadId, -,          ThreadSelected 1 was written in another form: threadId
                    ThreadSelected 1, threadId, String,     ThreadSelected 1 was written in another form: threadId
                    ThreadSelected 1, why,      String,     ThreadSelected 1 was written in another form: why
                    ThreadSelected 1, why,      String?,    -
                    ThreadSelected 1, threadId, ThreadId?,  -
                    MessageContent.Text, text,  -,          MessageContent.Text was written in another form: text
                    """)
    void a_new_form_without_a_new_version_is_found(
            String form, String field, String type, String problem) {
        Map<String, Map<String, String>> changed = new HashMap<>(today);
        var fields = new TreeMap<>(changed.getOrDefault(form, Map.of()));
        if (type == null) {
            fields.remove(field);
        } else {
            fields.put(field, type);
        }
        changed.put(form, fields);

        assertThat(EventForms.problems(today, changed))
                .isEqualTo(problem == null ? List.of() : List.of(problem));
    }

    @Test
    void an_earlier_form_that_nobody_reads_any_more_is_found() {
        Map<String, Map<String, String>> written = EventForms.of(PastEvents.codec());
        assertThat(written).containsKeys("MessageChunkReceived 2", "MessageChunkReceived 3");

        assertThat(EventForms.problems(written, today))
                .containsExactly(
                        "MessageChunkReceived 2 was written and is not read any more",
                        "MessageChunkReceived 3 was written and is not read any more");
        assertThat(EventForms.problems(today, written)).isEmpty();
    }

    @Test
    void every_earlier_version_has_a_file_of_its_own_that_is_read_as_an_event_of_today() {
        assertReadFromFiles(new JsonCodec(), "event-past");
    }

    @Test
    void files_of_earlier_versions_are_read_by_their_upcasters() {
        assertReadFromFiles(PastEvents.codec(), "event-past-example");
        assertThat(GoldenFiles.names("event-past-example")).hasSize(PastEvents.PAST.size());
    }

    private static void assertReadFromFiles(JsonCodec codec, String folder) {
        var format = new EventFormat(codec);
        for (Upcaster<?> old : codec.past()) {
            String file = GoldenFiles.written(folder + "/" + old.name() + "-" + old.version());
            OrchestrationEvent event =
                    format.event(new EventType(old.name(), old.version()), file.getBytes(UTF_8));

            assertThat(Samples.events()).contains(event);
            assertThat(format.typeOf(event).version()).isGreaterThan(old.version());
        }
    }

    @Test
    void the_example_of_a_past_is_one() {
        var chunk = new MessageChunkReceived(new TurnId("trn-1"), 1, ", world");
        var format = new EventFormat(PastEvents.codec());

        assertThat(
                        format.event(
                                new EventType("MessageChunkReceived", 2),
                                new EventFormat(new JsonCodec())
                                        .payload(PastEvents.inSecondForm(chunk))))
                .isEqualTo(chunk);
    }
}
