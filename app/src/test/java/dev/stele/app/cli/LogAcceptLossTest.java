package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.cli.Cli.Outcome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that has lost something, as a user meets it. */
class LogAcceptLossTest {

    @TempDir Path place;

    private void sql(Cli stele, String sql) throws SQLException {
        String url = "jdbc:sqlite:" + stele.home().resolve("stele.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void a_log_that_has_lost_something_is_only_looked_at_until_a_person_accepts_it()
            throws Exception {
        var stele = new Cli(place.resolve("home"));
        String project = GitFixture.create(place.resolve("project")).directory().toString();
        assertThat(stele.run("branch", "--project", project, "one").code()).isZero();
        sql(stele, "update event set payload = zeroblob(3) where sequence = 2");

        Outcome refused = stele.run("branch", "--project", project, "two");
        Outcome looked = stele.run("log", "--json");
        Outcome verified = stele.run("log", "verify");
        Outcome elsewhere = stele.run("log", "accept-loss", "3", "--yes");
        Outcome declined = stele.answering("n\n", "log", "accept-loss", "2");
        Outcome accepted = stele.answering("y\n", "log", "accept-loss", "2");
        Outcome goingOn = stele.run("branch", "--project", project, "two");
        Outcome sound = stele.run("log", "verify", "--model");

        assertThat(refused.code()).as(refused.screen()).isEqualTo(6);
        assertThat(refused.err()).contains("the first at sequence 2", "stele log accept-loss");
        assertThat(looked.code()).as(looked.screen()).isZero();
        assertThat(looked.out()).contains("\"type\":\"UnreadableEvent\"", "ProjectCreated");
        assertThat(verified.code()).isEqualTo(6);
        assertThat(verified.out()).contains("damaged at 2");
        assertThat(elsewhere.code()).as(elsewhere.screen()).isEqualTo(5);
        assertThat(declined.code()).as(declined.screen()).isEqualTo(5);
        assertThat(accepted.code()).as(accepted.screen()).isZero();
        assertThat(goingOn.code()).as(goingOn.screen()).isZero();
        assertThat(sound.code()).as(sound.screen()).isZero();
        assertThat(sound.out()).contains("1 whose loss is accepted");
    }

    @Test
    void what_is_no_sequence_is_said_before_anything_is_opened() throws Exception {
        var stele = new Cli(place.resolve("home"));

        for (String word : new String[] {"x", "7-", "9-3", "1-9999999"}) {
            Outcome outcome = stele.run("log", "accept-loss", word);
            assertThat(outcome.code()).as(outcome.screen()).isEqualTo(2);
            assertThat(outcome.err()).contains("'" + word + "' is no s");
        }
    }
}
