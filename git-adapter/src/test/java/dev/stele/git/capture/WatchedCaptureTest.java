package dev.stele.git.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.git.disk.DirectoryReader;
import dev.stele.git.disk.TreeWatch;
import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures that read only what a watch tells, and captures by what another process has kept. */
class WatchedCaptureTest {

    @TempDir Path temp;
    private final Capturing watching = Capturing.watching();
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));

    @BeforeEach
    void repository() {
        tree = WorkTree.init(temp.resolve("project"));
        tree.write("a.txt", "one").write("dir/b.txt", "two").write("dir/sub/c.txt", "three");
        tree.commit("first");
        watching.takeExactly(tree);
    }

    @Test
    void every_kind_of_change_is_seen() throws IOException {
        tree.write("dir/b.txt", "another");
        watching.takeExactly(tree);
        tree.write("new/deep/er/file", "new").write("dir/sub/d.txt", "four");
        watching.takeExactly(tree);
        tree.write("new/deep/er/file", "again").executable("a.txt", true);
        watching.takeExactly(tree);
        tree.delete("dir/sub").write("dir/sub/c.txt", "another directory");
        watching.takeExactly(tree);
        tree.write("dir/sub/c.txt", "in the other directory");
        watching.takeExactly(tree);
        Files.move(tree.at("new/deep/er/file"), tree.at("moved"));
        tree.link("link", "a.txt");
        watching.takeExactly(tree);
    }

    @Test
    void a_moved_directory_is_watched_at_its_new_place() throws IOException {
        Files.move(tree.at("dir"), tree.at("other"));
        watching.takeExactly(tree);
        tree.write("other/sub/c.txt", "after the move");
        watching.takeExactly(tree);
        Files.move(tree.at("other"), temp.resolve("outside"));
        watching.takeExactly(tree);
        Files.move(temp.resolve("outside"), tree.at("dir"));
        tree.write("dir/sub/c.txt", "back");
        watching.takeExactly(tree);
    }

    @Test
    void a_file_is_seen_that_is_written_by_a_name_outside() throws IOException {
        Files.writeString(temp.resolve("outside"), "made outside");
        Files.createLink(tree.at("dir/second"), temp.resolve("outside"));
        watching.takeExactly(tree);
        Files.writeString(temp.resolve("outside"), "written outside");
        watching.takeExactly(tree);
    }

    @Test
    void a_whole_look_sees_what_no_watch_is_told_of() throws IOException {
        String before = watching.takeExactly(tree).ref();
        Files.createLink(temp.resolve("outside"), tree.at("dir/b.txt"));
        Files.writeString(temp.resolve("outside"), "written by a name that came later");
        assertThat(tree.held(watching.take(tree.root()).ref()))
                .as("where there is a watch, it narrows what is read")
                .isEqualTo(isWatchable() ? tree.held(before) : tree.expected());
        assertThat(tree.held(watching.takeWhole(tree.root()).ref())).isEqualTo(tree.expected());
        Files.writeString(temp.resolve("outside"), "once more");
        watching.takeExactly(tree);
    }

    private boolean isWatchable() {
        try (TreeWatch watch = TreeWatch.open(tree.root(), 0)) {
            return watch != null;
        }
    }

    @Test
    void what_was_written_through_a_mapping_is_seen_when_the_file_was_closed() throws IOException {
        try (var file =
                FileChannel.open(
                        tree.at("a.txt"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap("six".getBytes(UTF_8)), 0);
        }
        watching.takeExactly(tree);
    }

    @Test
    void rules_and_tracked_paths_that_change_elsewhere_count() {
        tree.write("dir/x.log", "x").write("dir/y.log", "y");
        watching.takeExactly(tree);
        tree.write(".git/info/exclude", "*.log\n");
        assertThat(tree.held(watching.takeExactly(tree).ref())).doesNotContainKey("dir/x.log");
        tree.git().run("add", "-f", "dir/x.log");
        assertThat(tree.held(watching.takeExactly(tree).ref())).containsKey("dir/x.log");
        tree.write(".git/info/exclude", "").write("dir/.gitignore", "y*\n");
        watching.takeExactly(tree);
        tree.write(".gitignore", "sub\n");
        watching.takeExactly(tree);
        tree.git().run("config", "core.fileMode", "false");
        tree.executable("a.txt", true);
        assertThat(tree.held(watching.takeUntouched(tree).ref()).get("a.txt")).startsWith("100644");
    }

    @Test
    void many_more_changes_than_the_list_holds_are_seen() {
        for (int i = 0; i < 20_000; i++) {
            tree.write("dir/many" + i % 50, Integer.toString(i));
            tree.write("other" + i % 3, Integer.toString(i));
        }
        watching.takeExactly(tree);
        tree.write("dir/many7", "after it was full");
        watching.takeExactly(tree);
    }

    @Test
    void a_new_process_goes_by_what_another_has_kept() throws IOException {
        Path kept = temp.resolve("kept");
        var first = Capturing.keeping(kept);
        Map<String, String> held = new HashMap<>(tree.held(first.take(tree.root(), "k1").ref()));
        first.checkpoints().close();
        try (var files = Files.list(kept)) {
            assertThat(files).hasSize(1);
        }
        tree.write("a.txt", "changed since");
        held.put("a.txt", "100644 " + WorkTree.blobId("changed since".getBytes(UTF_8)));
        var second = Capturing.keeping(kept);
        assertThat(tree.held(second.take(tree.root(), "k2").ref())).isEqualTo(held);
        second.checkpoints().close();
    }

    @Test
    void a_damaged_foreign_or_outdated_file_is_passed_over() throws IOException {
        Path kept = temp.resolve("kept");
        var first = Capturing.keeping(kept);
        first.take(tree.root(), "k1");
        first.checkpoints().close();
        Path file;
        try (var files = Files.list(kept)) {
            file = files.findFirst().orElseThrow();
        }
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at += 1 + good.length / 40) {
            byte[] bad = good.clone();
            bad[at] ^= 0x55;
            Files.write(file, bad);
            assertThat(new SnapshotFiles(kept).load(tree.root())).as("byte %s", at).isNull();
        }
        Files.write(file, java.util.Arrays.copyOf(good, good.length / 2));
        assertThat(new SnapshotFiles(kept).load(tree.root())).isNull();
        Files.write(file, new byte[0]);
        assertThat(new SnapshotFiles(kept).load(tree.root())).isNull();
        Files.write(file, good);
        assertThat(new SnapshotFiles(kept).load(tree.root())).isNotNull();
        tree.git().run("update-ref", "-d", "refs/stele/checkpoints/thread/k1");
        tree.git().run("update-ref", "-d", "refs/stele/checkpoints/thread/c0");
        tree.write("untracked", "u");
        tree.git().run("gc", "-q", "--prune=now");
        String ref = Capturing.keeping(kept).take(tree.root(), "k2").ref();
        assertThat(tree.held(ref)).isEqualTo(tree.expected());
        tree.assertSound();
    }

    @Test
    void both_ways_to_read_directories_tell_the_same() throws IOException {
        tree.link("link", "a.txt").executable("a.txt", true);
        tree.git().process("mkfifo", tree.at("pipe").toString());
        tree.git().process("sh", "-c", "printf x > \"$(printf 'b\\377\\376d')\"");
        Files.createLink(tree.at("second"), tree.at("dir/b.txt"));
        try (var fast = DirectoryReader.fastest().open(tree.root());
                var plain = DirectoryReader.JDK.open(tree.root())) {
            assertThat(fast.stamp()).isEqualTo(plain.stamp());
            assertThat(fast.entries()).isEqualTo(plain.entries()).hasSizeGreaterThan(6);
            assertThat(fast.readLink("link")).isEqualTo(plain.readLink("link"));
        }
    }
}
