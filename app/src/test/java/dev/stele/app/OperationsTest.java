package dev.stele.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.app.approval.ApprovalPolicy.Standard;
import dev.stele.app.config.SteleHome;
import dev.stele.app.error.SteleException;
import dev.stele.app.support.GitProject;
import dev.stele.app.support.Waiting;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.OrchestrationCommand.CreateCheckpoint;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.DeleteThread;
import dev.stele.domain.command.OrchestrationCommand.InterruptTurn;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.TreeDiff;
import dev.stele.domain.port.TreeDiff.FileDiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Restores, commits, branches, pushes and comparisons through the facade, on a real repository. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OperationsTest {
    private static final String AGENT =
            """
            {"turns": [
              [{"write": "made.txt", "content": "one\\n", "ask": false},
               {"write": "tracked.txt", "content": "changed\\n", "ask": false}],
              [{"write": "made.txt", "content": "two\\n", "ask": false}]
            ]}
            """;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Path folder;
    private final GitProject project;

    OperationsTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        project = GitProject.in(folder.resolve("project"));
    }

    @AfterEach
    void close() {
        threads.close();
    }

    private Stele open() {
        return Stele.builder()
                .home(new SteleHome(folder.resolve("home")))
                .approvals(Standard.ALL)
                .open();
    }

    private String playing(String script) throws IOException {
        return "scripted:" + Files.writeString(Files.createTempFile(folder, "s", ".json"), script);
    }

    private TurnResult firstTurn(Stele stele) throws Exception {
        return stele.run(project.directory(), playing(AGENT), "First.");
    }

    private String made() throws IOException {
        return Files.readString(project.directory().resolve("made.txt"));
    }

    private static RestoreSummary summary(Operation.Restore restore) {
        assertThat(restore.state()).isInstanceOf(OperationState.Restored.class);
        return ((OperationState.Restored) restore.state()).summary();
    }

    private static String hash(Operation operation) {
        assertThat(operation.state()).isInstanceOf(OperationState.Recorded.class);
        return ((OperationState.Recorded) operation.state()).gitRef();
    }

    @Test
    void files_go_back_and_an_undo_brings_them_again_and_the_next_undo_takes_them()
            throws Exception {
        String before = project.state();
        try (Stele stele = open()) {
            TurnResult turn = firstTurn(stele);
            String after = project.state();

            Operation.Restore restore = stele.restore(turn.before().id(), RestoreScope.FILES);

            assertThat(summary(restore)).isEqualTo(new RestoreSummary(1, 1, List.of()));
            assertThat(project.state()).isEqualTo(before);
            assertThat(summary(stele.undo(turn.threadId())).written()).isEqualTo(2);
            assertThat(project.state()).isEqualTo(after);
            assertThat(made()).isEqualTo("one\n");
            assertThat(summary(stele.undo(turn.threadId())).deleted()).isEqualTo(1);
            assertThat(project.state()).isEqualTo(before);
        }
    }

    @Test
    void the_conversation_goes_back_with_the_files_and_an_undo_brings_both_again()
            throws Exception {
        try (Stele stele = open()) {
            TurnResult first = firstTurn(stele);
            TurnResult second = stele.run(first.threadId(), "Second.");

            stele.restore(first.after().id(), RestoreScope.BOTH);

            assertThat(made()).isEqualTo("one\n");
            assertThat(rolledBack(stele, second)).isTrue();
            assertThat(rolledBack(stele, first)).isFalse();

            stele.undo(first.threadId());

            assertThat(made()).isEqualTo("two\n");
            assertThat(rolledBack(stele, second)).isFalse();
        }
    }

    private static boolean rolledBack(Stele stele, TurnResult result) {
        return Objects.requireNonNull(stele.model().turn(result.turnId())).rolledBack();
    }

    @Test
    void an_undo_takes_no_later_turn_with_it() throws Exception {
        try (Stele stele = open()) {
            TurnResult first = firstTurn(stele);
            stele.restore(first.before().id(), RestoreScope.FILES);
            TurnResult second = stele.run(first.threadId(), "Second.");

            assertThatThrownBy(() -> stele.undo(first.threadId()))
                    .isInstanceOf(SteleException.NothingToUndo.class)
                    .hasMessageContaining(second.before().id().value());
            assertThat(made()).isEqualTo("two\n");
        }
    }

    @Test
    void changes_are_told_of_a_turn_between_checkpoints_and_up_to_now() throws Exception {
        try (Stele stele = open()) {
            TurnResult first = firstTurn(stele);
            TurnResult second = stele.run(first.threadId(), "Second.");
            project.write("mine.txt", "mine\n");
            Changes changes = stele.changes();

            assertThat(paths(changes.of(first.turnId())))
                    .containsExactly("made.txt", "tracked.txt");
            assertThat(paths(changes.of(second.turnId()))).containsExactly("made.txt");
            assertThat(paths(changes.between(first.before().id(), second.after().id())))
                    .containsExactly("made.txt", "tracked.txt");
            assertThat(paths(changes.since(second.after().id()))).containsExactly("mine.txt");
            assertThat(changes.of(second.turnId()).patch()).contains("-one\n", "+two\n");
            try (SteleReader reader = Stele.builder().home(stele.home()).openReadOnly()) {
                assertThat(reader.changes().of(first.turnId()))
                        .isEqualTo(changes.of(first.turnId()));
            }
        }
    }

    private static List<String> paths(TreeDiff diff) {
        return diff.files().stream().map(FileDiff::path).toList();
    }

    @Test
    void what_cannot_be_compared_is_refused() throws Exception {
        GitProject another = GitProject.in(folder.resolve("another"));
        try (Stele stele = open()) {
            TurnResult here = firstTurn(stele);
            TurnResult there = stele.run(another.directory(), playing(AGENT), "There.");

            assertThatThrownBy(
                            () -> stele.changes().between(here.before().id(), there.after().id()))
                    .hasMessageContaining("another project");
            assertThatThrownBy(() -> stele.changes().since(new CheckpointId("nothing")))
                    .isInstanceOfSatisfying(
                            SteleException.Refused.class,
                            refused ->
                                    assertThat(refused.error())
                                            .isInstanceOf(DeciderError.CheckpointNotFound.class));
        }
    }

    @Test
    void where_somebody_is_at_work_nothing_is_restored_or_committed() throws Exception {
        try (Stele stele = open()) {
            TurnResult first = firstTurn(stele);
            ThreadId busy = waiting(stele);
            var pending = new CheckpointId("pending");
            stele.execute(
                    new CreateCheckpoint(pending, first.threadId(), null, "mine", Instant.now()));

            refused(
                    () -> stele.restore(first.before().id(), RestoreScope.FILES),
                    DeciderError.ThreadBusy.class);
            refused(
                    () -> stele.commit(busy, "Now.", new ChangeSelection.All()),
                    DeciderError.ThreadBusy.class);
            refused(
                    () -> stele.restore(pending, RestoreScope.FILES),
                    DeciderError.CheckpointNotReady.class);
            refused(
                    () -> stele.restore(new CheckpointId("none"), RestoreScope.FILES),
                    DeciderError.CheckpointNotFound.class);
            stele.execute(new InterruptTurn(busy, Instant.now()));
        }
    }

    /** A thread whose agent waits. */
    private ThreadId waiting(Stele stele) throws IOException {
        var thread =
                new CreateThread(
                        Ids.thread(),
                        stele.project(project.directory()),
                        "Waits",
                        playing("{\"steps\": [{\"say\": \"I wait.\"}, {\"waitForCancel\": true}]}"),
                        Instant.now());
        stele.execute(thread);
        Future<TurnResult> turn = threads.submit(() -> stele.run(thread.threadId(), "Wait."));
        Waiting.until("it speaks", () -> turn.isDone() || speaks(stele, thread.threadId()));
        return thread.threadId();
    }

    private static boolean speaks(Stele stele, ThreadId id) {
        var turns = Objects.requireNonNull(stele.model().thread(id)).turns();
        Turn turn = turns.isEmpty() ? null : stele.model().turn(turns.last());
        return turn != null && turn.transcript().size() > 1;
    }

    private interface Wish {
        Object get() throws InterruptedException;
    }

    private static void refused(Wish wish, Class<? extends DeciderError> why) {
        assertThatThrownBy(wish::get)
                .isInstanceOfSatisfying(
                        SteleException.Refused.class,
                        refused -> assertThat(refused.error()).isInstanceOf(why));
    }

    @Test
    void who_waits_hears_of_the_end_of_stele_and_the_next_start_settles_it() throws Exception {
        Future<Operation.Commit> commit;
        try (Stele stele = open()) {
            ThreadId idle = firstTurn(stele).threadId();
            waiting(stele);
            commit = threads.submit(() -> stele.commit(idle, "Later.", new ChangeSelection.All()));
            Waiting.until("it is asked for", () -> !stele.model().openOperations().isEmpty());
        }
        assertThatThrownBy(commit::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(SteleException.Unavailable.class)
                .hasMessageContaining("next start");
        try (Stele stele = open()) {
            assertThat(stele.drain(Duration.ofMinutes(3))).isTrue();
            assertThat(stele.model().openOperations()).isEmpty();
            assertThat(project.git("log", "-1", "--format=%s")).isEqualTo("Later.\n");
        }
    }

    @Test
    void who_waits_for_something_that_is_deleted_is_told() throws Exception {
        try (Stele stele = open()) {
            ThreadId idle = firstTurn(stele).threadId();
            ThreadId busy = waiting(stele);
            Future<Operation.Commit> commit =
                    threads.submit(() -> stele.commit(idle, "Never.", new ChangeSelection.All()));
            Waiting.until("it is asked for", () -> !stele.model().openOperations().isEmpty());

            stele.execute(new DeleteThread(idle, Instant.now()));

            assertThatThrownBy(commit::get).cause().isInstanceOf(SteleException.Refused.class);
            stele.execute(new InterruptTurn(busy, Instant.now()));
        }
    }

    @Test
    void a_commit_a_branch_and_a_push_come_back_with_their_hash_or_with_the_reason()
            throws Exception {
        GitProject remote = GitProject.in(folder.resolve("remote"));
        project.git("remote", "add", "origin", remote.directory().toString());
        try (Stele stele = open()) {
            TurnResult turn = firstTurn(stele);
            ChangeSelection own = new ChangeSelection.Own();

            String made = hash(stele.commit(turn.threadId(), "Work of an agent", own));

            assertThat(project.git("rev-parse", "HEAD")).isEqualTo(made + "\n");
            assertThat(why(stele.commit(turn.threadId(), "Again", own))).contains("nothing");
            assertThat(hash(stele.branch(turn.projectId(), "old", "HEAD~1"))).isNotEqualTo(made);
            assertThat(why(stele.branch(turn.projectId(), "old", null))).contains("old");
            assertThat(hash(stele.push(turn.projectId(), "old", "origin", null)))
                    .isEqualTo(remote.git("rev-parse", "old").strip());
            assertThat(why(stele.push(turn.projectId(), "old", "nowhere", null)))
                    .contains("nowhere");
            refused(
                    () -> stele.branch(turn.projectId(), "no branch", null),
                    DeciderError.InvalidBranchName.class);
        }
    }

    private static String why(Operation operation) {
        assertThat(operation.state()).isInstanceOf(OperationState.Failed.class);
        return ((OperationState.Failed) operation.state()).why();
    }
}
