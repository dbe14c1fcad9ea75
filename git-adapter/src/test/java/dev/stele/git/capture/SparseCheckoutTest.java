package dev.stele.git.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.WorkTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Indexes of every form, and what they leave out of the working tree. */
class SparseCheckoutTest {

    @TempDir Path temp;
    private final Capturing capturing = new Capturing();
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));

    @BeforeEach
    void repository() {
        tree = WorkTree.init(temp.resolve("project"));
        tree.write("top.txt", "top").write("in/a.txt", "a").write("in/deep/b.txt", "b");
        tree.write("out/c.txt", "c").write("out/deep/d.txt", "d").write("out/run", "e");
        tree.executable("out/run", true).commit("first");
    }

    @Test
    void what_is_left_out_is_carried_and_not_deleted() {
        Map<String, String> all = tree.held("HEAD");
        tree.git().run("sparse-checkout", "set", "in");
        assertThat(tree.at("out")).doesNotExist();
        assertThat(tree.held(capturing.takeUntouched(tree).ref())).isEqualTo(all);
        assertThat(tree.held(capturing.takeUntouched(tree).ref())).isEqualTo(all);
        tree.assertSound();
    }

    @Test
    void a_sparse_index_is_understood() {
        Map<String, String> all = tree.held("HEAD");
        tree.git().run("sparse-checkout", "set", "--cone", "--sparse-index", "in");
        assertThat(tree.git().line("ls-files", "--sparse", "out")).isEqualTo("out/");
        assertThat(tree.held(capturing.takeUntouched(tree).ref())).isEqualTo(all);
        tree.write("in/a.txt", "changed").delete("top.txt");
        Map<String, String> held = tree.held(capturing.takeUntouched(tree).ref());
        assertThat(held).hasSize(all.size() - 1).doesNotContainKey("top.txt");
        assertThat(held.get("out/c.txt")).isEqualTo(all.get("out/c.txt"));
    }

    @Test
    void files_in_a_directory_that_a_sparse_index_leaves_out_are_held_beside_the_rest() {
        Map<String, String> all = tree.held("HEAD");
        tree.git().run("sparse-checkout", "set", "--cone", "--sparse-index", "in");
        capturing.takeUntouched(tree);
        tree.write("out/new.txt", "new").write("out/c.txt", "present");
        Map<String, String> held = tree.held(capturing.takeUntouched(tree).ref());
        assertThat(held).hasSize(all.size() + 1).containsKey("out/new.txt");
        assertThat(held.get("out/c.txt")).endsWith(WorkTree.blobId("present".getBytes(UTF_8)));
        assertThat(held.get("out/run")).isEqualTo(all.get("out/run"));
    }

    @Test
    void single_files_that_are_left_out_are_carried() {
        Map<String, String> all = tree.held("HEAD");
        tree.git().run("update-index", "--skip-worktree", "in/a.txt", "out/c.txt");
        tree.delete("in/a.txt").write("out/c.txt", "on the disk");
        Map<String, String> held = tree.held(capturing.takeUntouched(tree).ref());
        assertThat(held.get("in/a.txt")).isEqualTo(all.get("in/a.txt"));
        assertThat(held.get("out/c.txt")).endsWith(WorkTree.blobId("on the disk".getBytes(UTF_8)));
        tree.git().run("update-index", "--no-skip-worktree", "in/a.txt");
        assertThat(tree.held(capturing.takeUntouched(tree).ref())).doesNotContainKey("in/a.txt");
    }

    @Test
    void a_split_index_is_understood() throws Exception {
        tree.write(".gitignore", "*.log\n").write("t.log", "").write("u.log", "");
        tree.write("v.log", "");
        tree.git().run("add", "-f", ".gitignore", "t.log", "v.log");
        tree.git().run("update-index", "--split-index");
        tree.write("w.log", "");
        tree.git().run("add", "-f", "w.log");
        tree.git().run("update-index", "--skip-worktree", "out/c.txt");
        tree.git().run("rm", "-q", "--cached", "v.log");
        tree.delete("out/c.txt");
        try (var files = Files.list(tree.at(".git"))) {
            assertThat(files).anyMatch(f -> f.getFileName().toString().startsWith("sharedindex."));
        }
        Map<String, String> held = tree.held(capturing.takeUntouched(tree).ref());
        assertThat(held).containsKeys("t.log", "w.log", "out/c.txt");
        assertThat(held).doesNotContainKeys("u.log", "v.log");
    }

    @Test
    void compressed_and_extended_indexes_are_understood() {
        tree.write(".gitignore", "*.log\n").write("t.log", "").write("u.log", "");
        tree.git().run("add", "-f", ".gitignore", "t.log");
        for (String version : new String[] {"4", "3", "2"}) {
            tree.git().run("update-index", "--index-version", version, "--untracked-cache");
            capturing.takeExactly(tree);
        }
    }

    @Test
    void a_partial_clone_is_captured_without_fetching() {
        tree.git().run("config", "uploadpack.allowFilter", "true");
        Path clone = temp.resolve("clone");
        tree.git()
                .run(
                        "clone",
                        "-q",
                        "--filter=blob:none",
                        "file://" + tree.root(),
                        clone.toString());
        var partial = new WorkTree(clone);
        partial.write("in/a.txt", "changed").write("new", "new");
        TakenCheckpoint checkpoint = capturing.takeUntouched(partial);
        assertThat(partial.held(checkpoint.ref())).isEqualTo(partial.expected());
    }

    @Test
    void a_clone_that_borrows_objects_is_captured() {
        Path clone = temp.resolve("clone");
        tree.git().run("clone", "-q", "--shared", tree.root().toString(), clone.toString());
        var shared = new WorkTree(clone);
        shared.write("in/a.txt", "changed");
        capturing.takeExactly(shared);
    }
}
