package dev.stele.git.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.AbandonOperation;
import dev.stele.domain.command.OrchestrationCommand.CreateCheckpoint;
import dev.stele.domain.command.OrchestrationCommand.DeleteThread;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.command.OrchestrationCommand.Report.AssignCheckpointGitRef;
import dev.stele.domain.command.OrchestrationCommand.RestoreCheckpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.domain.port.DispatchResult;
import dev.stele.git.change.RestoreRecords;
import dev.stele.git.repository.Repositories;
import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.Story;
import dev.stele.git.testing.WorkTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointReactorTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir Path temp;
    private final List<CheckpointReactor> reactors = new ArrayList<>();
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));

    @BeforeEach
    void repository() {
        tree = WorkTree.init(temp.resolve("project"));
        tree.write("a.txt", "one").commit("first");
    }

    @AfterEach
    void close() {
        reactors.forEach(CheckpointReactor::close);
    }

    private CheckpointReactor start(Story story) {
        var capturing = new Capturing(new Repositories(temp.resolve("state")));
        var reactor =
                new CheckpointReactor(
                        capturing.checkpoints(),
                        new RestoreRecords(temp.resolve("state")),
                        new ThinningPolicy(1, 1),
                        InstantSource.fixed(Story.AT));
        reactors.add(reactor);
        reactor.start(story.engine(), story.engine());
        return reactor;
    }

    @Test
    void a_turn_gets_a_checkpoint_before_and_after_it() throws InterruptedException {
        Story story = Story.in(tree.root());
        CheckpointReactor reactor = start(story);
        story.turn("turn", "t");
        assertThat(story.ready("turn-before")).isEqualTo("refs/stele/checkpoints/t/turn-before");
        assertThat(reactor.drain(LONG)).isTrue();
        assertThat(story.find("turn-after")).isNull();
        tree.write("a.txt", "two");
        story.end("turn", "t");
        String after = story.ready("turn-after");
        assertThat(tree.git().run("show", after + ":a.txt")).isEqualTo("two");
        assertThat(tree.git().run("show", "refs/stele/checkpoints/t/turn-before:a.txt"))
                .isEqualTo("one");
        assertThat(reactor.drain(LONG)).isTrue();
        assertThat(story.engine().model().lanes().open().isEmpty()).isTrue();
        assertThat(description(story, "turn-after")).isEqualTo("after the turn");
    }

    private static String description(Story story, String id) {
        var checkpoint = story.find(id);
        return checkpoint == null ? "absent" : checkpoint.description();
    }

    @Test
    void each_checkpoint_is_asked_for_and_reported_once() throws InterruptedException {
        Story story = Story.in(tree.root());
        CheckpointReactor reactor = start(story);
        for (String turn : List.of("a", "b", "c")) {
            story.turn(turn, "t");
            story.ready(turn + "-before");
            story.end(turn, "t");
            story.ready(turn + "-after");
        }
        assertThat(reactor.drain(LONG)).isTrue();
        assertThat(sent(story, CreateCheckpoint.class)).hasSize(6);
        assertThat(sent(story, AssignCheckpointGitRef.class)).hasSize(6);
    }

    private static List<OrchestrationCommand> sent(Story story, Class<?> kind) {
        return story.engine().commands().stream().filter(kind::isInstance).toList();
    }

    @Test
    void an_interrupted_turn_gets_its_checkpoint_when_the_agent_is_silent() {
        Story story = Story.in(tree.root());
        start(story);
        story.turn("turn", "t");
        story.ready("turn-before");
        story.interrupt("t");
        tree.write("a.txt", "last words");
        story.end("turn", "t");
        assertThat(tree.git().run("show", story.ready("turn-after") + ":a.txt"))
                .isEqualTo("last words");
    }

    @Test
    void a_second_turn_in_the_directory_waits_for_the_end_of_the_first()
            throws InterruptedException {
        Story story = Story.in(tree.root()).thread("u", "p");
        CheckpointReactor reactor = start(story);
        story.turn("first", "t").turn("second", "u");
        story.ready("first-before");
        assertThat(reactor.drain(LONG)).isTrue();
        assertThat(story.find("second-before")).matches(c -> c != null && c.isPending());
        tree.write("a.txt", "by the first");
        story.end("first", "t");
        assertThat(tree.git().run("show", story.ready("second-before") + ":a.txt"))
                .isEqualTo("by the first");
    }

    @Test
    void turns_in_other_directories_do_not_wait() {
        WorkTree other = WorkTree.init(temp.resolve("other"));
        Story story = Story.in(tree.root()).project("q", other.root()).thread("u", "q");
        start(story);
        story.turn("first", "t").turn("second", "u");
        story.ready("first-before");
        story.ready("second-before");
    }

    @Test
    void checkpoints_by_hand_are_taken_in_their_turn() throws InterruptedException {
        Story story = Story.in(tree.root()).thread("u", "p");
        CheckpointReactor reactor = start(story);
        story.checkpoint("now", "t");
        story.ready("now");
        story.turn("turn", "t");
        story.ready("turn-before");
        story.checkpoint("later", "u");
        assertThat(reactor.drain(LONG)).isTrue();
        assertThat(story.find("later")).matches(c -> c != null && c.isPending());
        story.end("turn", "t");
        story.ready("turn-after");
        story.ready("later");
    }

    @Test
    void what_a_dead_process_left_undone_is_done_at_the_start() {
        Story story = Story.in(tree.root()).thread("u", "p").checkpoint("by-hand", "t");
        start(story);
        assertThat(story.ready("by-hand")).isEqualTo("refs/stele/checkpoints/t/by-hand");
    }

    @Test
    void turns_of_a_dead_process_get_their_checkpoints_late() {
        Story story = Story.in(tree.root()).turn("turn", "t");
        start(story);
        story.ready("turn-before");
        story.engine()
                .accept(
                        new IngestProviderEvent(
                                new ThreadId("t"),
                                new TurnId("turn"),
                                0,
                                new ProviderEvent.Error(
                                        ProviderError.of(
                                                ProviderError.Scope.PROCESS,
                                                ProviderError.Kind.CRASH,
                                                "Stele was stopped.")),
                                Story.AT));
        story.ready("turn-after");
        assertThat(description(story, "turn-after"))
                .isEqualTo("after the turn, taken late since Stele was not running at its end");
    }

    @Test
    void a_checkpoint_that_a_dead_process_took_is_reported_and_not_taken_again() {
        var id = new CheckpointId("turn-before");
        Story story = Story.in(tree.root()).turn("turn", "t");
        story.engine()
                .accept(
                        new CreateCheckpoint(
                                id, new ThreadId("t"), new TurnId("turn"), "before", Story.AT));
        new Capturing()
                .checkpoints()
                .take(
                        new dev.stele.git.capture.CheckpointRequest(
                                tree.root(), new ThreadId("t"), id, "before", Story.AT),
                        new dev.stele.git.capture.StopSign());
        tree.write("a.txt", "since the crash");
        start(story);
        assertThat(tree.git().run("show", story.ready("turn-before") + ":a.txt")).isEqualTo("one");
    }

    @Test
    void the_safety_checkpoint_of_a_restore_is_taken() {
        Story story = Story.in(tree.root()).checkpoint("point", "t");
        start(story);
        story.ready("point");
        story.engine()
                .accept(
                        new RestoreCheckpoint(
                                new OperationId("undo"),
                                new CheckpointId("point"),
                                RestoreScope.FILES,
                                Story.AT));
        assertThat(story.ready("undo-safety")).isEqualTo("refs/stele/checkpoints/t/undo-safety");
    }

    @Test
    void a_capture_that_fails_says_why_and_harms_no_other() throws Exception {
        Path gone = temp.resolve("gone");
        Story story = Story.in(tree.root()).project("q", gone).thread("u", "q");
        start(story);
        story.checkpoint("bad", "u").checkpoint("good", "t");
        assertThat(story.settled("bad"))
                .isEqualTo(
                        new CheckpointState.Failed(
                                "The directory "
                                        + gone
                                        + " is not there; bring it back, or delete the project.",
                                Story.AT));
        story.ready("good");
        Files.createDirectories(gone);
        story.checkpoint("better", "u");
        story.ready("better");
    }

    @Test
    void a_full_mailbox_and_a_lost_store_are_waited_for() {
        Story story = Story.in(tree.root());
        start(story);
        story.checkpoint("point", "t");
        story.engine()
                .answerNext(
                        new DispatchResult.Overloaded(),
                        new DispatchResult.Unavailable("the disk is away"),
                        new DispatchResult.Overloaded());
        story.ready("point");
    }

    @Test
    void what_cannot_be_recorded_fails() {
        Story story = Story.in(tree.root()).checkpoint("point", "t");
        story.engine().answerNext(new DispatchResult.Unencodable("too long"));
        start(story);
        assertThat(story.settled("point"))
                .isEqualTo(
                        new CheckpointState.Failed(
                                "The checkpoint was taken but cannot be recorded: too long",
                                Story.AT));
    }

    @Test
    void the_refs_of_a_deleted_thread_are_deleted() {
        Story story = Story.in(tree.root()).thread("u", "p");
        start(story);
        story.checkpoint("one", "t").checkpoint("two", "t").checkpoint("other", "u");
        story.ready("one");
        story.ready("two");
        story.ready("other");
        story.engine().accept(new DeleteThread(new ThreadId("t"), Story.AT));
        story.engine().await(model -> cleanup(model.operation(new OperationId("t-refs-cleanup"))));
        assertThat(tree.git().line("for-each-ref", "--format=%(refname)", "refs/stele"))
                .isEqualTo("refs/stele/checkpoints/u/other");
    }

    private static boolean cleanup(@org.jspecify.annotations.Nullable Operation operation) {
        return operation != null && !operation.isOpen();
    }

    @Test
    void the_refs_of_a_removed_worktree_are_deleted_in_its_repository() {
        Path linked = tree.at("linked");
        tree.git().run("worktree", "add", "-q", linked.toString());
        Story story = Story.in(linked);
        start(story);
        story.checkpoint("one", "t").ready("one");
        tree.git().run("worktree", "remove", "--force", linked.toString());
        story.engine().accept(new DeleteThread(new ThreadId("t"), Story.AT));
        story.engine().await(model -> cleanup(model.operation(new OperationId("t-refs-cleanup"))));
        assertThat(tree.git().line("for-each-ref", "refs/stele")).isEmpty();
    }

    @Test
    void where_there_is_no_repository_any_more_there_is_nothing_to_delete() {
        Story story = Story.in(tree.root());
        start(story);
        story.checkpoint("one", "t").ready("one");
        tree.delete("");
        story.engine().accept(new DeleteThread(new ThreadId("t"), Story.AT));
        story.engine().await(model -> cleanup(model.operation(new OperationId("t-refs-cleanup"))));
    }

    @Test
    void an_abandoned_checkpoint_frees_its_lane() throws InterruptedException {
        Story story = Story.in(tree.root()).turn("turn", "t");
        CheckpointReactor reactor = start(story);
        story.ready("turn-before");
        story.checkpoint("later", "t");
        story.engine().accept(new AbandonOperation(new OperationId("later"), Story.AT));
        story.end("turn", "t");
        story.ready("turn-after");
        assertThat(reactor.drain(LONG)).isTrue();
        assertThat(tree.git().line("for-each-ref", "refs/stele/checkpoints/t/later")).isEmpty();
    }

    @Test
    void a_closed_reactor_does_nothing_more_and_a_new_one_goes_on() throws InterruptedException {
        Story story = Story.in(tree.root());
        CheckpointReactor first = start(story);
        story.checkpoint("one", "t").ready("one");
        first.close();
        first.close();
        story.checkpoint("two", "t");
        assertThat(first.drain(LONG)).isTrue();
        assertThat(story.find("two")).matches(c -> c != null && c.isPending());
        start(story);
        story.ready("two");
    }

    @Test
    void closing_in_the_middle_of_a_capture_leaves_it_for_the_next_start() {
        for (int i = 0; i < 300; i++) {
            tree.write("many/dir" + i + "/file", "content " + i);
        }
        for (int round = 0; round < 10; round++) {
            Story story = Story.in(tree.root()).checkpoint("c" + round, "t");
            CheckpointReactor reactor = start(story);
            for (int i = 0; i < round; i++) {
                Thread.onSpinWait();
            }
            reactor.close();
            start(story);
            String ref = story.ready("c" + round);
            assertThat(tree.held(ref)).hasSize(301);
        }
        tree.assertSound();
    }

    @Test
    void empty_refs_are_healed_at_the_start() throws InterruptedException {
        tree.write(".git/refs/stele/checkpoints/t/torn", "");
        Story story = Story.in(tree.root());
        assertThat(start(story).drain(LONG)).isTrue();
        assertThat(tree.at(".git/refs/stele/checkpoints/t/torn")).doesNotExist();
    }
}
