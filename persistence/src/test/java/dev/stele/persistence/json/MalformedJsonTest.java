package dev.stele.persistence.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.contracts.ProjectId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.CreateProject;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.port.Codec.MalformedJson;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.tck.Samples;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no value is refused with a sentence that says where and why. */
class MalformedJsonTest {

    private final JsonCodec codec = new JsonCodec();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                                        | At the top: expected an object but found nothing.
                    `  `                                      | At the top: expected an object but found nothing.
                    null                                      | At the top: expected an object but found null.
                    []                                        | At the top: expected an object but found a list.
                    "x"                                       | At the top: expected an object but found a text.
                    12.5                                      | At the top: expected an object but found the number 12.5.
                    {}                                        | At type: a name is required here: one of AbandonOperation, AcceptLogLoss,
                    {"type":7}                                | At type: expected a text but found the number 7.
                    {"type":"Nonsense"}                       | At type: 'Nonsense' is not one of AbandonOperation, AcceptLogLoss,
                    {"at":1,"type":"Nonsense"}                | At type: 'Nonsense' is not one of
                    {"type":"SelectThread"}                   | At threadId: a value is required here.
                    {"type":"SelectThread","threadId":null}   | At threadId: a value is required here.
                    {"type":"SelectThread","threadId":4}      | At threadId: expected a text but found the number 4.
                    {"type":"SelectThread","threadId":true}   | At threadId: expected a text but found true.
                    {"type":"SelectThread","threadId":"a b"}  | At threadId: an id has 1 to 100 characters
                    {"type":"SelectThread","threadId":""}     | At threadId: an id has 1 to 100 characters
                    {"type":"SelectThread","threadId":"a"} x  | At the top: this is not JSON:
                    {"type":"SelectThread","threadId":"a"}{}  | At the top: something follows the end of the value.
                    {"type":"SelectThread","threadId":"a"     | At the top: this is not JSON:
                    {"type":"SelectThread","threadId":"a      | At threadId: this is not JSON:
                    {"type":"SelectThread","threadId":}       | At the top: this is not JSON: Unexpected character ('}' (code 125)): expected a value (line 1, column 35).
                    {"type":"DeleteThread","threadId":"a","at":"yesterday"} | At at: 'yesterday' is not a time in ISO 8601,
                    {"type":"DeleteThread","threadId":"a","threadId":"b"}   | At the top: this is not JSON: Duplicate
                    {"type":"RestoreCheckpoint","restoreId":"a","checkpointId":"b","scope":"all"} | At scope: 'all' is not one of both, conversation, files.
                    """)
    void a_command_that_is_none_is_refused(String json, String message) {
        assertThatThrownBy(() -> decode(OrchestrationCommand.class, json))
                .isInstanceOf(MalformedJson.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "prompt":"Hello"                                | At command.prompt: expected a list but found a text.
                    "prompt":["Hello"]                              | At command.prompt[0]: expected an object but found a text.
                    "prompt":[null]                                 | At command.prompt[0]: expected an object but found null.
                    "prompt":[{"type":"Text","text":"a"},{"type":"Text"}] | At command.prompt[1].text: a value is required here.
                    "prompt":[{"type":"Song","text":"a"}]           | At command.prompt[0].type: 'Song' is not one of Image, Resource, ResourceLink, Text, ThinkingBlock, ToolCall, ToolResult.
                    "prompt":[{"type":"ToolCall","id":"a","locations":[{"path":"p","line":1.5}]}] | At command.prompt[0].locations[0].line: expected a whole number but found the number 1.5.
                    "prompt":[{"type":"ToolCall","id":"a","locations":[{"path":"p","line":3000000000}]}] | At command.prompt[0].locations[0].line: the number has to lie between -2147483648 and 2147483647.
                    "prompt":[{"type":"ToolCall","id":"a","locations":[{"path":"p","line":99999999999999999999999}]}] | At command.prompt[0].locations[0].line: the number has to lie between -2147483648 and 2147483647.
                    "prompt":[{"text":7,"type":"Text"}]             | At command.prompt[0].text: expected a text but found the number 7.
                    "prompt":[{"type":"Text","text":"\\u12"}]       | At command.prompt[0].text: this is not JSON:
                    """)
    void the_sentence_tells_the_way_to_the_fault(String prompt, String message) {
        String json =
                "{\"commandId\":\"c\",\"issuedAt\":\"2026-03-01T09:30:00Z\",\"command\":"
                        + "{\"type\":\"StartTurn\",\"turnId\":\"t\",\"threadId\":\"t\","
                        + prompt
                        + ",\"at\":\"2026-03-01T09:30:00Z\"}}";

        assertThatThrownBy(() -> decode(CommandEnvelope.class, json))
                .isInstanceOf(MalformedJson.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void the_name_may_stand_anywhere_in_an_object() {
        var expected = new CreateProject(new ProjectId("p"), "Stele", "/work", Samples.AT);

        assertThat(
                        decode(
                                OrchestrationCommand.class,
                                """
                                {"name":"Stele", "path":"/work", "extra":{"type":[1,{}]},
                                 "at":"2026-03-01T10:30:00.125+01:00", "type":"CreateProject",
                                 "projectId":"p"}
                                """))
                .isEqualTo(expected);
        assertThat(
                        decode(
                                        StartTurn.class,
                                        """
                                        {"ä€😀":"moves the offsets", "turnId":"t", "threadId":"t",
                                         "prompt":[{"text":"a","type":"Text"}],
                                         "at":"2026-03-01T09:30:00Z", "type":"StartTurn"}
                                        """)
                                .prompt())
                .hasToString("[Text[text=a]]");
    }

    @Test
    void a_byte_order_mark_is_read_over_and_another_encoding_is_refused() {
        String json = "{\"threadId\":\"a\",\"type\":\"SelectThread\"}";

        assertThat(decode(OrchestrationCommand.class, "\ufeff" + json)).isNotNull();
        assertThatThrownBy(() -> codec.decode(OrchestrationCommand.class, json.getBytes(UTF_16LE)))
                .isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() ->
                        codec.decode(
                                OrchestrationCommand.class,
                                new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}))
                .isInstanceOf(MalformedJson.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"type\":\"StartTurn\",\"x\":["})
    void depth_is_bounded_wherever_it_stands(String opening) {
        for (String json : new String[] {opening.repeat(100_000), opening + "[".repeat(100_000)}) {
            assertThatThrownBy(() -> decode(OrchestrationCommand.class, json))
                    .isInstanceOf(MalformedJson.class);
        }
    }

    @Test
    void half_a_pair_is_mended_by_the_value_and_does_not_reach_the_log() {
        String json = "{\"type\":\"RenameProject\",\"projectId\":\"p\",\"name\":\"a\\ud83d\"}";

        var command = decode(OrchestrationCommand.RenameProject.class, json);

        assertThat(command.name()).isEqualTo("a\ufffd");
    }

    @Test
    void any_damage_to_an_event_is_refused_or_read_as_another_event() {
        long seed = Long.getLong("stele.seed", 20_261_122);
        var random = new Random(seed);
        for (OrchestrationEvent event : Samples.events()) {
            byte[] json = codec.encode(event);
            for (int i = 0; i < 40; i++) {
                byte[] damaged = damaged(json, random);
                assertThat(outcome(damaged))
                        .as("seed %d, %s", seed, new String(damaged, UTF_8))
                        .isInstanceOfAny(OrchestrationEvent.class, MalformedJson.class);
            }
        }
    }

    private static byte[] damaged(byte[] json, Random random) {
        byte[] damaged = json.clone();
        int place = random.nextInt(damaged.length);
        return switch (random.nextInt(3)) {
            case 0 -> Arrays.copyOf(damaged, place);
            case 1 -> {
                damaged[place] = (byte) random.nextInt();
                yield damaged;
            }
            default -> {
                damaged[place] = (byte) "{}[]\",:0-\\".charAt(random.nextInt(10));
                yield damaged;
            }
        };
    }

    private Object outcome(byte[] json) {
        try {
            return codec.decode(OrchestrationEvent.class, json);
        } catch (MalformedJson e) {
            return e;
        }
    }

    private <T> T decode(Class<T> type, String json) {
        return codec.decode(type, json.getBytes(UTF_8));
    }
}
