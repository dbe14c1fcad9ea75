package dev.stele.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is acknowledged was handed to the disk: not claimed, but done. */
class SyncedCommitTest {

    @TempDir private Path folder;
    private Path database = Path.of("");

    @BeforeEach
    void makeStore() {
        database = Stores.make(folder.resolve("stele.db"), 1);
    }

    @Test
    void every_append_is_synced_before_it_is_acknowledged() throws Exception {
        try (EventStore store = Stores.open(database);
                var syncs = new Syncs()) {
            Stores.append(store, 1); // begins the write-ahead log, which takes syncs of its own
            for (int i = 0; i < 20; i++) {
                int before = syncs.count();
                Stores.append(store, 1 + i % 3);
                assertThat(syncs.count()).as("append %d", i).isEqualTo(before + 1);
            }
        }
    }

    @Test
    void commands_that_arrive_together_share_one_sync() throws Exception {
        try (EventStore store = Stores.open(database);
                var syncs = new Syncs()) {
            Stores.append(store, 1);
            int before = syncs.count();

            SizedDeltas.append(store, store.head(), 50);

            assertThat(syncs.count()).isEqualTo(before + 1);
        }
    }

    @Test
    void answers_without_facts_are_synced_too() throws Exception {
        try (EventStore store = Stores.open(database);
                var syncs = new Syncs()) {
            Stores.append(store, 1);
            int before = syncs.count();

            Stores.append(store, 0);

            assertThat(syncs.count()).isEqualTo(before + 1);
        }
    }

    @Test
    void a_commit_that_is_not_synced_would_be_seen() throws Exception {
        try (Connection connection = Connections.appending(database);
                Statement statement = connection.createStatement();
                var syncs = new Syncs()) {
            statement.execute("update meta set head = head");
            statement.execute("pragma synchronous = normal");
            int before = syncs.count();

            statement.execute("update meta set head = head");

            assertThat(syncs.count()).isEqualTo(before);
        }
    }

    @Test
    void a_sync_that_fails_is_told_and_nothing_is_acknowledged_or_stored() throws Exception {
        try (EventStore store = Stores.open(database);
                var syncs = new Syncs()) {
            Stores.append(store, 1);
            syncs.fail(true);

            assertThatThrownBy(() -> Stores.append(store, 2))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("the disk fails");

            syncs.fail(false);
            assertThat(store.head()).isEqualTo(2);
            assertThat(store.receipt(Stores.commandId(3))).isNull();
            assertThat(Stores.append(store, 1)).isEqualTo(new AppendResult.Appended(3));
        }
        assertThat(Stores.verify(database)).isInstanceOf(LogVerification.Sound.class);
    }
}
