package dev.stele.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.app.approval.ApprovalPolicy.Standard;
import dev.stele.app.config.SteleHome;
import dev.stele.app.error.SteleException;
import dev.stele.app.support.GitProject;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.RestoreScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents work beside each other on one repository, each in a worktree, with everything real. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorktreesTest {
    private final Path folder;
    private final GitProject project;

    WorktreesTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        project = GitProject.in(folder.resolve("project"));
    }

    private Stele open() {
        return Stele.builder()
                .home(new SteleHome(folder.resolve("home")))
                .approvals(Standard.ALL)
                .open();
    }

    /** The name of an agent that waits until the other one is at work, too, and writes a file. */
    private String meeting(String own, String other) throws IOException {
        Path script = folder.resolve(own + ".json");
        String wait =
                "touch %1$s/at-%2$s; until [ -e %1$s/at-%3$s ]; do sleep 0.02; done"
                        .formatted(folder, own, other);
        Files.writeString(
                script,
                """
                {"steps": [
                  {"run": "%s", "ask": false},
                  {"write": "%s.txt", "content": "by %s\\n", "ask": false}
                ]}
                """
                        .formatted(wait, own, own));
        return "scripted:" + script;
    }

    private static ThreadId thread(Stele stele, ProjectId projectId, String agent) {
        ThreadId id = Ids.thread();
        stele.execute(new CreateThread(id, projectId, "Work", agent, Instant.now()));
        return id;
    }

    private static Project added(Stele stele, ProjectId projectId, String name)
            throws InterruptedException {
        Operation.AddWorktree add = stele.worktrees().add(projectId, name, null);
        assertThat(add.state()).isInstanceOf(OperationState.Recorded.class);
        return Objects.requireNonNull(stele.model().project(add.worktreeId()));
    }

    private static String why(Operation operation) {
        assertThat(operation.state()).isInstanceOf(OperationState.Failed.class);
        return ((OperationState.Failed) operation.state()).why();
    }

    @Test
    void two_agents_work_at_once_and_know_nothing_of_each_other() throws Exception {
        project.write("mine.txt", "not committed\n");
        try (Stele stele = open();
                ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            ProjectId of = stele.project(project.directory());
            Project one = added(stele, of, "one");
            Project two = added(stele, of, "two");
            ThreadId first = thread(stele, one.id(), meeting("one", "two"));
            ThreadId second = thread(stele, two.id(), meeting("two", "one"));
            String before = project.state();

            Future<TurnResult> left = both.submit(() -> stele.run(first, "Go."));
            Future<TurnResult> right = both.submit(() -> stele.run(second, "Go."));
            assertThat(List.of(left.get(), right.get())).allMatch(TurnResult::isCompleted);
            assertThat(project.state()).isEqualTo(before);
            assertThat(stele.changes().of(left.get().turnId()).files())
                    .singleElement()
                    .matches(file -> file.path().equals("one.txt"));
            assertThat(Path.of(two.path()).resolve("one.txt")).doesNotExist();

            Future<Operation.Commit> mine =
                    both.submit(() -> stele.commit(first, "One", new ChangeSelection.Own()));
            Future<Operation.Commit> theirs =
                    both.submit(() -> stele.commit(second, "Two", new ChangeSelection.Own()));
            assertThat(List.of(mine.get(), theirs.get()))
                    .allMatch(commit -> commit.state() instanceof OperationState.Recorded);
            assertThat(stele.worktrees().merge(one.id()).state())
                    .isInstanceOf(OperationState.Recorded.class);
            assertThat(stele.worktrees().merge(two.id()).state())
                    .isInstanceOf(OperationState.Recorded.class);
            assertThat(project.tree("main")).containsKeys("one.txt", "two.txt");
            assertThat(project.git("status", "--porcelain")).isEqualTo("?? mine.txt\n");
        }
    }

    @Test
    void what_a_removal_took_away_comes_back_from_its_checkpoint() throws Exception {
        try (Stele stele = open()) {
            Project own = added(stele, stele.project(project.directory()), "one");
            Files.createFile(folder.resolve("at-nobody"));
            ThreadId thread = thread(stele, own.id(), meeting("one", "nobody"));
            TurnResult turn = stele.run(thread, "Go.");

            Operation.RemoveWorktree refused = stele.worktrees().remove(own.id(), null);
            assertThat(why(refused)).contains("has changes that are not committed");
            assertThat(refused.paths()).containsExactly("one.txt");
            Operation.RemoveWorktree removed = stele.worktrees().remove(own.id(), thread);
            assertThat(removed.state()).isInstanceOf(OperationState.Recorded.class);
            assertThat(Path.of(own.path())).doesNotExist();
            assertThat(stele.changes().of(turn.turnId()).files()).hasSize(1);
            assertThatThrownBy(() -> stele.run(thread, "Go on."))
                    .isInstanceOfSatisfying(
                            SteleException.Refused.class,
                            e ->
                                    assertThat(e.error())
                                            .isEqualTo(
                                                    new DeciderError.WorktreeNotThere(own.id())));

            assertThat(added(stele, own.id(), "one").id()).isEqualTo(own.id());
            CheckpointId checkpoint = Objects.requireNonNull(removed.checkpointId());
            stele.restore(checkpoint, RestoreScope.FILES);
            assertThat(Path.of(own.path()).resolve("one.txt")).hasContent("by one");
            assertThat(stele.run(thread, "Go on.").isCompleted()).isTrue();
        }
    }

    @Test
    void conflicts_are_a_failure_that_names_the_paths() throws Exception {
        try (Stele stele = open()) {
            Project own = added(stele, stele.project(project.directory()), "one");
            Files.writeString(Path.of(own.path()).resolve("tracked.txt"), "theirs\n");
            ThreadId thread = thread(stele, own.id(), "scripted");
            stele.commit(thread, "Theirs", new ChangeSelection.All());
            project.write("tracked.txt", "ours\n").git("commit", "-qam", "Ours");
            String before = project.state();

            Operation.MergeWorktree merge = stele.worktrees().merge(own.id());
            assertThat(why(merge)).contains("Both branches have changed the same lines");
            assertThat(merge.paths()).containsExactly("tracked.txt");
            assertThat(project.state()).isEqualTo(before);
        }
    }

    @Test
    void names_and_folders_are_told_apart() throws Exception {
        GitProject namesake = GitProject.in(folder.resolve("elsewhere").resolve("project"));
        try (Stele stele = open()) {
            ProjectId one = stele.project(project.directory());
            ProjectId other = stele.project(namesake.directory());
            Project first = added(stele, one, "fix");
            Project second = added(stele, other, "fix");

            assertThat(first.path()).isNotEqualTo(second.path());
            assertThat(stele.worktrees().freeName(one, "Fix!")).isEqualTo("fix-2");
            assertThat(stele.worktrees().freeName(first.id(), "")).isEqualTo("work");
            assertThat(Worktrees.of(stele.model(), one)).containsExactly(first);
            assertThatThrownBy(() -> stele.worktrees().add(one, "../out", null))
                    .isInstanceOf(SteleException.Refused.class)
                    .hasMessageContaining("letters, digits, dots, hyphens and underscores");
        }
    }

    @Test
    void names_are_made_of_whatever_people_say() {
        assertThat(Worktrees.slug("  Mend the *clock*, please.", "x"))
                .isEqualTo("mend-the-clock-please");
        assertThat(Worktrees.slug("späte Uhr", "x")).isEqualTo("sp-te-uhr");
        assertThat(Worktrees.slug("✓", "work")).isEqualTo("work");
        assertThat(Worktrees.slug("a long wish of many words that never seems to end", "x"))
                .isEqualTo("a-long-wish-of-many-words-that-never");
    }

    @Test
    void a_worktree_that_cannot_be_made_leaves_nothing() throws Exception {
        try (Stele stele = open()) {
            ProjectId of = stele.project(project.directory());
            Operation.AddWorktree add = stele.worktrees().add(of, "one", "no-such-revision");
            assertThat(why(add)).contains("There is no commit no-such-revision");
            assertThat(Worktrees.of(stele.model(), of)).isEmpty();
            assertThat(added(stele, of, "one").name()).isEqualTo("one");
        }
    }
}
