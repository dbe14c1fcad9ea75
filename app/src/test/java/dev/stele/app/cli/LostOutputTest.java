package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.cli.Cli.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that nobody gets: behind a pipe that is closed, on a full disk, into a closed stream. */
class LostOutputTest {

    /** A pipe whose reader is gone before the command starts. */
    private static final String UNREAD = "exec 3> >(:); wait $!; exec \"$@\" >&3";

    @TempDir Path place;
    private Cli stele = new Cli(Path.of("."));
    private String project = "";

    @BeforeEach
    void a_home_with_a_turn() throws Exception {
        stele = new Cli(place.resolve("home"));
        project = GitFixture.create(place.resolve("project")).directory().toString();
    }

    private String[] turn() {
        return new String[] {
            "run", "--project", project, "--agent", "scripted", "--approve", "all", "Write."
        };
    }

    @Test
    void commands_end_when_nobody_reads_any_more_and_turns_go_on() throws Exception {
        Outcome turn = stele.scripted(UNREAD, turn());
        assertThat(turn.code()).as(turn.screen()).isZero();
        assertThat(turn.err()).contains("The turn goes on", "= completed");

        Outcome log = stele.scripted(UNREAD, "log");
        assertThat(log.code()).isEqualTo(141);
        assertThat(log.err()).isEmpty();

        assertThat(stele.scripted(UNREAD, "watch", "--from", "1").code()).isEqualTo(141);
    }

    @Test
    void a_disk_without_room_is_told() throws Exception {
        Outcome turn = stele.scripted("exec \"$@\" > /dev/full", turn());
        assertThat(turn.code()).isEqualTo(1);
        assertThat(turn.err()).contains("= completed", "No space left on device");

        Outcome log = stele.scripted("exec \"$@\" > /dev/full", "log");
        assertThat(log.code()).isEqualTo(1);
        assertThat(log.err())
                .isEqualTo("stele: The output cannot be written: No space left on device.\n");
        assertThat(stele.run("log", "verify").out()).contains("sound");
    }
}
