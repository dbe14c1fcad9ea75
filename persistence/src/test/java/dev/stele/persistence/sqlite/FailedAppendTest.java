package dev.stele.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.contracts.ProjectId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectRenamed;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.tck.Samples;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An append that fails leaves nothing behind, says why, and the store goes on. */
class FailedAppendTest {

    @TempDir private Path folder;

    @Test
    void a_full_disk_is_said_in_a_sentence_and_loses_nothing_that_was_acknowledged()
            throws Exception {
        Path database = folder.resolve("stele.db");
        var shell = new ArrayList<>(List.of("sh", "-c", "ulimit -f 20000; exec \"$@\"", "sh"));
        shell.addAll(Children.command(FillingChild.class, database));

        Process child =
                new ProcessBuilder(shell).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> lines =
                new String(child.getInputStream().readAllBytes(), UTF_8).lines().toList();

        assertThat(child.waitFor()).isZero();
        List<String> appended = lines.stream().filter(l -> l.startsWith("appended")).toList();
        assertThat(appended).hasSizeGreaterThan(50);
        assertThat(lines)
                .filteredOn(l -> l.startsWith("failed"))
                .hasSize(3)
                .allSatisfy(line ->
                        assertThat(line).contains(database.toString()).contains("try again"));
        assertThat(lines)
                .filteredOn(l -> l.startsWith("head"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).matches("head (\\d+) after \\1"));
        try (EventStore store = Stores.open(database)) {
            assertThat(store.head()).isEqualTo(appended.size());
            Stores.append(store, 1);
        }
        assertThat(Stores.verify(database)).isInstanceOf(LogVerification.Sound.class);
    }

    @Test
    void a_program_that_holds_the_database_is_waited_for_and_then_named() throws Exception {
        Path database = Stores.make(folder.resolve("stele.db"), 1);
        try (EventStore store = Stores.open(database);
                Connection other = DriverManager.getConnection(Connections.url(database))) {
            other.createStatement().execute("begin immediate");

            assertThatThrownBy(() -> Stores.append(store, 1))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("another program holds it")
                    .hasMessageContaining(database.toString());
            assertThat(store.head()).isEqualTo(1);

            other.createStatement().execute("rollback");
            assertThat(Stores.append(store, 1)).isEqualTo(new AppendResult.Appended(2));
        }
    }

    @Test
    void what_another_program_appended_is_seen_as_another_head() throws Exception {
        Path database = Stores.make(folder.resolve("stele.db"), 1);
        try (EventStore store = Stores.open(database)) {
            Stores.sql(
                    database,
                    "insert into event select 2, event_type, stored_at, payload, null from event");
            assertThatThrownBy(() -> Stores.append(store, 3))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("contradicts what is there");
            assertThat(store.head()).isEqualTo(1);
            assertThat(store.receipt(Stores.commandId(2))).isNull();

            Stores.sql(database, "update meta set head = 2");
            assertThat(store.append(new Append(1, Samples.AT, List.of())))
                    .isEqualTo(new AppendResult.WrongHead(2));
            assertThat(Stores.append(store, 1)).isEqualTo(new AppendResult.Appended(3));
        }
    }

    @Test
    void text_that_json_cannot_hold_is_refused_with_its_command_in_event_and_receipt() {
        var half = new ProjectRenamed(new ProjectId("prj-1"), "half \ud83d");
        var error = new DeciderError.InvalidInput("name", "half \ud83d");
        var receipt =
                new Receipt(
                        Stores.commandId(1),
                        "fingerprint",
                        new Receipt.Outcome.Rejected(error),
                        Samples.AT);
        try (EventStore store = Stores.open(folder.resolve("stele.db"))) {
            var fine = entry(List.of(Stores.chunk("fine")), null);

            assertUnencodable(store, fine, entry(List.of(half), null));
            assertUnencodable(store, fine, entry(List.of(), receipt));

            assertThat(store.append(new Append(0, Samples.AT, List.of(fine))))
                    .isEqualTo(new AppendResult.Appended(1));
            assertThat(store.receipt(Stores.commandId(1))).isNull();
        }
    }

    private static Append.Entry entry(List<OrchestrationEvent> events, @Nullable Receipt receipt) {
        return new Append.Entry(events, receipt, null);
    }

    private static void assertUnencodable(EventStore store, Append.Entry fine, Append.Entry not) {
        assertThat(store.append(new Append(0, Samples.AT, List.of(fine, not, fine))))
                .isInstanceOfSatisfying(
                        AppendResult.Unencodable.class,
                        refused -> {
                            assertThat(refused.entry()).isEqualTo(1);
                            assertThat(refused.why()).contains("surrogate");
                        });
        assertThat(store.head()).isZero();
    }
}
