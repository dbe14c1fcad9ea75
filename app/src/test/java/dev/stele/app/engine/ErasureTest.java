package dev.stele.app.engine;

import static dev.stele.domain.tck.SampleTalk.THREAD;
import static dev.stele.domain.tck.SampleTalk.beginning;
import static dev.stele.domain.tck.SampleTalk.pieces;
import static dev.stele.domain.tck.SampleTalk.turn;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.Role;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.SecretText;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.CheckpointErasure;
import dev.stele.domain.port.CheckpointErasureReport;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogAdministration;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogVerification.Sound;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.project.Projector;
import dev.stele.domain.tck.MemoryEventStore;
import dev.stele.domain.tck.Samples;
import dev.stele.persistence.PersistenceConfig;
import dev.stele.persistence.PersistenceModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leaked text is in no file of the log any more, in whatever form it came into it. */
class ErasureTest {

    private static final String WORD = "sk-live-\"Zm9v\"-4711";
    private static final SecretText SECRET = new SecretText(WORD);

    @TempDir private Path folder;

    private EventStore open() {
        return injector().getInstance(EventStore.class);
    }

    private Injector injector() {
        return Guice.createInjector(
                new PersistenceModule(PersistenceConfig.writing(folder.resolve("stele.db"))));
    }

    /** A turn that is over, and one that is not, so that its words are in the snapshot. */
    private void write() {
        try (EventStore store = open()) {
            append(store, beginning());
            append(store, turn(1, pieces(30)));
            append(store, live());
            store.snapshots().keep(model(store));
        }
    }

    private static List<OrchestrationEvent> live() {
        var id = new TurnId("trn-talk-2");
        String base64 = Base64.getEncoder().encodeToString(("\1 " + WORD + " \2").getBytes(UTF_8));
        var facts = new ArrayList<OrchestrationEvent>();
        facts.add(
                new TurnStarted(
                        id,
                        THREAD,
                        List.of(
                                new MessageContent.Text("Use " + WORD + "."),
                                new MessageContent.Image("image/png", base64, null),
                                new MessageContent.Resource("file:///k", null, null, base64)),
                        Samples.AT));
        var call =
                MessageContent.ToolCall.of(
                        "tc-1", "bash", "{\"command\":\"login sk-live-\\\"Zm9v\\\"-4711\"}");
        facts.add(new MessageAppended(id, 1, Role.ASSISTANT, call, null, Samples.AT));
        var said = new MessageContent.Text("the key is sk-li");
        facts.add(new MessageAppended(id, 2, Role.ASSISTANT, said, "msg", Samples.AT));
        for (String piece : List.of("ve-", "\"Zm9", "v\"-47", "11, hush")) {
            facts.add(new MessageChunkReceived(id, 2, piece));
        }
        return facts;
    }

    private static void append(EventStore store, List<OrchestrationEvent> facts) {
        var entry = new Append.Entry(facts, null, null);
        store.append(new Append(store.head(), Samples.AT, List.of(entry)));
    }

    private static OrchestrationReadModel model(EventStore store) {
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        for (StoredEvent stored : store.read(0, 1_000)) {
            model = Projector.project(model, stored);
        }
        return model;
    }

    private boolean isInAnyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(ErasureTest::isIn);
        }
    }

    private static boolean isIn(Path file) {
        try {
            return SECRET.isIn(new String(Files.readAllBytes(file), ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Erasure erasure(EventStore store) {
        return new Erasure(store, new NoCheckpoints(), SECRET);
    }

    /** There is no project with any. */
    private record NoCheckpoints() implements CheckpointErasure {
        @Override
        public CheckpointErasureReport find(OrchestrationReadModel model, SecretText secret) {
            return new CheckpointErasureReport(List.of());
        }

        @Override
        public CheckpointErasureReport erase(OrchestrationReadModel model, SecretText secret) {
            return new CheckpointErasureReport(List.of());
        }
    }

    @Test
    void it_is_gone_from_the_log_and_from_the_snapshot_in_every_form() throws Exception {
        write();
        assertThat(isIn(folder.resolve("stele.db.snapshot"))).isTrue();
        List<Long> found;
        try (EventStore store = open()) {
            found = erasure(store).look(LogProgress.SILENT).sequences();

            assertThat(erasure(store).erase("ada", Samples.AT, LogProgress.SILENT).sequences())
                    .isEqualTo(found);
            assertThat(erasure(store).look(LogProgress.SILENT).isEmpty()).isTrue();
            assertThat(store.snapshots().newest()).isEqualTo(model(store));
            assertThat(SECRET.isIn(store.read(0, 1_000).toString())).isFalse();
        }

        assertThat(found).containsExactly(37L, 38L, 39L, 40L, 41L, 42L, 43L);
        assertThat(isInAnyFile()).isFalse();
        LogAdministration care = injector().getInstance(LogAdministration.class);
        assertThat(care.verify(LogProgress.SILENT)).isInstanceOf(Sound.class);
        var export = new ByteArrayOutputStream();
        care.exportTo(export, LogProgress.SILENT);
        assertThat(export.toString(UTF_8)).contains("[erased]").doesNotContain("4711");
    }

    @Test
    void a_disk_without_the_room_for_it_is_told_before_anything_is_changed() {
        var memory = new MemoryEventStore();
        append(memory, beginning());
        append(memory, live());
        List<StoredEvent> before = memory.read(0, 1_000);
        var store = new SmallDisk(memory);

        assertThatThrownBy(() -> erasure(store).erase("ada", Samples.AT, LogProgress.SILENT))
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "The disk of the log has 900 bytes left, and erasing a text needs 2000 on"
                                + " the way, since the log is written once more. Nothing was"
                                + " changed; free some space, and do it again.");
        assertThat(memory.read(0, 1_000)).isEqualTo(before);
    }
}
