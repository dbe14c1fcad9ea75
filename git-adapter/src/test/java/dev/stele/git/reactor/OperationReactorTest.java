package dev.stele.git.reactor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.domain.command.OrchestrationCommand.AbandonOperation;
import dev.stele.domain.command.OrchestrationCommand.CreateBranch;
import dev.stele.domain.command.OrchestrationCommand.PushBranch;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.Reactor;
import dev.stele.git.GitConfig;
import dev.stele.git.GitModule;
import dev.stele.git.testing.Story;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both reactors of the module together, as the engine runs them. */
class OperationReactorTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir Path temp;
    private final List<Reactor> reactors = new ArrayList<>();
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));

    @BeforeEach
    void repository() {
        tree = WorkTree.init(temp.resolve("project"));
        tree.git().run("config", "user.name", "A Person");
        tree.git().run("config", "user.email", "person@example.invalid");
        tree.write("a.txt", "one").write("b.txt", "one").commit("first");
    }

    @AfterEach
    void close() {
        reactors.forEach(Reactor::close);
        reactors.clear();
    }

    private Story start(Story story) {
        var module = new GitModule(GitConfig.usual(temp.resolve("state")));
        Set<Reactor> bound =
                Guice.createInjector(module)
                        .getInstance(Key.get(new TypeLiteral<Set<Reactor>>() {}));
        for (Reactor reactor : bound) {
            reactors.add(reactor);
            reactor.start(story.engine(), story.engine());
        }
        return story;
    }

    @Test
    void files_are_restored_after_a_safety_checkpoint_and_the_restore_is_undone() {
        Story story = start(Story.in(tree.root()));
        story.checkpoint("point", "t").ready("point");
        tree.write("a.txt", "two").write("new", "new");
        story.restore("r1", "point", RestoreScope.FILES);
        assertThat(story.outcome("r1"))
                .isEqualTo(restored(new RestoreSummary(1, 1, List.of()), story.outcome("r1")));
        assertThat(tree.read("a.txt")).isEqualTo("one");
        story.restore("r2", "r1-safety", RestoreScope.BOTH);
        story.outcome("r2");
        assertThat(tree.read("a.txt") + tree.read("new")).isEqualTo("twonew");
        assertNothingKept();
    }

    private void assertNothingKept() {
        drain();
        assertThat(temp.resolve("state"))
                .isDirectoryNotContaining(path ->
                        !path.endsWith("restored")
                                && !path.endsWith("snapshots")
                                && !isEmptied(path));
    }

    /** What was compared is gone, and the directory for it is there for the next time. */
    private static boolean isEmptied(Path directory) {
        String[] left = directory.toFile().list();
        return directory.endsWith("compared") && left != null && left.length == 0;
    }

    private void drain() {
        for (Reactor reactor : reactors) {
            try {
                assertThat(reactor.drain(LONG)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static OperationState restored(RestoreSummary summary, OperationState at) {
        return at instanceof OperationState.Restored(_, var time)
                ? new OperationState.Restored(summary, time)
                : new OperationState.Open();
    }

    @Test
    void a_conversation_is_restored_without_touching_files() {
        Story story = start(Story.in(tree.root()));
        story.checkpoint("point", "t").ready("point");
        tree.write("a.txt", "two");
        story.restore("r1", "point", RestoreScope.CONVERSATION);
        OperationState outcome = story.outcome("r1");
        assertThat(outcome).isEqualTo(restored(new RestoreSummary(0, 0, List.of()), outcome));
        assertThat(tree.read("a.txt")).isEqualTo("two");
        story.ready("r1-safety");
    }

    @Test
    void nothing_is_restored_without_a_safety_checkpoint() {
        Story story = start(Story.in(tree.root()));
        story.checkpoint("point", "t").ready("point");
        tree.delete(".git").write(".git", "gitdir: nowhere");
        story.restore("r1", "point", RestoreScope.FILES);
        assertThat(story.outcome("r1"))
                .isInstanceOfSatisfying(
                        OperationState.Failed.class,
                        failed ->
                                assertThat(failed.why())
                                        .startsWith("Nothing was brought back, since the")
                                        .contains("leads to no git directory"));
    }

    @Test
    void a_restore_that_a_dead_process_began_goes_on() throws IOException {
        Story story = start(Story.in(tree.root()));
        story.checkpoint("point", "t").ready("point");
        close();
        tree.write("a.txt", "two").write("b.txt", "two");
        story.restore("r1", "point", RestoreScope.FILES);
        var journal = temp.resolve("state").resolve("r1.restore");
        Files.createDirectories(temp.resolve("state"));
        Files.write(
                journal,
                List.of(
                        "directory " + tree.root(),
                        "step a.txt 100644:"
                                + WorkTree.blobId("two".getBytes(UTF_8))
                                + " 100644:"
                                + WorkTree.blobId("one".getBytes(UTF_8)),
                        "left elsewhere told%20before",
                        "end"));
        start(story);
        OperationState outcome = story.outcome("r1");
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        OperationState.Restored.class,
                        restored -> {
                            assertThat(restored.summary().written()).isEqualTo(1);
                            assertThat(restored.summary().left()).hasSize(1);
                        });
        assertThat(tree.read("a.txt") + tree.read("b.txt")).isEqualTo("onetwo");
    }

    @Test
    void changes_are_committed() {
        Story story = start(Story.in(tree.root()));
        tree.write("a.txt", "two").write("new", "new");
        story.commit("c1", "t");
        assertThat(story.outcome("c1"))
                .isInstanceOfSatisfying(
                        OperationState.Recorded.class,
                        recorded ->
                                assertThat(recorded.gitRef())
                                        .isEqualTo(tree.git().line("rev-parse", "HEAD")));
        assertThat(tree.git().line("log", "-1", "--format=%B"))
                .isEqualTo("by the thread\n\nStele-Commit: c1");
        story.commit("c2", "t");
        assertThat(why(story, "c2"))
                .isEqualTo("There is nothing to commit in " + tree.root() + ".");
    }

    @Test
    void a_thread_commits_what_it_has_changed_and_no_more() {
        Story story = start(Story.in(tree.root()).thread("u", "p"));
        tree.write("users", "staged").git().run("add", "users");
        story.turn("one", "t").ready("one-before");
        tree.write("a.txt", "by t");
        story.end("one", "t").ready("one-after");
        story.turn("two", "u").ready("two-before");
        tree.write("b.txt", "by u");
        story.end("two", "u").ready("two-after");
        story.commit("c1", "t", new ChangeSelection.Own());
        assertThat(committed(recorded(story, "c1"))).isEqualTo("a.txt");
        assertThat(tree.git().run("status", "--porcelain")).isEqualTo(" M b.txt\nA  users\n");
        story.commit("c2", "t", new ChangeSelection.Own());
        assertThat(why(story, "c2")).contains("that this thread has changed");
        story.restore("r1", "one-before", RestoreScope.FILES);
        story.outcome("r1");
        story.commit("c3", "t", new ChangeSelection.Own());
        assertThat(committed(recorded(story, "c3"))).isEqualTo("a.txt");
    }

    private String committed(String commit) {
        return tree.git().line("show", "--name-only", "--format=", commit);
    }

    @Test
    void what_a_turn_without_checkpoints_has_changed_cannot_be_told() {
        Story story = start(Story.in(tree.root()));
        tree.delete(".git").write(".git", "gitdir: nowhere");
        story.turn("one", "t").settled("one-before");
        tree.delete(".git");
        WorkTree.init(tree.root());
        story.end("one", "t").ready("one-after");
        story.commit("c1", "t", new ChangeSelection.Own());
        assertThat(why(story, "c1"))
                .startsWith("What the turn one has changed cannot be told")
                .endsWith("name the files, or take everything.");
    }

    @Test
    void a_thread_commits_what_its_turns_and_restores_have_changed_and_nothing_else() {
        Story story = start(Story.in(tree.root()));
        tree.write("staged", "mine").git().run("add", "staged");
        tree.write("b.txt", "mine").write("untracked", "mine");
        story.turn("turn", "t").ready("turn-before");
        tree.write("a.txt", "two").write("new", "new");
        story.end("turn", "t").ready("turn-after");
        story.commit("c1", "t", null);
        assertThat(recorded(story, "c1")).isEqualTo(tree.git().line("rev-parse", "HEAD"));
        assertThat(tree.git().run("show", "--name-only", "--format=")).isEqualTo("a.txt\nnew\n");
        String mine = " M b.txt\nA  staged\n?? untracked\n";
        assertThat(tree.git().run("status", "--porcelain")).isEqualTo(mine);
        tree.write("a.txt", "mine, too");
        story.commit("c2", "t", null);
        assertThat(why(story, "c2"))
                .startsWith(
                        "There is nothing to commit in "
                                + tree.root()
                                + " that this thread has changed");
        story.restore("r1", "turn-before", RestoreScope.FILES).outcome("r1");
        story.commit("c3", "t", null);
        recorded(story, "c3");
        assertThat(tree.git().run("show", "--name-status", "--format="))
                .isEqualTo("M\ta.txt\nD\tnew\n");
        assertThat(tree.read("a.txt")).isEqualTo("one");
    }

    @Test
    void named_paths_are_committed_alone() {
        Story story = start(Story.in(tree.root()));
        tree.write("a.txt", "two").write("b.txt", "two").write("dir/[x]*", "x").write("dir/y", "y");
        story.commit("c1", "t", new ChangeSelection.Paths(List.of("b.txt", "dir")));
        recorded(story, "c1");
        assertThat(tree.git().run("show", "--name-only", "--format=", "-z"))
                .isEqualTo("b.txt\0dir/[x]*\0dir/y\0");
        assertThat(tree.git().run("status", "--porcelain")).isEqualTo(" M a.txt\n");
        story.commit("c2", "t", new ChangeSelection.Paths(List.of("b.txt", "nowhere")));
        assertThat(why(story, "c2")).startsWith("There is no nowhere in " + tree.root());
        story.commit("c3", "t", new ChangeSelection.Paths(List.of("b.txt")));
        assertThat(why(story, "c3")).endsWith(": what was named is unchanged or ignored.");
    }

    private static String why(Story story, String operation) {
        return story.outcome(operation) instanceof OperationState.Failed(var why, _)
                ? why
                : "it succeeded";
    }

    @Test
    void a_commit_waits_for_the_agent_of_an_interrupted_turn() {
        Story story = start(Story.in(tree.root()));
        story.turn("turn", "t").ready("turn-before");
        story.interrupt("t").commit("c1", "t");
        drain();
        assertThat(tree.git().line("rev-list", "--count", "HEAD")).isEqualTo("1");
        tree.write("a.txt", "last words");
        story.end("turn", "t");
        story.outcome("c1");
        assertThat(tree.git().run("show", "HEAD:a.txt")).isEqualTo("last words");
    }

    @Test
    void branches_are_made_and_pushed() {
        WorkTree remote = new WorkTree(temp.resolve("remote.git"));
        tree.git().run("init", "-q", "--bare", remote.root().toString());
        tree.git().run("remote", "add", "origin", remote.root().toString());
        Story story = start(Story.in(tree.root()));
        branch(story, "b1", "feature", null);
        String head = tree.git().line("rev-parse", "HEAD");
        assertThat(recorded(story, "b1")).isEqualTo(head);
        push(story, "p1", "feature", "origin");
        assertThat(recorded(story, "p1")).isEqualTo(head);
        assertThat(remote.git().line("rev-parse", "feature")).isEqualTo(head);
        branch(story, "b2", "feature", null);
        assertThat(why(story, "b2")).startsWith("There is a branch feature already");
        push(story, "p2", "feature", "nowhere");
        assertThat(why(story, "p2")).startsWith("There is no remote nowhere");
        assertNothingKept();
    }

    private static void branch(Story story, String id, String name, @Nullable String from) {
        story.engine()
                .accept(
                        new CreateBranch(
                                new OperationId(id), new ProjectId("p"), name, from, Story.AT));
    }

    private static void push(Story story, String id, String branch, String remote) {
        story.engine()
                .accept(
                        new PushBranch(
                                new OperationId(id),
                                new ProjectId("p"),
                                branch,
                                remote,
                                null,
                                Story.AT));
    }

    private static String recorded(Story story, String operation) {
        return story.outcome(operation) instanceof OperationState.Recorded(var ref, _)
                ? ref
                : why(story, operation);
    }

    @Test
    void a_report_that_has_no_room_is_sent_again() {
        Story story = Story.in(tree.root());
        branch(story, "b1", "feature", null);
        story.engine()
                .answerNext(
                        new DispatchResult.Overloaded(), new DispatchResult.Unavailable("away"));
        start(story);
        assertThat(recorded(story, "b1")).isEqualTo(tree.git().line("rev-parse", "HEAD"));
        assertThat(tree.git().line("rev-parse", "feature")).isNotEmpty();
    }

    @Test
    void an_operation_that_hangs_is_ended_when_it_is_abandoned() {
        Path running = temp.resolve("running");
        tree.write(".git/hooks/pre-commit", "#!/bin/sh\ntouch " + running + "\nsleep 300\n");
        tree.executable(".git/hooks/pre-commit", true).write("a.txt", "two");
        Story story = start(Story.in(tree.root())).commit("c1", "t");
        awaitFile(running);
        story.engine().accept(new AbandonOperation(new OperationId("c1"), Story.AT));
        drain();
        assertThat(tree.at(".git/index.lock")).doesNotExist();
        assertNothingKept();
        tree.delete(".git/hooks/pre-commit");
        story.commit("c2", "t");
        assertThat(recorded(story, "c2"))
                .as(
                        tree.git().run("log", "--stat")
                                + tree.git().run("status")
                                + tree.git().run("diff", "HEAD"))
                .isEqualTo(tree.git().line("rev-parse", "HEAD"));
    }

    private static void awaitFile(Path file) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!Files.exists(file)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void a_commit_that_was_stopped_by_closing_is_recorded_as_failed_at_the_next_start() {
        Path running = temp.resolve("running");
        tree.write(".git/hooks/pre-commit", "#!/bin/sh\ntouch " + running + "\nsleep 300\n");
        tree.executable(".git/hooks/pre-commit", true).write("a.txt", "two");
        Story story = start(Story.in(tree.root())).commit("c1", "t");
        awaitFile(running);
        close();
        assertThat(tree.at(".git/index.lock")).doesNotExist();
        start(story);
        assertThat(why(story, "c1"))
                .isEqualTo("Stele was stopped before the commit was made; ask for it again.");
    }
}
