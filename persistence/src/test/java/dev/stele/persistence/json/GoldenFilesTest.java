package dev.stele.persistence.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderEvent;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn;
import dev.stele.domain.tck.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The format stays what it is: each kind of value against the file that pins it. */
class GoldenFilesTest {

    record Family(String folder, Class<?> type, List<?> samples) {}

    private static final List<Family> FAMILIES =
            List.of(
                    new Family("event", OrchestrationEvent.class, Samples.events()),
                    new Family("stand-in", StandIn.class, Samples.standIns()),
                    new Family("command", OrchestrationCommand.class, Samples.commands()),
                    new Family("provider-event", ProviderEvent.class, Samples.providerEvents()),
                    new Family("message-content", MessageContent.class, Samples.contents()),
                    new Family("decider-error", DeciderError.class, Samples.errors()));

    private final JsonCodec codec = new JsonCodec();

    static Stream<Arguments> samples() {
        return FAMILIES.stream()
                .flatMap(family ->
                        named(family).entrySet().stream()
                                .map(entry ->
                                        Arguments.of(
                                                entry.getKey(), family.type(), entry.getValue())));
    }

    /**
     * The samples by the names of their files: the name of the variant, numbered from the second
     * on.
     */
    private static Map<String, Object> named(Family family) {
        var counts = new HashMap<String, Integer>();
        var named = new TreeMap<String, Object>();
        for (Object sample : family.samples()) {
            String name = Names.of(sample.getClass());
            int count = counts.merge(name, 1, Integer::sum);
            named.put(family.folder() + "/" + name + (count == 1 ? "" : "-" + count), sample);
        }
        return named;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void a_value_is_written_as_its_file_and_read_from_it(
            String file, Class<?> type, Object sample) {
        byte[] json = codec.encode(sample);
        String golden = GoldenFiles.content(file, json);

        assertThat(codec.decode(type, golden.getBytes(UTF_8))).isEqualTo(sample);
        assertThat(GoldenFiles.pretty(json)).isEqualTo(golden);
    }

    @ParameterizedTest
    @FieldSource("FAMILIES")
    void no_file_has_lost_its_sample(Family family) {
        assertThat(GoldenFiles.names(family.folder()))
                .containsExactlyInAnyOrderElementsOf(named(family).keySet());
    }

    @Test
    void the_words_of_constants_are_pinned_too() {
        var words = new ArrayList<String>();
        ReachableTypes.enums()
                .forEach(type -> {
                    for (Object constant : type.getEnumConstants()) {
                        String word = new String(codec.encode(constant), UTF_8);
                        words.add(type.getSimpleName() + " " + word.replace("\"", ""));
                    }
                });

        String golden = GoldenFiles.content("constants", codec.encode(words));

        assertThat(GoldenFiles.pretty(codec.encode(words))).isEqualTo(golden);
    }
}
