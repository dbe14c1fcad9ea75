package dev.stele.provider.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderEvent;
import dev.stele.provider.dialogue.Replay.TurnPlayed;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real agents said, held against what it means. */
class RecordedDialoguesTest {

    static Stream<String> recordings() {
        return RecordedDialogues.names();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void a_dialogue_means_what_the_tables_say(String file) {
        Replay replay = Replay.of(file);
        boolean hiddenNames = file.startsWith("gemini") || file.startsWith("opencode");

        assertThat(replay.turns().stream().map(turn -> replay.line(turn, !hiddenNames)))
                .containsExactlyElementsOf(expected(file));
    }

    private static List<String> expected(String file) {
        return WireTables.rows().stream()
                .filter(row -> row.file().equals(file))
                .map(WireTables.Row::expected)
                .toList();
    }

    @Test
    void every_recording_stands_in_the_tables() throws IOException, URISyntaxException {
        URL folder =
                Objects.requireNonNull(
                        RecordedDialoguesTest.class.getResource("/dev/stele/provider/wire"));
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".jsonl", "")))
                    .containsExactlyInAnyOrderElementsOf(recordings().toList());
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void outside_a_turn_there_is_only_news_of_the_session(String file) {
        Replay replay = Replay.of(file);

        assertThat(replay.outside())
                .allMatch(event ->
                        event instanceof ProviderEvent.SessionUpdate
                                || event instanceof ProviderEvent.UsageUpdate
                                || event instanceof ProviderEvent.Notice);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void at_the_end_no_approval_and_no_tool_call_is_open(String file) {
        Replay replay = Replay.of(file);

        for (TurnPlayed played : replay.turns()) {
            assertThat(replay.said(played).pending()).isEmpty();
            assertThat(replay.said(played).openCalls()).isEmpty();
            assertThat(replay.turn(played).state().isLive()).isFalse();
        }
    }

    @Test
    void tool_names_that_agents_hide_are_found() {
        assertThat(toolNames("gemini-0.61.0-edit-approved"))
                .containsExactly("read_file", "replace");
        assertThat(toolNames("gemini-0.61.0-shell-approved")).containsExactly("run_shell_command");
        assertThat(toolNames("opencode-1.18.33-shell-approved")).containsExactly("bash");
        assertThat(toolNames("opencode-1.18.33-tool-approved")).containsExactly("write");
    }

    private static List<String> toolNames(String file) {
        return calls(file).stream().map(call -> String.valueOf(call.name())).toList();
    }

    private static List<MessageContent.ToolCall> calls(String file) {
        Replay replay = Replay.of(file);
        return replay.said(replay.turns().getFirst())
                .messages()
                .toJavaStream()
                .flatMap(message -> message.content().stream())
                .filter(MessageContent.ToolCall.class::isInstance)
                .map(MessageContent.ToolCall.class::cast)
                .toList();
    }

    @Test
    void a_question_never_overwrites_what_the_agent_told_of_the_call() {
        MessageContent.ToolCall call = calls("opencode-1.18.33-tool-approved").getFirst();

        assertThat(call.input()).contains("hello from the agent").doesNotContain("Index:");
        assertThat(call.content()).isNotEmpty();
    }

    @Test
    void output_that_streams_beside_the_protocol_becomes_the_result_of_its_call() {
        Replay replay = Replay.of("codex-acp-2.6.0-shell-fails");

        assertThat(replay.turns().getFirst().events(ProviderEvent.ToolResult.class))
                .extracting(event -> event.result().output())
                .containsExactly("cat: no-such-file.txt: No such file or directory\n");
    }

    @Test
    void what_is_said_while_a_session_is_loaded_is_not_said_again() {
        Replay replay = Replay.of("codex-acp-2.6.0-load-2");

        assertThat(replay.outside())
                .filteredOn(ProviderEvent.Notice.class::isInstance)
                .extracting(event -> ((ProviderEvent.Notice) event).kind())
                .containsExactly("_auth/status_update");
    }

    @Test
    void usage_is_read_from_wherever_the_agent_tells_it() {
        assertThat(usage("gemini-0.61.0-tool-approved")).isEqualTo("240/68");
        assertThat(usage("claude-agent-acp-0.100.0-tool-rejected")).isEqualTo("240/68");
        assertThat(usage("acp-example-1.9.0-approved")).isEqualTo("none");
    }

    private static String usage(String file) {
        Replay replay = Replay.of(file);
        var ends = replay.turns().getFirst().events(ProviderEvent.TurnComplete.class);
        var usage = ends.getFirst().usage();
        return usage == null ? "none" : usage.input() + "/" + usage.output();
    }
}
