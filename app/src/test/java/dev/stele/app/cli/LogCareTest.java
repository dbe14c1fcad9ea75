package dev.stele.app.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.cli.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The care of a log, as a user does it: also beside a writer, and for a log that does not open. */
class LogCareTest {

    @TempDir Path place;
    private Cli stele = new Cli(Path.of("."));
    private Cli other = new Cli(Path.of("."));

    @BeforeEach
    void two_homes() {
        stele = new Cli(place.resolve("home"));
        other = new Cli(place.resolve("other"));
    }

    private String at(String name) {
        return place.resolve(name).toString();
    }

    /** An agent that works until it is told to stop. */
    private Cli.Running working() throws Exception {
        Path script =
                Files.writeString(
                        place.resolve("script"),
                        "{\"steps\": [{\"say\": \"I wait.\"}, {\"waitForCancel\": true}]}");
        Path project = GitFixture.create(place.resolve("project")).directory();
        String agent = "scripted:" + script;
        Cli.Running run =
                stele.start("", "run", "--project", project.toString(), "--agent", agent, "Wait!");
        run.awaitScreen(screen -> screen.contains("I wait."));
        return run;
    }

    @Test
    void beside_a_writer_a_log_is_copied_carried_elsewhere_and_proved_there() throws Exception {
        Cli.Running writer = working();

        Cli.Running backingUp = stele.start("", "log", "backup", at("backup.db"), "--json");
        Cli.Running exporting = stele.start("", "log", "export", at("export.jsonl"));
        String head = stele.run("log", "head").out().strip();
        Outcome stats = stele.run("log", "stats");
        Outcome backup = backingUp.await();
        Outcome export = exporting.await();
        writer.signal("INT");
        assertThat(writer.await().code()).isEqualTo(130);

        assertThat(head).matches("[1-9][0-9]*-[0-9a-f]{64}");
        assertThat(backup.code()).as(backup.screen()).isZero();
        assertThat(backup.out()).contains("\"head\":\"" + head + "\"");
        assertThat(export.code()).as(export.screen()).isZero();
        assertThat(stats.out()).contains("head       " + head, "TurnStarted");
        imported_log_is_the_expected_one(head);
        a_changed_byte_is_found(head);
    }

    private void imported_log_is_the_expected_one(String head) throws Exception {
        Outcome imported = other.run("log", "import", at("export.jsonl"));
        Outcome verified = other.run("log", "verify", "--expect", head, "--model");

        assertThat(imported.code()).as(imported.screen()).isZero();
        assertThat(imported.out().strip()).isEqualTo(head);
        assertThat(verified.code()).as(verified.screen()).isZero();
        assertThat(verified.out()).contains("sound: ", "expected: ", "model: ");
    }

    private void a_changed_byte_is_found(String head) throws Exception {
        String backup = Files.readString(place.resolve("backup.db"), ISO_8859_1);
        Files.writeString(
                other.home().resolve("stele.db"), backup.replace("Wait!", "Work!"), ISO_8859_1);

        Outcome verified = other.run("log", "verify");
        Outcome export = other.run("log", "export", at("damaged.jsonl"));

        assertThat(verified.code()).as(verified.screen()).isEqualTo(6);
        assertThat(verified.out()).containsPattern("^damaged at [1-9][0-9]*: the event ");
        assertThat(other.run("log", "head").out().strip()).isEqualTo(head);
        assertThat(export.code()).isEqualTo(6);
        assertThat(place.resolve("damaged.jsonl")).doesNotExist();
    }

    @Test
    void where_there_is_no_log_none_is_made() throws Exception {
        Outcome outcome = stele.run("log", "verify");

        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.err()).contains("There is no log in " + stele.home());
        assertThat(stele.home()).doesNotExist();
    }

    @Test
    void what_is_no_export_is_not_imported() throws Exception {
        Outcome outcome = stele.answering("{\"no\":\"export\"}\n", "log", "import", "-");

        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.err()).contains("Nothing was imported: line 1");
        assertThat(stele.home().resolve("stele.db")).doesNotExist();
    }

    @Test
    void a_home_with_a_log_takes_no_other() throws Exception {
        Files.createDirectories(stele.home());
        Path log = Files.writeString(stele.home().resolve("stele.db"), "a log");

        Outcome outcome = stele.answering("", "log", "import", "-");

        assertThat(outcome.code()).isEqualTo(5);
        assertThat(outcome.err()).contains("already");
        assertThat(log).hasContent("a log");
    }
}
