package dev.stele.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.StoreException;
import dev.stele.persistence.log.LogFormat;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a store is made, where, and how durable it is. */
class NewStoreTest {

    @TempDir private Path folder;

    @Test
    void a_store_is_made_with_its_folders_and_leaves_one_file_and_its_lock_behind() {
        Path database = Stores.make(folder.resolve("a/b/stele.db"), 3);

        assertThat(folder.resolve("a/b"))
                .isDirectoryContaining(file -> file.equals(database))
                .isDirectoryNotContaining(file ->
                        !file.equals(database)
                                && !file.equals(StoreFile.beside(database, ".lock")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with blank.db",
                "a?b=c.db",
                "a#b.db",
                "100%25.db",
                "späte 😀.db",
                "it's \"quoted\"; drop.db",
                "file:x.db",
                ":memory:"
            })
    void any_name_of_a_file_is_fine(String name) {
        Path database = Stores.make(folder.resolve(name), 2);

        assertThat(database).isNotEmptyFile();
        try (EventStore store = Stores.openReading(database)) {
            assertThat(Stores.all(store)).isEqualTo(Stores.events(0, 2));
        }
    }

    @Test
    void a_path_may_be_relative() {
        Path working = Path.of("").toAbsolutePath();
        Path database = Stores.make(working.relativize(folder.resolve("stele.db")), 2);

        assertThat(folder.resolve("stele.db")).isNotEmptyFile();
        Stores.make(database, 1);
    }

    @Test
    void what_is_no_file_is_refused() {
        assertThatThrownBy(() -> Stores.open(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is no file");
        assertThatThrownBy(() -> Stores.openReading(folder)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> Stores.open(Path.of("/"))).isInstanceOf(StoreException.class);
    }

    @Test
    void a_store_half_made_by_a_process_now_dead_is_made_anew() throws Exception {
        Path database = folder.resolve("stele.db");
        Files.write(StoreFile.beside(database, ".new"), new byte[] {1, 2, 3});
        Files.write(StoreFile.beside(database, ".new-wal"), new byte[] {4});

        Stores.make(database, 1);

        assertThat(StoreFile.beside(database, ".new")).doesNotExist();
        assertThat(StoreFile.beside(database, ".new-wal")).doesNotExist();
    }

    @Test
    void every_commit_is_synced() throws Exception {
        Path database = Stores.make(folder.resolve("stele.db"), 1);

        try (Connection connection = Connections.appending(database)) {
            assertThat(Connections.pragma(connection, "journal_mode")).isEqualTo("wal");
            assertThat(Connections.pragma(connection, "synchronous")).isEqualTo("2");
            assertThat(Connections.pragma(connection, "fullfsync")).isEqualTo("1");
            assertThat(Connections.pragma(connection, "foreign_keys")).isEqualTo("1");
        }
    }

    @Test
    void a_store_in_another_journal_mode_is_durable_again_when_it_is_opened() throws Exception {
        Path database = Stores.make(folder.resolve("stele.db"), 1);
        try (Connection other = DriverManager.getConnection(Connections.url(database))) {
            assertThat(Connections.pragma(other, "journal_mode = delete")).isEqualTo("delete");
        }

        try (EventStore store = Stores.open(database);
                Connection reader = Connections.reading(database)) {
            Stores.append(store, 1);
            assertThat(Connections.pragma(reader, "journal_mode")).isEqualTo("wal");
        }
    }

    @Test
    void every_store_has_an_id_of_its_own() throws Exception {
        assertThat(storeId(Stores.make(folder.resolve("one.db"), 0)))
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(storeId(Stores.make(folder.resolve("two.db"), 0)));
    }

    private static String storeId(Path database) throws Exception {
        try (Connection connection = Connections.reading(database);
                var rows = connection.createStatement().executeQuery("select store_id from meta")) {
            return rows.getString(1);
        }
    }

    @Test
    void the_form_of_the_tables_is_the_number_of_scripts_and_flyway_notes_them_in_its_own_table()
            throws Exception {
        Path database = Stores.make(folder.resolve("stele.db"), 0);

        try (Stream<Path> scripts = Files.list(scripts())) {
            assertThat(scripts).hasSize(LogFormat.TABLES);
        }
        try (Connection connection = Connections.reading(database);
                var rows =
                        connection
                                .createStatement()
                                .executeQuery("select count(*) from stele_schema_history")) {
            assertThat(rows.getInt(1)).isEqualTo(LogFormat.TABLES);
        }
    }

    @Test
    void an_embedding_programs_flyway_does_not_find_the_scripts() {
        assertThat(getClass().getResource("/db/migration")).isNull();
    }

    private Path scripts() throws URISyntaxException {
        URL folder = getClass().getResource("/dev/stele/persistence/migration");
        assertThat(folder).isNotNull();
        return Path.of(folder.toURI());
    }

    @Test
    void nothing_is_printed_by_libraries() throws Exception {
        Process child = Children.start(AppendingChild.class, folder.resolve("stele.db"), 1);

        assertThat(child.inputReader().readAllAsString()).isEqualTo("open\n1\n");
        assertThat(child.waitFor()).isZero();
    }

    @Test
    void a_streamed_delta_of_twelve_characters_takes_at_most_a_hundred_bytes() throws Exception {
        Path database = Stores.make(folder.resolve("stele.db"), 0);
        long before = Files.size(database);
        try (EventStore store = Stores.open(database)) {
            for (int head = 0; head < 3_000; head += 50) {
                SizedDeltas.append(store, head, 50);
            }
        }

        assertThat((Files.size(database) - before) / 3_000.0).isLessThanOrEqualTo(100);
    }
}
