package dev.stele.git.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.ThreadId;
import dev.stele.domain.model.GitHead;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.domain.port.TreeDiff;
import dev.stele.domain.port.TreeDiff.FileDiff;
import dev.stele.domain.port.TreeState;
import dev.stele.git.diff.GitTreeDiffs;
import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.Restoring;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of directories that are in no repository. */
class PlainDirectoryTest {

    @TempDir Path temp;
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));
    private Restoring restoring = new Restoring(Path.of("/nowhere"));

    @BeforeEach
    void directory() throws IOException {
        Path root = Files.createDirectories(temp.resolve("plain")).toRealPath();
        tree = new WorkTree(root).write("a.txt", "one").write("run", "x").executable("run", true);
        tree.write(".gitignore", "*.log\n").write("x.log", "ignored").link("link", "a.txt");
        restoring = new Restoring(state());
    }

    private Path state() {
        return temp.resolve("state");
    }

    private List<Path> own() throws IOException {
        Path trees = state().resolve("trees");
        if (!Files.exists(trees)) {
            return List.of();
        }
        try (var all = Files.list(trees)) {
            return all.toList();
        }
    }

    private TreeDiff diff(TakenCheckpoint from, TreeState to) {
        Capturing capturing = restoring.capturing();
        return new GitTreeDiffs(capturing.repositories(), capturing.checkpoints(), state())
                .diff(tree.root().toString(), new TreeState.Held(from.ref()), to);
    }

    @Test
    void it_is_captured_compared_restored_and_undone_and_nothing_else_is_written_into_it()
            throws IOException {
        TakenCheckpoint target = restoring.take(tree);
        assertThat(target.stats().files()).isEqualTo(4);
        Map<String, String> before = tree.onDisk();
        tree.write("a.txt", "two").delete("link").executable("run", false).write("new", "new");
        Map<String, String> changed = tree.onDisk();
        assertThat(diff(target, new TreeState.Current()).files())
                .extracting(FileDiff::path)
                .containsExactly("a.txt", "link", "new", "run");
        var done = restoring.restore(tree, target);
        assertThat(done.summary()).isEqualTo(new RestoreSummary(3, 1, List.of()));
        assertThat(tree.onDisk()).isEqualTo(before);
        restoring.restore(tree, done.safety());
        assertThat(tree.onDisk()).isEqualTo(changed);
        assertThat(tree.at(".git")).doesNotExist();
        assertThat(own()).hasSize(1);
        new WorkTree(own().getFirst()).assertSound();
    }

    @Test
    void a_repository_that_it_gets_later_takes_the_new_checkpoints_and_the_old_ones_stay()
            throws IOException {
        TakenCheckpoint old = restoring.take(tree);
        Map<String, String> before = tree.onDisk();
        tree.git().run("init", "-q", "-b", "main");
        tree.write("a.txt", "two").commit("first");
        TakenCheckpoint young = restoring.take(tree);
        Map<String, String> later = tree.onDisk();
        assertThat(tree.git().line("for-each-ref", "--format=%(refname)", "refs/stele"))
                .isEqualTo(young.ref());
        assertThat(diff(old, new TreeState.Held(young.ref())).files()).hasSize(1);
        var done = restoring.restore(tree, old);
        assertThat(tree.onDisk()).isEqualTo(before);
        restoring.restore(tree, done.safety());
        assertThat(tree.onDisk()).isEqualTo(later);
        for (Path each : own()) {
            new WorkTree(each).delete("");
        }
        tree.assertSound();
        assertThat(tree.held(young.ref())).isEqualTo(tree.expected());
    }

    @Test
    void it_has_no_head_that_could_move() {
        TakenCheckpoint old = restoring.take(tree);
        assertThat(old.stats().head()).isNull();
        tree.write("a.txt", "two");
        assertThat(diff(old, new TreeState.Current()).headMove()).isNull();
        tree.git().run("init", "-q", "-b", "main");
        tree.commit("first");
        TakenCheckpoint young = restoring.take(tree);
        assertThat(young.stats().head())
                .isEqualTo(new GitHead("refs/heads/main", tree.git().line("rev-parse", "HEAD")));
        assertThat(diff(old, new TreeState.Held(young.ref())).headMove()).isNull();
    }

    @Test
    void what_is_written_into_the_new_repository_does_not_lean_on_the_old_objects()
            throws IOException {
        for (int i = 0; i < 100; i++) {
            tree.write("many/" + i, "content " + i);
        }
        restoring.take(tree);
        tree.git().run("init", "-q");
        TakenCheckpoint young = restoring.take(tree);
        new WorkTree(own().getFirst()).delete("");
        tree.assertSound();
        assertThat(tree.held(young.ref())).isEqualTo(tree.expected());
    }

    @Test
    void its_checkpoints_are_deleted_with_their_threads_also_when_it_is_gone() throws IOException {
        Checkpoints checkpoints = restoring.capturing().checkpoints();
        restoring.take(tree);
        var other = new ThreadId("other");
        checkpoints.take(
                new CheckpointRequest(
                        tree.root(),
                        other,
                        new dev.stele.contracts.CheckpointId("c"),
                        "x",
                        Instant.EPOCH),
                new StopSign());
        checkpoints.deleteAll(tree.root(), Capturing.THREAD);
        assertThat(new WorkTree(own().getFirst()).git().line("for-each-ref", "--format=%(refname)"))
                .isEqualTo("refs/stele/checkpoints/other/c");
        Path gone = tree.root();
        tree.delete("");
        checkpoints.deleteAll(gone, other);
        assertThat(own()).isEmpty();
        checkpoints.deleteAll(gone, other);
    }

    @Test
    void steles_own_directory_inside_it_is_left_out() throws IOException {
        Path inside = tree.at("state [1]");
        TakenCheckpoint taken = new Restoring(inside).take(tree);
        assertThat(taken.stats().files()).isEqualTo(4);
        assertThat(inside.resolve("trees")).isNotEmptyDirectory();
    }

    @Test
    void so_is_one_whose_repository_has_refs_in_a_format_that_git_alone_knows() throws IOException {
        tree.git().run("init", "-q", "-b", "main");
        tree.write("t.log", "tracked").git().run("add", "-f", "t.log");
        tree.write(".git/info/exclude", "*.own\n").write("x.own", "ignored");
        tree.write(
                ".git/config",
                """
                [core]
                \trepositoryFormatVersion = 1
                \tfileMode = false
                [extensions]
                \trefStorage = reftable
                """);
        TakenCheckpoint target = restoring.take(tree);
        assertThat(new WorkTree(own().getFirst()).held(target.ref()))
                .containsOnlyKeys(".gitignore", "a.txt", "link", "run", "t.log");
        Map<String, String> before = tree.onDisk();
        tree.write("a.txt", "two").delete("t.log").write("x.own", "changed").write("new", "new");
        Map<String, String> changed = tree.onDisk();
        var done = restoring.restore(tree, target);
        assertThat(tree.read("x.own")).isEqualTo("changed");
        tree.write("x.own", "ignored");
        assertThat(tree.onDisk()).isEqualTo(before);
        restoring.restore(tree, done.safety());
        tree.write("x.own", "changed");
        assertThat(tree.onDisk()).isEqualTo(changed);
        restoring.capturing().checkpoints().heal(tree.root());
        restoring.capturing().checkpoints().deleteAll(tree.root(), Capturing.THREAD);
        assertThat(own()).isEmpty();
    }

    @Test
    void a_repository_inside_it_is_left_alone() {
        WorkTree.init(tree.at("nested")).write("x", "x");
        TakenCheckpoint target = restoring.take(tree);
        assertThat(target.stats().leftOut()).hasSize(1);
        tree.write("nested/x", "y").write("a.txt", "two");
        restoring.restore(tree, target);
        assertThat(tree.read("nested/x") + tree.read("a.txt")).isEqualTo("yone");
    }
}
