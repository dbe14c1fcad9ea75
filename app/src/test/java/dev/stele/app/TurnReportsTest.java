package dev.stele.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.ToolKind;
import dev.stele.contracts.ToolLocation;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.ToolOutput;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.CreateProject;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.port.TreeDiff;
import dev.stele.domain.port.TreeDiff.FileDiff;
import dev.stele.domain.port.TreeDiff.Kind;
import dev.stele.domain.port.TreeDiff.Origin;
import dev.stele.domain.tck.MemoryEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told apart by what the agent told. */
class TurnReportsTest {
    private static final Instant AT = Instant.parse("2026-03-01T09:30:00Z");
    private static final TurnId TURN = new TurnId("turn");
    private static final ThreadId THREAD = new ThreadId("thread");
    private static final ProjectId PROJECT = new ProjectId("project");

    @TempDir Path temp;
    private final MemoryEngine engine = new MemoryEngine();
    private Path directory = Path.of("/nowhere");

    @BeforeEach
    void a_turn() throws Exception {
        directory = temp.toRealPath();
        send(new CreateProject(PROJECT, "Project", directory.toString(), AT));
        send(new CreateThread(THREAD, PROJECT, "Thread", "agent", AT));
        send(new StartTurn(TURN, THREAD, List.of(new MessageContent.Text("Do it.")), AT));
    }

    private void send(OrchestrationCommand command) {
        try {
            engine.submit(command).join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void calls(String id, @Nullable ToolKind kind, String... paths) {
        List<ToolLocation> places =
                List.of(paths).stream().map(path -> new ToolLocation(path, null)).toList();
        var call = new MessageContent.ToolCall(id, id, null, null, kind, null, places, null, null);
        says(new ProviderEvent.ToolCall(call));
    }

    private void ends(String id, ToolOutcome outcome, ToolOutput... shown) {
        says(
                new ProviderEvent.ToolResult(
                        new MessageContent.ToolResult(
                                id, null, outcome, List.of(shown), null, null, false)));
    }

    private void says(ProviderEvent event) {
        send(new IngestProviderEvent(THREAD, TURN, 0, event, AT));
    }

    private Origin origin(String path, String patch) {
        return origin(path, null, patch);
    }

    private Origin origin(String path, @Nullable String oldPath, String patch) {
        return origin(new FileDiff(Kind.MODIFIED, path, oldPath, null, null, false, 1, 1, patch));
    }

    private Origin origin(FileDiff file) {
        TreeDiff diff =
                new TurnReports(engine, TURN, directory.toString())
                        .label(new TreeDiff(List.of(file)));
        return Objects.requireNonNull(diff.files().getFirst().origin());
    }

    @Test
    void a_change_that_was_shown_is_the_agents() {
        calls("edit", ToolKind.EDIT, "src/a.txt");
        ends("edit", ToolOutcome.SUCCEEDED, new ToolOutput.Diff("src/a.txt", "x", "new\n  words"));

        assertThat(origin("src/a.txt", "@@ -1 +1,2 @@\n-x\n+new\n+words\n+\n"))
                .isEqualTo(Origin.AGENT);
    }

    @Test
    void what_came_with_a_move_of_head_is_the_agents_only_when_it_tells_so() {
        var came =
                new FileDiff(Kind.MODIFIED, "a", null, null, null, false, 1, 0, "@@ @@\n+new\n")
                        .withOrigin(Origin.HEAD);
        calls("run", ToolKind.EXECUTE);
        assertThat(origin(came)).isEqualTo(Origin.HEAD);

        calls("edit", ToolKind.EDIT, "a");
        ends("edit", ToolOutcome.SUCCEEDED, new ToolOutput.Diff("a", "", "new"));
        assertThat(origin(came)).isEqualTo(Origin.AGENT);
    }

    @Test
    void lines_that_were_not_shown_are_more_than_the_agents() {
        calls("edit", ToolKind.EDIT, "src/a.txt");
        ends("edit", ToolOutcome.SUCCEEDED, new ToolOutput.Diff("src/a.txt", "x", "new"));

        assertThat(origin("src/a.txt", "+++ b\n@@ -1 +1,2 @@\n-x\n+new\n+by hand\n"))
                .isEqualTo(Origin.AGENT_AND_MORE);
    }

    @Test
    void a_file_that_an_edit_only_names_is_the_agents() {
        calls("edit", ToolKind.EDIT, directory.resolve("a.txt").toString());

        assertThat(origin("a.txt", "@@ -1 +1 @@\n-x\n+anything\n")).isEqualTo(Origin.AGENT);
    }

    @Test
    void a_file_that_was_moved_is_the_agents_under_both_names() {
        calls("move", ToolKind.MOVE, "old.txt");

        assertThat(origin("new.txt", "old.txt", "")).isEqualTo(Origin.AGENT);
    }

    @ParameterizedTest
    @CsvSource({"EXECUTE, UNCLEAR", "OTHER, UNCLEAR", ", UNCLEAR", "READ, OTHERS", "FETCH, OTHERS"})
    void what_nobody_told_may_be_the_agents_if_it_ran_something(
            @Nullable ToolKind kind, Origin expected) {
        calls("tool", kind, "a.txt");

        assertThat(origin("b.txt", "@@ -1 +1 @@\n+x\n")).isEqualTo(expected);
        assertThat(origin("a.txt", "@@ -1 +1 @@\n+x\n")).isEqualTo(expected);
    }

    @Test
    void what_was_rejected_has_changed_nothing() {
        calls("edit", ToolKind.EDIT, "a.txt");
        calls("run", ToolKind.EXECUTE);
        ends("edit", ToolOutcome.REJECTED);
        ends("run", ToolOutcome.REJECTED);

        assertThat(origin("a.txt", "@@ -1 +1 @@\n+x\n")).isEqualTo(Origin.OTHERS);
    }

    @Test
    void paths_through_a_link_are_known_and_paths_outside_are_not() throws IOException {
        Path inside = Files.createDirectory(directory.resolve("inside"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), inside);
        calls("edit", ToolKind.EDIT, link.resolve("../a.txt").toString(), "/etc/b.txt", "\0");

        assertThat(origin("a.txt", "")).isEqualTo(Origin.AGENT);
        assertThat(origin("b.txt", "")).isEqualTo(Origin.OTHERS);
    }

    @Test
    void a_turn_without_tools_changed_nothing_itself() {
        assertThat(origin("a.txt", "@@ -1 +1 @@\n+x\n")).isEqualTo(Origin.OTHERS);
    }
}
