package dev.stele.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.StoreException;
import dev.stele.persistence.PostgresConfig;
import dev.stele.persistence.PostgresConfig.Address;
import dev.stele.persistence.json.JsonCodec;
import dev.stele.persistence.server.PostgresServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that cannot be opened says why and what to do, and never a password. */
class RefusedLoginTest {

    private static final PostgresServer SERVER = PostgresServer.shared();

    private static StoreException refusal(String address) {
        return refusal(PostgresStores.login(address, "node"));
    }

    private static StoreException refusal(Login login) {
        StoreException refusal =
                catchThrowableOfType(
                        StoreException.class,
                        () -> PostgresEventStore.openToRead(login, null, new JsonCodec()).close());
        assertHidden(refusal);
        return refusal;
    }

    private static void assertHidden(Throwable refusal) {
        var text = new StringWriter();
        refusal.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).doesNotContain(PostgresServer.PASSWORD, "wr0ng");
    }

    @Test
    void a_server_that_is_not_there() {
        String address = SERVER.newLog().replace(":" + SERVER.port() + "/", ":1/");
        assertThat(refusal(address)).hasMessageContaining("cannot be reached");
    }

    @Test
    void a_wrong_password() {
        String address = SERVER.newLog().replace(PostgresServer.PASSWORD, "wr0ng-password");
        assertThat(refusal(address)).hasMessageContaining("correct user and password");
    }

    @Test
    void a_database_that_does_not_exist() {
        String address = SERVER.newLog().replace("/postgres?", "/nowhere?");
        assertThat(refusal(address)).hasMessageContaining("no database nowhere");
    }

    @Test
    void a_place_without_a_log_is_not_made_by_reading() {
        String address = SERVER.newLog();
        assertThat(refusal(address)).hasMessageContaining("There is no store");
        assertThat(refusal(address)).hasMessageContaining("There is no store");
    }

    @Test
    void a_setting_that_the_driver_does_not_know() {
        assertThat(refusal(SERVER.newLog() + "&sslmod=require"))
                .hasMessageContaining("sslmod")
                .hasMessageContaining("sslmode");
    }

    @Test
    void a_log_of_a_newer_stele_is_not_damaged() {
        String address = SERVER.newLog();
        PostgresStores.openToWrite(address).close();
        SERVER.execute("update %s.meta set format = 99".formatted(PostgresStores.schema(address)));

        assertThat(refusal(address))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessageContaining("newer Stele");
        assertThatThrownBy(() -> PostgresStores.openToWrite(address))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessageContaining("newer Stele");
    }

    @Test
    void tables_of_something_else() {
        String address = SERVER.newLog();
        SERVER.execute("create table %s.meta (id int)".formatted(PostgresStores.schema(address)));

        assertThat(refusal(address)).isInstanceOf(StoreException.Damaged.class);
    }

    @Test
    void a_user_who_may_not_write() {
        String address = SERVER.newLog();
        String schema = PostgresStores.schema(address);
        PostgresStores.openToWrite(address).close();
        SERVER.execute(
                "create role only_%1$s login password 'wr0ng-reader';".formatted(schema)
                        + "grant usage on schema %1$s to only_%1$s;".formatted(schema)
                        + "grant select on all tables in schema %1$s to only_%1$s"
                                .formatted(schema));
        String reader =
                address.replace(PostgresServer.USER + ":", "only_" + schema + ":")
                        .replace(PostgresServer.PASSWORD, "wr0ng-reader");

        try (EventStore store =
                PostgresEventStore.openToRead(
                        PostgresStores.login(reader, "node"), null, new JsonCodec())) {
            assertThat(store.head()).isZero();
        }
        try (PostgresEventStore store =
                PostgresStores.open(reader, "node", PostgresStores.LONG_LEASE)) {
            assertThatThrownBy(() -> PostgresStores.takeLease(store))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("may not write")
                    .satisfies(RefusedLoginTest::assertHidden);
        }
    }

    /** Whatever a driver says: this one repeats the password in a cause of its cause. */
    @Test
    void what_the_driver_says_is_told_without_the_password() {
        Login login = new Login("host", "base", "user", PostgresServer.PASSWORD, Map.of(), "node");
        var cause = new IllegalStateException("no " + PostgresServer.PASSWORD);
        var said = new SQLException("bad " + PostgresServer.PASSWORD, "08001", cause);

        assertHidden(Failures.of(login, said));
        assertThat(Failures.of(login, said)).hasMessageContaining("bad ***");
        assertThat(login.toString()).doesNotContain(PostgresServer.PASSWORD);
        assertThat(login.url()).doesNotContain(PostgresServer.PASSWORD);
    }

    @Test
    void an_address_is_read_in_all_its_parts_and_printed_without_secrets() {
        Address address =
                Address.parse(
                        "postgres://us%40er:p@ss:w%2Frd@one:5433,[::1]/my%20logs"
                                + "?sslmode=require&currentSchema=stele");

        assertThat(address)
                .isEqualTo(
                        new Address(
                                "one:5433,[::1]",
                                "my logs",
                                "us@er",
                                "p@ss:w/rd",
                                Map.of("sslmode", "require", "currentSchema", "stele")));
        assertThat(address).hasToString("postgresql://one:5433,[::1]/my logs");
        assertThat(PostgresConfig.reading(address, null).toString())
                .doesNotContain("w/rd", "us@er");
        assertThat(Address.parse("postgresql://host/base"))
                .isEqualTo(new Address("host", "base", null, null, Map.of()));
        assertThat(Address.parse("postgresql://host/base?user=u&password=p%2Bq"))
                .isEqualTo(new Address("host", "base", "u", "p+q", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "stele.db",
                "mysql://u:s3cret@host/base",
                "postgresql://u:s3cret@host",
                "postgresql://u:s3cret@host/",
                "postgresql://u:s3cret@/base",
                "postgresql://u:s3/cret@host/base",
                "postgresql://u:12/s3cret@host/base",
                "postgresql://u:s3cret@host:port/base",
                "postgresql://u:s3cret@ho st/base",
                "postgresql://u:s3cret%@host/base",
                "postgresql://u:s3cret@host/base?sslmode",
                "postgresql://u:s3cret?@host/base"
            })
    void an_address_that_is_none_is_refused_without_repeating_it(String url) {
        assertThatThrownBy(() -> Address.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("postgresql://user:password@host:5432/database")
                .hasMessageNotContaining("s3")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://x, true",
        "postgres://x, true",
        "jdbc:postgresql://x, false",
        "/home/stele.db, false",
        "POSTGRESQL, false"
    })
    void what_is_meant_to_be_an_address_is_known_by_its_beginning(String text, boolean meant) {
        assertThat(Address.isMeantBy(text)).isEqualTo(meant);
    }
}
