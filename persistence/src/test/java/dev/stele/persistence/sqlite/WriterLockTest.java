package dev.stele.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.StoreException.Locked;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store has one writer, which whoever comes second is told of. */
class WriterLockTest {

    @TempDir private Path folder;
    private Path database = Path.of("");

    @BeforeEach
    void nameStore() {
        database = folder.resolve("stele.db");
    }

    @Test
    void a_second_writer_in_the_same_process_is_refused_and_the_first_works_on() {
        try (EventStore first = Stores.open(database)) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> Stores.open(database))
                        .isInstanceOf(Locked.class)
                        .hasMessageContaining(database.toString())
                        .hasMessageContaining("pid: " + ProcessHandle.current().pid());
            }
            Stores.append(first, 2);
            assertThat(first.head()).isEqualTo(2);
        }
        Stores.make(database, 1);
    }

    @Test
    void a_second_process_is_refused_with_the_name_of_the_first_and_comes_in_after_its_death()
            throws Exception {
        Process first = Children.start(AppendingChild.class, database, Integer.MAX_VALUE);
        try (BufferedReader acknowledgements = first.inputReader(UTF_8)) {
            assertThat(acknowledgements.readLine()).isEqualTo("open");

            assertThatThrownBy(() -> Stores.open(database))
                    .isInstanceOf(Locked.class)
                    .hasMessageContainingAll(
                            database.toString(),
                            "pid: " + first.pid(),
                            "program: " + AppendingChild.class.getName(),
                            "writing since: ",
                            "to read only");
        } finally {
            first.destroyForcibly().waitFor();
        }
        assertThat(StoreFile.beside(database, ".lock"))
                .as("the file of the dead is still there")
                .content()
                .contains("pid: " + first.pid());

        Stores.make(database, 1);
    }

    @Test
    void this_process_keeps_others_out_also_after_it_refused_a_second_writer_of_its_own()
            throws Exception {
        try (EventStore first = Stores.open(database)) {
            assertThatThrownBy(() -> Stores.open(database)).isInstanceOf(Locked.class);
            Stores.openReading(database).close();

            Process second =
                    new ProcessBuilder(Children.command(AppendingChild.class, database, 1))
                            .redirectErrorStream(true)
                            .start();
            assertThat(new String(second.getInputStream().readAllBytes(), UTF_8))
                    .contains("StoreException$Locked")
                    .contains("pid: " + ProcessHandle.current().pid());
            assertThat(second.waitFor()).isNotZero();
            assertThat(first.head()).isZero();
        }
    }

    @Test
    void another_way_to_the_same_file_is_the_same_store() throws Exception {
        Stores.make(database, 1);
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), database);
        Path folderLink = Files.createSymbolicLink(folder.resolve("here"), folder);

        try (EventStore first = Stores.open(link)) {
            assertThatThrownBy(() -> Stores.open(database)).isInstanceOf(Locked.class);
            assertThatThrownBy(() -> Stores.open(folderLink.resolve("stele.db")))
                    .isInstanceOf(Locked.class);
            assertThatThrownBy(() -> Stores.open(folder.resolve("x/../stele.db")))
                    .isInstanceOf(StoreException.class);
            assertThat(first.head()).isEqualTo(1);
        }
    }

    @Test
    void stores_beside_each_other_have_a_writer_each() {
        try (EventStore one = Stores.open(database);
                EventStore other = Stores.open(folder.resolve("other.db"))) {
            Stores.append(one, 1);
            Stores.append(other, 2);

            assertThat(one.head()).isEqualTo(1);
            assertThat(other.head()).isEqualTo(2);
        }
    }

    @Test
    void whoever_cannot_open_the_store_gives_the_right_back() throws Exception {
        Files.write(database, new byte[0]);
        assertThatThrownBy(() -> Stores.open(database)).isInstanceOf(StoreException.Damaged.class);
        Files.delete(database);

        Stores.make(database, 1);
    }

    @Test
    void the_lock_file_is_empty_when_nobody_writes() {
        Stores.make(database, 1);

        assertThat(StoreFile.beside(database, ".lock")).isEmptyFile();
    }

    @Test
    void a_folder_where_no_lock_file_can_be_made_is_named() throws Exception {
        Files.createDirectory(StoreFile.beside(database, ".lock"));

        assertThatThrownBy(() -> Stores.open(database))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("lock file")
                .hasMessageContaining(database.toString());
        assertThat(database).doesNotExist();
    }
}
