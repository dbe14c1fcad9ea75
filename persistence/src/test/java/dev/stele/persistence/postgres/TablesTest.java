package dev.stele.persistence.postgres;

import static dev.stele.persistence.generated.Tables.META;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.StoreException;
import dev.stele.persistence.generated.DefaultSchema;
import dev.stele.persistence.log.LogFormat;
import dev.stele.persistence.server.PostgresServer;
import dev.stele.persistence.sqlite.Stores;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.Field;
import org.jooq.Table;
import org.junit.jupiter.api.Test;

/** The tables in PostgreSQL, and the sessions that use them. */
class TablesTest {

    private static final PostgresServer SERVER = PostgresServer.shared();

    /** All stores' statements are written for one set of tables. */
    @Test
    void they_have_the_names_and_columns_of_those_in_sqlite_and_the_lease() throws SQLException {
        String address = SERVER.newLog();
        PostgresStores.openToWrite(address).close();

        Map<String, Set<String>> expected = new TreeMap<>();
        for (Table<?> table : DefaultSchema.DEFAULT_SCHEMA.getTables()) {
            Set<String> columns = new TreeSet<>();
            for (Field<?> field : table.fields()) {
                columns.add(field.getName() + (field.getDataType().nullable() ? "?" : ""));
            }
            if (table.equals(META)) {
                columns.addAll(List.of("lease_node?", "lease_token", "lease_until?"));
            }
            expected.put(table.getName(), columns);
        }

        assertThat(columns(PostgresStores.schema(address))).isEqualTo(expected);
        assertThat(SERVER.ask("select format from %s.meta".formatted(schema(address))))
                .isEqualTo(String.valueOf(LogFormat.TABLES));
    }

    private static String schema(String address) {
        return PostgresStores.schema(address);
    }

    private static Map<String, Set<String>> columns(String schema) throws SQLException {
        Map<String, Set<String>> tables = new TreeMap<>();
        try (Connection connection = SERVER.connect();
                ResultSet rows = connection.getMetaData().getColumns(null, schema, null, null)) {
            while (rows.next()) {
                String nullable = rows.getString("IS_NULLABLE").equals("YES") ? "?" : "";
                tables.computeIfAbsent(rows.getString("TABLE_NAME"), _ -> new TreeSet<>())
                        .add(rows.getString("COLUMN_NAME") + nullable);
            }
        }
        tables.keySet().removeIf(name -> name.equals("stele_schema_history"));
        return tables;
    }

    @Test
    void many_nodes_that_open_an_empty_place_at_once_make_it_once() throws Exception {
        String address = SERVER.newLog();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var opened = new ArrayList<Future<PostgresEventStore>>();
            for (int i = 0; i < 4; i++) {
                String node = "node-" + i;
                opened.add(
                        threads.submit(() ->
                                PostgresStores.open(address, node, PostgresStores.LONG_LEASE)));
            }
            for (Future<PostgresEventStore> store : opened) {
                assertThat(store.get().head()).isZero();
                store.get().close();
            }
        }
    }

    @Test
    void a_place_with_tables_of_other_programs_takes_a_log_beside_them() {
        String address = SERVER.newLog();
        SERVER.execute("create table %s.customer (id int)".formatted(schema(address)));

        try (EventStore store = PostgresStores.openToWrite(address)) {
            Stores.append(store, 3);
            assertThat(store.head()).isEqualTo(3);
        }
        assertThat(SERVER.ask("select count(*) from %s.customer".formatted(schema(address))))
                .isEqualTo("0");
    }

    /** Whatever is usual on the server: here nobody would wait for the disk. */
    @Test
    void a_session_that_appends_waits_for_the_disk() throws Exception {
        String address = SERVER.newLog() + "&options=-c%20synchronous_commit%3Doff";
        PostgresStores.openToWrite(address).close();
        var database = new PostgresDatabase(PostgresStores.login(address, "node"));

        try (Connection plain = database.reading();
                Connection appending = database.appending(PostgresStores.LONG_LEASE)) {
            assertThat(PostgresDatabase.setting(plain, "synchronous_commit")).isEqualTo("off");
            assertThat(PostgresDatabase.setting(appending, "synchronous_commit")).isEqualTo("on");
            assertThat(PostgresDatabase.setting(appending, "fsync")).isEqualTo("on");
        }
    }

    @Test
    void a_server_that_does_not_sync_is_refused_to_whoever_writes() throws Exception {
        try (PostgresServer careless = PostgresServer.startOwn()) {
            careless.execute("alter system set fsync = off");
            careless.stopAtOnce();
            careless.start();

            assertThatThrownBy(() -> PostgresStores.openToWrite(careless.newLog()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("fsync = off")
                    .hasMessageNotContaining(PostgresServer.PASSWORD);
        }
    }
}
