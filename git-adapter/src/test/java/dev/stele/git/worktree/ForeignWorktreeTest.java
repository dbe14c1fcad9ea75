package dev.stele.git.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.contracts.OperationId;
import dev.stele.domain.port.TreeDiff.FileDiff;
import dev.stele.domain.port.TreeState;
import dev.stele.git.capture.StopSign;
import dev.stele.git.capture.TakenCheckpoint;
import dev.stele.git.diff.GitTreeDiffs;
import dev.stele.git.operation.BegunOperations;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.Repositories;
import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.Git;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worktrees of a repository in which nothing of Stele's can be kept: its ids are of SHA-256. */
class ForeignWorktreeTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir Path temp;
    private WorkTree project = new WorkTree(Path.of("/nowhere"));
    private WorkTree tree = project;
    private Capturing capturing = new Capturing();
    private int operations;

    @BeforeEach
    void a_worktree() throws Exception {
        Path root = Files.createDirectories(temp.resolve("project")).toRealPath();
        new Git(root).run("init", "-q", "-b", "main", "--object-format=sha256");
        project = new WorkTree(root).write("a", "1").write(".gitignore", "*.log\n").commit("first");
        capturing = new Capturing(new Repositories(state()));
        Path place = Files.createDirectories(temp.resolve("worktrees")).toRealPath();
        tree = new WorkTree(place.resolve("one"));
        add();
    }

    private Path state() {
        return temp.resolve("state");
    }

    private WorktreeRequest request() {
        return new WorktreeRequest(
                new OperationId("op" + operations++),
                project.root(),
                tree.root(),
                tree.root(),
                "stele/one");
    }

    private void add() throws InterruptedException {
        new WorktreeAdding(new BegunOperations(state()), LIMIT)
                .add(request(), null, new StopSign());
    }

    private void remove(TakenCheckpoint checkpoint) throws InterruptedException {
        new WorktreeRemoval(capturing.checkpoints(), state(), LIMIT)
                .remove(request(), checkpoint.ref(), new StopSign());
    }

    private List<String> changed(WorkTree at, TakenCheckpoint from, TakenCheckpoint to) {
        return new GitTreeDiffs(capturing.repositories(), capturing.checkpoints(), state())
                        .diff(
                                at.root().toString(),
                                new TreeState.Held(from.ref()),
                                new TreeState.Held(to.ref()))
                        .files()
                        .stream()
                        .map(FileDiff::path)
                        .toList();
    }

    private long repositories() throws IOException {
        try (Stream<Path> all = Files.list(state().resolve("trees"))) {
            return all.count();
        }
    }

    @Test
    void with_a_checkpoint_it_goes_its_changes_are_told_and_it_comes_back() throws Exception {
        TakenCheckpoint before = capturing.take(tree.root());
        tree.write("a", "2").write("new", "n").write("x.log", "ignored");
        TakenCheckpoint after = capturing.take(tree.root());
        remove(after);

        assertThat(tree.root()).doesNotExist();
        assertThat(tree.root().resolveSibling("")).isEmptyDirectory();
        assertThat(changed(project, before, after)).containsExactly("a", "new");
        add();
        assertThat(changed(tree, before, after)).containsExactly("a", "new");
        assertThat(tree.read("a")).isEqualTo("1");
    }

    @Test
    void what_was_changed_after_the_checkpoint_keeps_it() {
        TakenCheckpoint checkpoint = capturing.take(tree.root());
        tree.write("late", "1");
        assertThatThrownBy(() -> remove(checkpoint))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("were changed after the checkpoint was taken");
        assertThat(tree.read("late")).isEqualTo("1");
    }

    @Test
    void its_checkpoints_go_with_their_thread_when_it_is_gone() throws Exception {
        capturing.take(project.root(), "kept");
        TakenCheckpoint taken = capturing.take(tree.root());
        remove(taken);
        assertThat(repositories()).isEqualTo(2);
        capturing.checkpoints().delete(project.root(), List.of(taken.ref()), new StopSign());
        assertThat(repositories()).isEqualTo(1);
        assertThat(capturing.repositories().holding(taken.ref())).isEmpty();

        add();
        capturing.take(tree.root());
        assertThat(repositories()).isEqualTo(2);
        capturing.checkpoints().deleteAll(project.root(), Capturing.THREAD);
        assertThat(capturing.repositories().holding("refs/stele/checkpoints/thread")).isEmpty();
    }
}
