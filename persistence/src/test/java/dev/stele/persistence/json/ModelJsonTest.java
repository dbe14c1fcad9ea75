package dev.stele.persistence.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.project.Projector;
import dev.stele.domain.tck.Samples;
import java.lang.reflect.RecordComponent;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The read model as JSON: the same bytes for the same model. */
class ModelJsonTest {

    private final JsonCodec codec = new JsonCodec();

    static List<List<OrchestrationEvent>> histories() {
        return Samples.histories();
    }

    @ParameterizedTest
    @MethodSource("histories")
    void the_model_of_a_replay_has_the_bytes_of_the_one_that_lived_through_it(
            List<OrchestrationEvent> history) {
        OrchestrationReadModel lived = OrchestrationReadModel.EMPTY;
        OrchestrationReadModel replayed = OrchestrationReadModel.EMPTY;
        for (StoredEvent stored : Samples.stored(history)) {
            lived = Projector.project(lived, stored);
            byte[] log = codec.encode(stored);
            replayed = Projector.project(replayed, codec.decode(StoredEvent.class, log));
        }

        assertThat(replayed).isEqualTo(lived);
        assertThat(codec.encode(replayed)).isEqualTo(codec.encode(lived));
    }

    @ParameterizedTest
    @MethodSource("histories")
    void a_model_reads_back_equal_at_any_place_and_goes_on_like_the_one_that_was_written(
            List<OrchestrationEvent> history) {
        OrchestrationReadModel lived = OrchestrationReadModel.EMPTY;
        OrchestrationReadModel reread = OrchestrationReadModel.EMPTY;
        for (StoredEvent stored : Samples.stored(history)) {
            lived = Projector.project(lived, stored);
            reread =
                    codec.decode(
                            OrchestrationReadModel.class,
                            codec.encode(Projector.project(reread, stored)));

            assertThat(reread).as("at %d", stored.sequence()).isEqualTo(lived);
        }
        assertThat(codec.encode(reread)).isEqualTo(codec.encode(lived));
    }

    /**
     * When this fails, the fold or the model has changed: raise the projector's version, so that no
     * snapshot of the version before is used, and let a new file be written.
     */
    @Test
    void facts_are_folded_as_the_projectors_version_says() throws Exception {
        var digests = new ArrayList<String>();
        for (List<OrchestrationEvent> history : histories()) {
            OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
            for (StoredEvent stored : Samples.stored(history)) {
                model = Projector.project(model, stored);
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(codec.encode(model));
            digests.add(HexFormat.of().formatHex(digest));
        }
        byte[] json = codec.encode(digests);

        assertThat(GoldenFiles.pretty(json))
                .isEqualTo(GoldenFiles.content("projector/version-" + Projector.VERSION, json));
    }

    @Test
    void every_part_of_the_model_is_written_under_its_name() {
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        for (StoredEvent stored : Samples.stored(Samples.histories().get(1))) {
            model = Projector.project(model, stored);
        }

        JsonNode json = new JsonMapper().readTree(codec.encode(model));

        assertThat(json.propertyNames())
                .containsExactlyElementsOf(
                        Stream.of(OrchestrationReadModel.class.getRecordComponents())
                                .map(RecordComponent::getName)
                                .toList());
        assertThat(json.at("/sequence").asLong()).isEqualTo(model.sequence());
        assertThat(json.at("/projects/prj-1/path").asString()).isEqualTo("/work/stele");
        assertThat(json.at("/threads/thr-1/status/type").asString()).isEqualTo("Idle");
        assertThat(json.at("/turns/trn-1/state/type").asString()).isEqualTo("Completed");
        assertThat(json.at("/turns/trn-1/transcript/type").asString()).isEqualTo("Past");
        assertThat(json.at("/turns/trn-1/transcript/size").asInt()).isGreaterThan(1);
        assertThat(json.at("/selected").asString()).isEqualTo("thr-1");
    }
}
