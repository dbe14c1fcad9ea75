package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchCommandTest {

    @TempDir Path place;

    @Test
    void what_another_process_does_is_shown_as_it_happens() throws Exception {
        Cli stele = new Cli(place.resolve("home"));
        String project = GitFixture.create(place.resolve("project")).directory().toString();
        Path script =
                Files.writeString(
                        place.resolve("script"),
                        "{\"steps\": [{\"say\": \"I wait.\"}, {\"waitForCancel\": true}]}");
        String agent = "scripted:" + script;
        Cli.Running working =
                stele.start("", "run", "--project", project, "--agent", agent, "Wait!");
        working.awaitScreen(screen -> screen.contains("I wait."));

        Cli.Running watching = stele.start("", "watch", "--from", "1");
        watching.awaitScreen(screen -> screen.contains("I wait."));
        working.signal("INT");
        assertThat(working.await().code()).isEqualTo(130);
        watching.awaitScreen(screen -> screen.contains("= interrupted"));
        watching.signal("INT");

        assertThat(watching.await().screen())
                .contains("── Wait! · " + agent.substring(0, 20))
                .contains("> Wait!")
                .contains("-before  ");
    }

    @Test
    void a_place_that_the_log_does_not_have_is_refused() throws Exception {
        Cli stele = new Cli(place.resolve("home"));
        stele.run("threads");

        Cli.Outcome outcome = stele.run("watch", "--from", "5");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("The log has no fact 5: it ends with 0.");
    }
}
