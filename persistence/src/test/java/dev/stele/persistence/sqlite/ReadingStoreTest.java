package dev.stele.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is open to read only, beside a writer or without one. */
class ReadingStoreTest {

    @TempDir private Path folder;

    @Test
    void it_sees_what_the_writer_has_committed() {
        Path database = folder.resolve("stele.db");
        try (EventStore writer = Stores.open(database);
                EventStore reader = Stores.openReading(database);
                EventStore another = Stores.openReading(database)) {
            for (int head = 3; head <= 30; head += 3) {
                Stores.append(writer, 3);

                assertThat(reader.head()).isEqualTo(head);
                assertThat(Stores.all(reader)).isEqualTo(Stores.events(0, head));
                assertThat(another.providerMark(Stores.TURN)).isEqualTo(head);
                assertThat(another.receipt(Stores.commandId(head - 2)))
                        .isEqualTo(writer.receipt(Stores.commandId(head - 2)))
                        .isNotNull();
            }
        }
    }

    @Test
    void it_works_after_the_writer_is_gone_and_a_writer_may_come() throws Exception {
        Path database = Stores.make(folder.resolve("stele.db"), 5);
        try (EventStore reader = Stores.openReading(database)) {
            assertThat(reader.head()).isEqualTo(5);

            try (EventStore writer = Stores.open(database)) {
                Stores.append(writer, 1);
                assertThat(reader.head()).isEqualTo(6);
            }
            assertThat(reader.head()).isEqualTo(6);
        }
        assertThat(Stores.verify(database)).isInstanceOf(LogVerification.Sound.class);
    }

    @Test
    void it_refuses_to_append_and_changes_nothing() throws Exception {
        Path database = Stores.make(folder.resolve("stele.db"), 5);
        byte[] before = Files.readAllBytes(database);

        try (EventStore reader = Stores.openReading(database)) {
            assertThatThrownBy(() -> Stores.append(reader, 1))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("to read only")
                    .hasMessageContaining(database.toString());
            assertThat(reader.head()).isEqualTo(5);
        }
        assertThat(Files.readAllBytes(database)).isEqualTo(before);
    }

    @Test
    void it_makes_no_store_and_no_folder() {
        Path database = folder.resolve("nowhere/stele.db");

        assertThatThrownBy(() -> Stores.openReading(database))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(database.toString())
                .hasMessageContaining("There is no store");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_closed_one_refuses_everything() {
        Path database = Stores.make(folder.resolve("stele.db"), 5);
        EventStore reader = Stores.openReading(database);
        reader.close();
        reader.close();

        assertThatThrownBy(reader::head)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> Stores.append(reader, 1)).isInstanceOf(StoreException.class);
    }
}
