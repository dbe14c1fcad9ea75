package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.Stele;
import dev.stele.app.cli.Cli.Outcome;
import dev.stele.app.config.SharedLog;
import dev.stele.app.config.SteleHome;
import dev.stele.app.engine.NodeRole;
import dev.stele.persistence.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log in a database, as a user has it: named by an option, used by every command. */
@Timeout(600)
class SharedLogTest {

    @TempDir Path place;

    @Test
    void a_turn_is_kept_in_a_database_looked_at_proved_and_carried_into_a_file() throws Exception {
        String address = PostgresServer.shared().newLog();
        var stele = new Cli(homeWithALongLease("home").root());
        Path script =
                Files.writeString(place.resolve("script"), "{\"steps\": [{\"say\": \"Hm.\"}]}");
        Path project = GitFixture.create(place.resolve("project")).directory();

        Outcome nothing = stele.run("--store", address, "log", "head");
        Outcome turn =
                stele.run(
                        "--store",
                        address,
                        "run",
                        "--project",
                        project.toString(),
                        "--agent",
                        "scripted:" + script,
                        "Say something.");
        Outcome threads = stele.run("threads", "--store", address);
        Outcome verified = stele.run("log", "verify", "--model", "--store", address);
        Outcome export =
                stele.run("--store", address, "log", "export", place.resolve("log").toString());
        Outcome imported =
                new Cli(place.resolve("other"))
                        .run("log", "import", place.resolve("log").toString());

        assertThat(nothing.code()).as(nothing.screen()).isEqualTo(4);
        assertThat(nothing.err()).contains("There is no store postgresql://127.0.0.1:");
        assertThat(turn.code()).as(turn.screen()).isZero();
        assertThat(threads.out()).contains("Say something.");
        assertThat(verified.code()).as(verified.screen()).isZero();
        assertThat(verified.out()).contains("sound: ", "model: ");
        assertThat(imported.code()).as(imported.screen()).isZero();
        assertThat(verified.out()).contains(imported.out().strip());
        assertThat(place.resolve("home").resolve("stele.db")).doesNotExist();
        for (Outcome outcome : new Outcome[] {nothing, turn, threads, verified, export}) {
            assertThat(outcome.screen()).doesNotContain(PostgresServer.PASSWORD);
        }
    }

    @Test
    void where_another_node_writes_a_turn_is_refused_with_its_name_and_looking_goes_on()
            throws Exception {
        String address = PostgresServer.shared().newLog();
        var stele = new Cli(place.resolve("home"));
        Path project = GitFixture.create(place.resolve("project")).directory();
        try (Stele writer =
                Stele.builder()
                        .home(homeWithALongLease("writer"))
                        .store(SharedLog.at(address, "the-writer"))
                        .open()) {
            writer.project(project);

            Outcome turn =
                    stele.run("--store", address, "run", "--project", project.toString(), "Go on.");
            Outcome threads = stele.run("--store", address, "threads");

            assertThat(turn.code()).as(turn.screen()).isEqualTo(4);
            assertThat(turn.err()).contains("the-writer").doesNotContain("\tat ");
            assertThat(turn.screen()).doesNotContain(PostgresServer.PASSWORD);
            assertThat(threads.code()).as(threads.screen()).isZero();
            assertThat(writer.model().threads().isEmpty()).isTrue();
            assertThat(writer.role()).isInstanceOf(NodeRole.Writing.class);
        }
    }

    /** On a machine that has too much to do, a node is not to lose its lease. */
    private SteleHome homeWithALongLease(String name) throws IOException {
        SteleHome home = new SteleHome(place.resolve(name)).create();
        Files.writeString(home.configuration(), "{\"leaseSeconds\": 120}");
        return home;
    }

    @Test
    void an_address_that_is_none_is_refused_without_repeating_it() throws Exception {
        Outcome outcome =
                new Cli(place.resolve("home"))
                        .run("--store", "postgresql://u:s3cret@host", "threads");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("names no database").doesNotContain("s3cret");
    }
}
