package dev.stele.git.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left between captures, and by those that were cut short. */
class RepeatedCaptureTest {

    private static final String REFS = ".git/refs/stele/checkpoints/thread/";

    @TempDir Path temp;
    private final Capturing capturing = new Capturing();
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));

    @BeforeEach
    void repository() {
        tree = WorkTree.init(temp.resolve("project"));
        tree.write("a.txt", "one").write("dir/b.txt", "two").commit("first");
    }

    @Test
    void the_same_checkpoint_twice_is_the_first_one() {
        tree.git().process("mkfifo", tree.at("pi pe%").toString());
        TakenCheckpoint first = capturing.take(tree.root(), "same");
        tree.write("a.txt", "changed since");
        assertThat(capturing.take(tree.root(), "same")).isEqualTo(first);
        assertThat(new Capturing().take(tree.root(), "same")).isEqualTo(first);
    }

    @Test
    void a_repeat_finds_a_checkpoint_whose_ref_was_packed() {
        TakenCheckpoint first = capturing.take(tree.root(), "same");
        tree.git().run("pack-refs", "--all", "--prune");
        assertThat(tree.at(REFS + "same")).doesNotExist();
        tree.write("a.txt", "changed since");
        assertThat(capturing.take(tree.root(), "same")).isEqualTo(first);
    }

    @Test
    void the_lock_that_a_killed_process_left_on_a_ref_is_taken_over() throws IOException {
        tree.write(".git/refs/stele/checkpoints/thread/locked.lock", "");
        String ref = capturing.take(tree.root(), "locked").ref();
        assertThat(tree.held(ref)).isEqualTo(tree.expected());
        tree.write(".git/refs/stele/checkpoints/thread/locked.lock", "");
        capturing.checkpoints().deleteAll(tree.root(), Capturing.THREAD);
        assertThat(tree.git().line("for-each-ref", "refs/stele")).isEmpty();
        assertThat(tree.at(".git/refs/stele/checkpoints/thread/locked.lock")).doesNotExist();
    }

    @Test
    void an_empty_ref_of_a_crash_is_healed() {
        capturing.take(tree.root(), "good");
        tree.write(REFS + "broken", "").write(REFS + "stale.lock", "").write(REFS + "new.lock", "");
        tree.write(".git/objects/pack/tmp_pack_stele_x", "half").write(".git/refs/heads/own", "");
        Instant old = Instant.now().minusSeconds(3600);
        age(REFS + "stale.lock", old);
        age(".git/objects/pack/tmp_pack_stele_x", old);
        heal();
        assertThat(tree.at(REFS + "broken")).doesNotExist();
        assertThat(tree.at(REFS + "stale.lock")).doesNotExist();
        assertThat(tree.at(REFS + "new.lock")).exists();
        assertThat(tree.at(REFS + "good")).exists();
        assertThat(tree.at(".git/refs/heads/own")).exists();
        assertThat(tree.at(".git/objects/pack/tmp_pack_stele_x")).doesNotExist();
    }

    private void heal() {
        try {
            capturing.checkpoints().heal(tree.root());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void age(String path, Instant time) {
        try {
            Files.setLastModifiedTime(tree.at(path), FileTime.from(time));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_lock_that_a_killed_process_left_on_packed_refs_is_taken_away() throws IOException {
        capturing.take(tree.root(), "packed");
        tree.git().run("pack-refs", "--all");
        tree.write(".git/packed-refs.lock", "");
        heal();
        assertThat(tree.at(".git/packed-refs.lock")).exists();
        age(".git/packed-refs.lock", Instant.now().minusSeconds(3600));
        capturing.checkpoints().deleteAll(tree.root(), Capturing.THREAD);
        assertThat(tree.git().line("for-each-ref", "refs/stele")).isEmpty();
        assertThat(tree.at(".git/packed-refs.lock")).doesNotExist();
        tree.write(".git/packed-refs.lock", "");
        age(".git/packed-refs.lock", Instant.now().minusSeconds(3600));
        heal();
        assertThat(tree.at(".git/packed-refs.lock")).doesNotExist();
    }

    @Test
    void a_ref_to_nothing_is_taken_again() {
        tree.write(REFS + "same", "1234567890123456789012345678901234567890\n");
        TakenCheckpoint checkpoint = capturing.take(tree.root(), "same");
        assertThat(tree.held(checkpoint.ref())).isEqualTo(tree.expected());
        tree.write(REFS + "empty", "");
        assertThat(tree.held(capturing.take(tree.root(), "empty").ref()))
                .isEqualTo(tree.expected());
        tree.assertSound();
    }

    @Test
    void a_stopped_capture_leaves_nothing_behind() throws IOException {
        var stop = new StopSign();
        stop.raise();
        assertThatThrownBy(() ->
                        capturing
                                .checkpoints()
                                .take(Capturing.request(tree.root(), "stopped"), stop))
                .isInstanceOf(StopSign.Stopped.class);
        assertThat(tree.git().line("for-each-ref", "refs/stele")).isEmpty();
        assertThat(packs()).isZero();
        capturing.takeExactly(tree);
    }

    private long packs() throws IOException {
        try (Stream<Path> files = Files.list(tree.at(".git/objects/pack"))) {
            return files.count();
        }
    }

    @Test
    void objects_that_were_collected_are_written_again() {
        capturing.takeExactly(tree.write("untracked", "only in checkpoints"));
        tree.git().run("update-ref", "-d", "refs/stele/checkpoints/thread/c0");
        tree.git().run("gc", "-q", "--prune=now");
        capturing.takeExactly(tree);
    }

    @Test
    void objects_outlive_the_collection_of_garbage() {
        String ref = capturing.takeExactly(tree.write("untracked", "1")).ref();
        var held = tree.held(ref);
        tree.git().run("gc", "-q", "--prune=now");
        tree.write("untracked", "2");
        capturing.takeExactly(tree);
        assertThat(tree.held(ref)).isEqualTo(held);
    }

    @Test
    void an_unchanged_tree_costs_one_commit() throws IOException {
        TakenCheckpoint first = capturing.take(tree.root());
        TakenCheckpoint second = capturing.take(tree.root());
        assertThat(second.commit()).isNotEqualTo(first.commit());
        assertThat(tree.git().line("rev-parse", first.ref() + "^{tree}"))
                .isEqualTo(tree.git().line("rev-parse", second.ref() + "^{tree}"));
        assertThat(objectsIn(newestPack())).isEqualTo(1);
    }

    @Test
    void one_changed_file_costs_its_blob_its_trees_and_a_commit() throws IOException {
        capturing.take(tree.root());
        tree.write("dir/b.txt", "changed");
        capturing.take(tree.root());
        assertThat(objectsIn(newestPack())).isEqualTo(4);
    }

    @Test
    void a_first_capture_writes_little_that_is_in_the_repository_already() throws IOException {
        for (int i = 0; i < 200; i++) {
            tree.write("many/" + i, "file " + i);
        }
        tree.commit("many");
        capturing.take(tree.root());
        assertThat(objectsIn(newestPack())).isLessThan(40);
    }

    private Path newestPack() throws IOException {
        try (Stream<Path> files = Files.list(tree.at(".git/objects/pack"))) {
            return files.filter(file -> file.toString().endsWith(".idx"))
                    .max((a, b) ->
                            Long.compare(a.toFile().lastModified(), b.toFile().lastModified()))
                    .orElseThrow();
        }
    }

    private long objectsIn(Path index) {
        return tree.git()
                .run("verify-pack", "-v", index.toString())
                .lines()
                .filter(line -> line.matches("[0-9a-f]{40} .*"))
                .count();
    }

    @Test
    void all_checkpoints_of_a_thread_can_be_deleted_packed_or_not() throws IOException {
        capturing.take(tree.root());
        tree.git().run("pack-refs", "--all");
        capturing.take(tree.root());
        tree.git().run("update-ref", "refs/stele/checkpoints/thread2/c", "HEAD");
        String others =
                tree.git().line("for-each-ref", "refs/heads", "refs/stele/checkpoints/thread2");
        capturing.checkpoints().deleteAll(tree.root(), Capturing.THREAD);
        assertThat(tree.git().line("for-each-ref")).isEqualTo(others);
        capturing.checkpoints().deleteAll(tree.root(), Capturing.THREAD);
    }

    @Test
    void the_commit_has_no_parent_and_says_what_it_is() throws IOException {
        TakenCheckpoint checkpoint = capturing.take(tree.root());
        String commit = tree.git().line("cat-file", "-p", checkpoint.ref());
        assertThat(commit)
                .doesNotContain("parent")
                .contains("author Stele <checkpoints@stele.invalid> 1767323045 +0000")
                .contains("Stele-Thread: thread\nStele-Checkpoint: c0\n")
                .contains("Stele-Head: " + tree.git().line("rev-parse", "HEAD"))
                .contains("Stele-Files: 2\nStele-Bytes: 6");
        assertThat(ObjectId.fromString(tree.git().line("rev-parse", checkpoint.ref())))
                .isEqualTo(checkpoint.commit());
    }
}
