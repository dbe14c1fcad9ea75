package dev.stele.persistence.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TokenUsage;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.CreateProject;
import dev.stele.domain.command.OrchestrationCommand.DeleteThread;
import dev.stele.domain.command.OrchestrationCommand.SelectThread;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectRenamed;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadSelected;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.Lanes;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.RetiredIds;
import dev.stele.domain.model.Session;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.tck.Samples;
import io.vavr.collection.HashSet;
import io.vavr.collection.TreeMap;
import io.vavr.collection.Vector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonCodecTest {

    private final JsonCodec codec = new JsonCodec();

    static List<DispatchResult> answers() {
        return List.of(
                new DispatchResult.Accepted(7, 9),
                new DispatchResult.Rejected(new DeciderError.ThreadNotFound(new ThreadId("t"))),
                new DispatchResult.Overloaded(),
                new DispatchResult.CommandIdConflict(new CommandId("cmd-1")),
                new DispatchResult.Unencodable("It is too large."),
                new DispatchResult.Unavailable("The disk is full."));
    }

    @Test
    void a_variant_begins_with_its_name_and_leaves_out_what_is_absent() {
        var error = new ProviderEvent.TurnComplete(StopReason.END_TURN, null, null, null);

        assertThat(text(error))
                .isEqualTo("{\"type\":\"TurnComplete\",\"stopReason\":\"end_turn\"}");
    }

    @Test
    void ids_are_texts_and_times_have_milliseconds() {
        assertThat(
                        text(
                                new DeleteThread(
                                        new ThreadId("thr-1"),
                                        Instant.parse("2026-03-01T09:30:00Z"))))
                .isEqualTo(
                        "{\"type\":\"DeleteThread\",\"threadId\":\"thr-1\",\"at\":\"2026-03-01T09:30:00.000Z\"}");
    }

    @Test
    void a_refusal_tells_its_message_which_reading_ignores() {
        var error = new DeciderError.ProjectNotFound(new ProjectId("prj-1"));

        assertThat(text(error))
                .isEqualTo(
                        "{\"type\":\"ProjectNotFound\",\"projectId\":\"prj-1\","
                                + "\"message\":\"There is no project prj-1.\"}");
        assertThat(codec.decode(DeciderError.class, codec.encode(error))).isEqualTo(error);
    }

    @Test
    void a_stored_event_holds_its_event() {
        var stored = new StoredEvent(3, new ThreadSelected(new ThreadId("thr-1")), Samples.AT);

        assertThat(text(stored))
                .isEqualTo(
                        "{\"sequence\":3,\"event\":{\"type\":\"ThreadSelected\",\"threadId\":\"thr-1\"},"
                                + "\"storedAt\":\"2026-03-01T09:30:00.125Z\"}");
        assertThat(codec.decode(StoredEvent.class, codec.encode(stored))).isEqualTo(stored);
    }

    @Test
    void envelopes_of_every_command_read_back_equal() {
        for (OrchestrationCommand command : Samples.commands()) {
            var envelope = new CommandEnvelope(new CommandId("cmd-1"), Samples.AT, command);

            assertThat(codec.decode(CommandEnvelope.class, codec.encode(envelope)))
                    .isEqualTo(envelope);
        }
    }

    @Test
    void receipts_of_every_answer_read_back_equal() {
        var outcomes =
                Stream.concat(
                        Stream.of(new Receipt.Outcome.Accepted(4, 6)),
                        Samples.errors().stream().map(Receipt.Outcome.Rejected::new));

        assertThat(outcomes)
                .allSatisfy(outcome -> {
                    var receipt = new Receipt(new CommandId("c"), "abc", outcome, Samples.AT);
                    assertThat(codec.decode(Receipt.Outcome.class, codec.encode(outcome)))
                            .isEqualTo(outcome);
                    assertThat(codec.decode(Receipt.class, codec.encode(receipt)))
                            .isEqualTo(receipt);
                });
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answers_to_commands_read_back_equal(DispatchResult answer) {
        assertThat(codec.decode(DispatchResult.class, codec.encode(answer))).isEqualTo(answer);
    }

    @Test
    void a_variant_is_read_as_itself_its_sub_family_or_its_family() {
        var event = new MessageChunkReceived(new TurnId("trn-1"), 2, "Hello");
        byte[] json = codec.encode(event);

        assertThat(codec.decode(MessageChunkReceived.class, json)).isEqualTo(event);
        assertThat(codec.decode(TurnEvent.class, json)).isEqualTo(event);
        assertThat(codec.decode(OrchestrationEvent.class, json)).isEqualTo(event);
    }

    @Test
    void lists_of_values_are_arrays_whatever_list_they_are() {
        var values = List.of(new SelectThread(new ThreadId("a")), new ThreadId("b"), "c", 4L, true);
        String expected = "[{\"type\":\"SelectThread\",\"threadId\":\"a\"},\"b\",\"c\",4,true]";

        assertThat(text(values)).isEqualTo(expected);
        assertThat(text(new ArrayList<>(values))).isEqualTo(expected);
        assertThat(text(Vector.ofAll(values))).isEqualTo(expected);
    }

    @Test
    void sets_of_the_model_have_one_order_whatever_way_they_came_about() {
        // "Aa" and "BB" have one hash, so that the set keeps them in the order of their coming.
        var ids = List.of(new OperationId("BB"), new OperationId("Aa"), new OperationId("C"));

        assertThat(text(retired(HashSet.ofAll(ids)))).contains("[\"Aa\",\"BB\",\"C\"]");
        assertThat(text(retired(HashSet.ofAll(ids.reversed())))).contains("[\"Aa\",\"BB\",\"C\"]");
    }

    private static RetiredIds retired(HashSet<OperationId> operations) {
        var none = RetiredIds.NONE;
        return new RetiredIds(
                none.projects(), none.threads(), none.turns(), none.checkpoints(), operations);
    }

    @Test
    void maps_by_number_are_sorted_by_number_and_maps_by_text_by_text() {
        var lanes = Lanes.EMPTY;
        for (int i = 0; i < 11; i++) {
            lanes =
                    lanes.plus(
                            new Lanes.Work.TurnWork(
                                    new Place("/work", null), new TurnId("trn-" + i)));
        }
        assertThat(text(lanes)).containsSubsequence("\"1\":", "\"2\":", "\"10\":", "\"11\":");

        var session = new Session(null, null, null, TreeMap.of("b", "[]", "a", "{}"));
        assertThat(text(session)).isEqualTo("{\"raw\":{\"a\":\"{}\",\"b\":\"[]\"}}");
    }

    @Test
    void a_large_text_survives() {
        var event = new MessageChunkReceived(new TurnId("t"), 1, "0123456789ä😀".repeat(2_500_000));

        var read = codec.decode(MessageChunkReceived.class, codec.encode(event));

        assertThat(read.equals(event)).isTrue();
    }

    @Test
    void the_fingerprint_of_a_command_ignores_the_time_that_a_door_stamped_and_nothing_else() {
        var first = new CreateProject(new ProjectId("p"), "Stele", "/work", Samples.AT);
        var later = new CreateProject(first.projectId(), "Stele", "/work", Instant.EPOCH);
        var other = new CreateProject(first.projectId(), "Stela", "/work", Samples.AT);

        assertThat(codec.fingerprint(first)).matches("[0-9a-f]{64}");
        assertThat(codec.fingerprint(later)).isEqualTo(codec.fingerprint(first));
        assertThat(codec.fingerprint(other)).isNotEqualTo(codec.fingerprint(first));
    }

    @Test
    void commands_of_different_content_have_different_fingerprints() {
        assertThat(Samples.commands()).extracting(codec::fingerprint).doesNotHaveDuplicates();
    }

    @Test
    void a_fingerprint_is_the_hash_of_the_canonical_json() {
        assertThat(codec.fingerprint(new SelectThread(new ThreadId("thr-1"))))
                .as("sha256 of {\"type\":\"SelectThread\",\"threadId\":\"thr-1\"}")
                .isEqualTo("c4938e920dc7792102adf62c65c5de607bdef4bdd95f701d6dbdf448736ebaa3");
    }

    @Test
    void what_json_cannot_hold_is_refused() {
        var cost = new TokenUsage.Cost(Double.NaN, "USD");
        var half = new ProjectRenamed(new ProjectId("p"), "a\ud83d");
        var inner = new ProjectRenamed(new ProjectId("p"), "\ude00b");

        assertThatThrownBy(() -> codec.encode(cost)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.encode(half)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.encode(inner)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void types_of_others_are_refused() {
        assertThatThrownBy(() -> codec.encode(Locale.ROOT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.util.Locale");
        assertThatThrownBy(() -> codec.encode(List.of(new Object())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.decode(Locale.class, "{}".getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String text(Object value) {
        return new String(codec.encode(value), UTF_8);
    }
}
