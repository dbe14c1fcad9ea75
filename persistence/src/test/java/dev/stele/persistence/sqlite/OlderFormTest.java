package dev.stele.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.UnknownEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogVerification.Broken;
import dev.stele.domain.port.LogVerification.Sound;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.tck.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Stores as older programs left them, one file for each form that the tables ever had. Each begins
 * with a hundred pieces of text, holds some of every other kind of event, and ends with a piece.
 */
class OlderFormTest {

    private static final int EVENTS = 179;

    @TempDir private Path folder;
    private Path database = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        database = unpacked("form-1");
    }

    private Path unpacked(String name) throws IOException {
        Path file = folder.resolve(name + ".db");
        String resource = "/stores/" + name + ".db.gz";
        try (InputStream packed = OlderFormTest.class.getResourceAsStream(resource);
                InputStream unpacked = new GZIPInputStream(packed)) {
            Files.copy(unpacked, file);
        }
        return file;
    }

    @Test
    void a_store_of_the_first_form_is_brought_up_to_date_when_it_is_opened_to_write() {
        try (EventStore store = Stores.open(database)) {
            assertThat(store.read(0, 1000)).hasSize(EVENTS);
            assertThat(store.read(0, 100))
                    .extracting(StoredEvent::event)
                    .isEqualTo(Stores.events(0, 100));
            assertThat(store.receipt(Stores.commandId(1))).isNotNull();
            assertThat(store.providerMark(Stores.TURN)).isEqualTo(EVENTS);
            Stores.append(store, 100);
        }

        assertThat(Stores.verify(database))
                .isInstanceOfSatisfying(
                        Sound.class,
                        sound -> assertThat(sound.head().sequence()).isEqualTo(EVENTS + 100));
        Stores.make(database, 1);
    }

    @Test
    void every_event_that_was_written_then_is_known_today() {
        try (EventStore store = Stores.open(database)) {
            List<OrchestrationEvent> events = Stores.all(store).subList(100, EVENTS - 1);

            assertThat(events).hasSize(78).noneMatch(UnknownEvent.class::isInstance);
            assertThat(Samples.events()).containsAll(events);
        }
    }

    /** Nobody writes this file anew: what changes the form of an event has to read it as it is. */
    @Test
    void every_event_in_a_store_of_the_third_form_is_known_today() throws IOException {
        Path third = unpacked("form-3");
        try (EventStore store = Stores.openReading(third)) {
            List<OrchestrationEvent> events = Stores.all(store);

            assertThat(events).hasSize(188);
            assertThat(Samples.events()).containsAll(events.subList(100, 187));
        }
        assertThat(Stores.verify(third)).isInstanceOf(Sound.class);
        assertThat(Stores.administration(third).stats().unknown().events()).isEqualTo(1);
    }

    @Test
    void a_store_of_an_older_form_is_not_changed_by_those_who_only_read() {
        assertThatThrownBy(() -> Stores.openReading(database))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Open it once to write");
        assertThatThrownBy(() -> Stores.verify(database)).isInstanceOf(StoreException.class);
    }

    @ParameterizedTest
    @CsvSource({"5, 128", "100, 128", "130, 180", "180, 180", "200, 200"})
    void events_from_before_row_checks_are_named_by_the_next_seal_and_newer_ones_exactly(
            int changed, int named) throws Exception {
        try (EventStore store = Stores.open(database)) {
            Stores.append(store, 100);
        }

        Stores.sql(database, "update event set stored_at = 5 where sequence = " + changed);

        assertThat(Stores.verify(database))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.sequence()).isEqualTo(named));
    }
}
