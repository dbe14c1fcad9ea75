package dev.stele.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogRewriting.Replacement;
import dev.stele.domain.port.LogVerification.Sound;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that is killed while it replaces stretches leaves the old facts or the new ones. */
class KilledCompactionTest {

    @TempDir private Path folder;

    private static Path talk(Path database) {
        try (EventStore store = Stores.open(database)) {
            Compacting.talk(store, 3, 200);
        }
        return database;
    }

    /** The moment after the word, or a little later. */
    @ParameterizedTest
    @ValueSource(strings = {"open", "prepare", "tell", "replace", "done"})
    void a_kill_at_any_step_loses_nothing_and_leaves_a_sound_log(String step) throws Exception {
        Path database = talk(folder.resolve("stele.db"));
        OrchestrationReadModel model = model(database);
        long seed = Long.getLong("stele.seed", 20_261_122);
        var random = new Random(seed);
        for (int round = 0; round < 2; round++) {
            killAt(database, step, 1 + random.nextInt(4), random.nextInt(12));

            String which = "seed %d, round %d".formatted(seed, round);
            assertThat(Stores.verify(database)).as(which).isInstanceOf(Sound.class);
            assertThat(model(database)).as(which).isEqualTo(model);
            assertThat(Stores.verify(database)).as(which).isInstanceOf(Sound.class);
        }
    }

    private static void killAt(Path database, String step, int times, int millis) throws Exception {
        Process child = Children.start(CompactingChild.class, database);
        try (BufferedReader steps = child.inputReader(UTF_8)) {
            int seen = 0;
            for (String line = steps.readLine();
                    line != null && seen < times;
                    line = steps.readLine()) {
                seen += line.equals(step) ? 1 : 0;
                if (step.equals("open")) {
                    break;
                }
            }
            child.waitFor(millis, TimeUnit.MILLISECONDS);
            child.destroyForcibly().waitFor();
        } finally {
            child.destroyForcibly();
        }
    }

    /** What the conversation amounts to; opening the store finishes what was begun. */
    private static OrchestrationReadModel model(Path database) {
        try (EventStore store = Stores.open(database)) {
            long talk = 2 + 3 * 204L;
            OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
            List<StoredEvent> facts = store.read(0, (int) talk);
            assertThat(facts).hasSize((int) talk);
            for (StoredEvent stored : facts) {
                model = dev.stele.domain.project.Projector.project(model, stored);
            }
            return model;
        }
    }

    @Test
    void what_was_told_and_not_done_is_done_at_the_next_opening_only() throws Exception {
        Path database = talk(folder.resolve("stele.db"));
        Replacement prepared;
        try (EventStore store = Stores.open(database)) {
            prepared = Compacting.prepare(store, 3, 206);
            Compacting.tell(store, prepared);
        }

        assertThat(Stores.verify(database)).isInstanceOf(Sound.class);
        try (EventStore reader = Stores.openReading(database)) {
            assertThat(reader.rewriting().from(3).replaced()).isFalse();
        }
        try (EventStore store = Stores.open(database)) {
            assertThat(store.rewriting().from(3).last()).isEqualTo(206);
            assertThat(store.rewriting().from(3).replaced()).isTrue();
        }
        assertThat(Stores.verify(database)).isInstanceOf(Sound.class);
    }
}
