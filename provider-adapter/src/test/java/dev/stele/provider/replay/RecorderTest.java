package dev.stele.provider.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.provider.replay.Recording.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
    @TempDir Path folder;

    @Test
    void what_is_recorded_can_be_played_and_holds_no_secret() throws Exception {
        Path file = folder.resolve("run.jsonl");
        Recorder recorder = Recorder.into(file);
        recorder.line(
                true,
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"session/new\",\"params\":"
                        + "{\"apiKey\":\"very private\",\"x\":\"sk-test-abcdefghij0123456789\"}}");
        recorder.line(false, "{\"id\":0,\"result\":{},\"emittedAtMs\":1}");
        recorder.exited(0);
        recorder.exited(0);
        recorder.line(false, "{\"id\":1,\"result\":{}}");

        assertThat(Recording.read(file).lines())
                .hasSize(3)
                .satisfies(lines -> {
                    assertThat(lines.get(0)).isInstanceOf(Line.Sent.class);
                    assertThat(lines.get(1)).isInstanceOf(Line.Received.class);
                    assertThat(lines.get(2)).isEqualTo(new Line.Exit(0));
                });
        assertThat(Files.readString(file))
                .doesNotContain("very private", "sk-test")
                .contains("\"apiKey\":\"[removed]\"", "\"emittedAtMs\":1");
    }

    @Test
    void a_second_session_gets_a_file_of_its_own() {
        Path file = folder.resolve("run.jsonl");
        Recorder.into(file).exited(0);
        Recorder.into(file).exited(1);

        assertThat(folder.resolve("run-2.jsonl")).exists();
    }
}
