package dev.stele.git.erase;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.domain.model.SecretText;
import dev.stele.domain.port.CheckpointErasureReport;
import dev.stele.domain.port.CheckpointErasureReport.Held;
import dev.stele.domain.port.CheckpointErasureReport.Place;
import dev.stele.git.capture.CheckpointRequest;
import dev.stele.git.capture.StopSign;
import dev.stele.git.capture.TakenCheckpoint;
import dev.stele.git.change.FileState;
import dev.stele.git.change.PathChange;
import dev.stele.git.change.RestoreRecords;
import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.Git;
import dev.stele.git.testing.Restoring;
import dev.stele.git.testing.Story;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text is gone from checkpoints and from the objects below them, and nothing else is touched. */
class GitCheckpointErasureTest {

    private static final String SECRET = "sk-live-4711-\u00e4";
    private static final String RAW = new String(SECRET.getBytes(UTF_8), ISO_8859_1);

    @TempDir Path temp;
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));
    private Restoring restoring = new Restoring(Path.of("/nowhere"));

    @BeforeEach
    void a_repository() {
        tree = WorkTree.init(temp.resolve("project"));
        tree.write("a.txt", "one").write("sub/b.txt", "two").commit("first");
        restoring = new Restoring(state());
    }

    private Path state() {
        return temp.resolve("state");
    }

    private GitCheckpointErasure erasure() {
        return new GitCheckpointErasure(
                restoring.capturing().repositories(),
                restoring.capturing().checkpoints(),
                Duration.ofMinutes(3));
    }

    private CheckpointErasureReport find() {
        return erasure().find(Story.in(tree.root()).engine().model(), new SecretText(SECRET));
    }

    private CheckpointErasureReport erase() {
        return erasure().erase(Story.in(tree.root()).engine().model(), new SecretText(SECRET));
    }

    private Path gitDir() {
        return tree.at(".git");
    }

    /** Every object, inflated, whatever leads to it. */
    private static String objects(Path gitDir) {
        return new Git(gitDir)
                .run("--git-dir=" + gitDir, "cat-file", "--batch-all-objects", "--batch");
    }

    private static void assertGone(Path gitDir) {
        assertThat(objects(gitDir)).doesNotContain(RAW);
        Git.Result checked =
                new Git(gitDir).attempt("--git-dir=" + gitDir, "fsck", "--full", "--no-dangling");
        assertThat(checked.code()).as(checked.errors()).isZero();
        assertThat(checked.output() + checked.errors()).doesNotContain("missing", "broken");
    }

    /** Two checkpoints with it in files of several folders, and one before without it. */
    private List<TakenCheckpoint> leak() {
        TakenCheckpoint before = restoring.take(tree);
        tree.write("sub/deep/key", "key=" + SECRET + "\n").write("sub/b.txt", "three");
        TakenCheckpoint one = restoring.take(tree);
        tree.write("copy", "x" + SECRET + SECRET + "y").write("other", "kept as it is");
        TakenCheckpoint two = restoring.take(tree);
        return List.of(before, one, two);
    }

    private void clean() {
        tree.delete("sub/deep").delete("copy");
    }

    @Test
    void a_text_in_files_of_several_checkpoints_is_gone_from_all_objects() {
        List<TakenCheckpoint> taken = leak();
        clean();
        Map<String, String> untouched = tree.untouchables();

        Place found = find().places().getFirst();
        Place erased = erase().places().getFirst();

        assertThat(found.held())
                .containsExactlyInAnyOrder(
                        new Held(taken.get(1).ref(), List.of("sub/deep/key")),
                        new Held(taken.get(2).ref(), List.of("copy", "sub/deep/key")));
        assertThat(erased).isEqualTo(found);
        assertThat(erased.isLeft()).as(erased.toString()).isFalse();
        assertGone(gitDir());
        tree.assertSound();
        assertThat(tree.untouchables()).isEqualTo(untouched);
        assertThat(tree.git().run("show", taken.get(2).ref() + ":copy"))
                .isEqualTo("x[erased][erased]y");
        assertThat(tree.git().line("rev-parse", taken.getFirst().ref()))
                .isEqualTo(taken.getFirst().commit().name());
        assertThat(find().places()).isEmpty();
    }

    @Test
    void looking_changes_nothing() {
        leak();
        String refs = tree.git().run("for-each-ref");
        String objects = objects(gitDir());
        assertThat(find().isEmpty()).isFalse();
        assertThat(tree.git().run("for-each-ref")).isEqualTo(refs);
        assertThat(objects(gitDir())).isEqualTo(objects);
        assertThat(state().resolve("erasing")).doesNotExist();
    }

    @Test
    void a_checkpoint_without_the_text_is_brought_back_with_the_mask_in_its_place() {
        List<TakenCheckpoint> taken = leak();
        clean();
        erase();
        restoring.restore(tree, taken.get(2));
        assertThat(tree.read("sub/deep/key")).isEqualTo("key=[erased]\n");
        assertThat(tree.read("other")).isEqualTo("kept as it is");
        assertGone(gitDir());
    }

    @Test
    void what_the_working_tree_holds_is_told_since_the_next_checkpoint_would_hold_it_again() {
        leak();
        Place erased = erase().places().getFirst();
        assertThat(erased.files()).containsExactly("copy", "sub/deep/key");
        assertThat(erased.isLeft()).isTrue();
        assertThat(tree.read("copy")).contains("sk-live");
        assertGone(gitDir());
        restoring.take(tree);
        assertThat(find().isEmpty()).isFalse();
    }

    @Test
    void what_a_commit_of_the_user_holds_is_left_and_told_with_its_branch() {
        tree.write("config", "token " + SECRET).commit("oops");
        TakenCheckpoint taken = restoring.take(tree);
        tree.write("config", "token").write("scratch", SECRET);
        restoring.take(tree);
        tree.delete("scratch");
        tree.commit("better");
        Map<String, String> untouched = tree.untouchables();

        Place erased = erase().places().getFirst();

        assertThat(erased.users()).containsExactly("refs/heads/main");
        assertThat(erased.files()).isEmpty();
        assertThat(tree.untouchables()).isEqualTo(untouched);
        assertThat(tree.git().run("show", "main~1:config")).isEqualTo("token " + RAW);
        assertThat(tree.git().run("show", taken.ref() + ":config")).isEqualTo("token [erased]");
        assertThat(
                        tree.git()
                                .attempt("cat-file", "-e", WorkTree.blobId(SECRET.getBytes(UTF_8)))
                                .code())
                .isNotZero();
        tree.assertSound();
    }

    @Test
    void what_only_an_index_a_reflog_a_stash_or_another_working_tree_holds_is_left() {
        tree.write("staged", "staged " + SECRET);
        tree.git().run("add", "staged");
        restoring.take(tree);
        tree.git().run("rm", "-q", "--cached", "staged");
        tree.write("stashed", "stashed " + SECRET);
        restoring.take(tree);
        tree.git().run("stash", "push", "-q", "-u");
        tree.write("later", "only a reflog leads to the stash before");
        tree.git().run("stash", "push", "-q", "-u");
        tree.write("dropped", "dropped " + SECRET).commit("dropped");
        restoring.take(tree);
        tree.git().run("reset", "-q", "--hard", "HEAD~1");
        tree.git().run("worktree", "add", "-q", temp.resolve("second").toString());
        var second = new WorkTree(temp.resolve("second"));
        second.write("second", "second " + SECRET);
        second.git().run("add", "second");
        restoring.take(second);
        second.git().run("checkout", "-q", "--detach");

        Place erased = erase().places().getFirst();

        assertThat(erased.users()).anyMatch(name -> name.contains("index"));
        assertThat(tree.git().run("show", "HEAD@{1}:dropped")).contains(RAW);
        assertThat(tree.git().run("show", "stash@{1}^3:stashed")).contains(RAW);
        assertThat(second.git().run("show", ":second")).contains(RAW);
        tree.assertSound();
    }

    @Test
    void what_only_orig_head_or_a_merge_under_way_remembers_is_left() {
        tree.write("lost", "lost " + SECRET).commit("lost");
        restoring.take(tree);
        tree.git().run("reset", "-q", "--hard", "HEAD~1");
        tree.git().run("reflog", "expire", "--expire=now", "--all");
        assertThat(tree.git().run("show", "ORIG_HEAD:lost")).contains(RAW);

        Place erased = erase().places().getFirst();

        assertThat(erased.users()).singleElement().asString().contains("rebase or merge");
        assertThat(tree.git().run("show", "ORIG_HEAD:lost")).contains(RAW);
        tree.assertSound();
    }

    @Test
    void a_repository_of_steles_own_is_rewritten_too() throws IOException {
        Path plain = Files.createDirectories(temp.resolve("plain")).toRealPath();
        tree = new WorkTree(plain).write("a.txt", "one " + SECRET);
        TakenCheckpoint taken = restoring.take(tree);
        tree.write("a.txt", "clean");
        Path own = onlyChild(state().resolve("trees"));
        assertThat(objects(own)).contains(RAW);

        Place erased = erase().places().getFirst();

        assertThat(erased.held()).containsExactly(new Held(taken.ref(), List.of("a.txt")));
        assertThat(erased.isLeft()).as(erased.toString()).isFalse();
        assertGone(own);
        restoring.restore(tree, taken);
        assertThat(tree.read("a.txt")).isEqualTo("one [erased]");
    }

    private static Path onlyChild(Path directory) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            return children.iterator().next();
        }
    }

    @Test
    void packs_that_git_has_made_of_checkpoints_and_commits_are_made_anew() {
        leak();
        clean();
        tree.git().run("repack", "-q", "-a", "-d", "--write-midx");
        tree.git().run("pack-refs", "--all");
        tree.git().run("commit-graph", "write", "--reachable");
        String log = tree.git().run("log", "--format=%H %s", "main");

        erase();

        assertGone(gitDir());
        tree.assertSound();
        tree.git().run("commit-graph", "verify");
        assertThat(tree.git().run("log", "--format=%H %s", "main")).isEqualTo(log);
        tree.git().run("gc", "-q", "--prune=now");
        assertThat(find().places()).isEmpty();
        tree.assertSound();
    }

    @Test
    void what_is_loose_or_left_of_a_deleted_thread_goes_as_well() throws IOException {
        leak();
        clean();
        restoring.capturing().checkpoints().deleteAll(tree.root(), Capturing.THREAD);
        tree.git().run("repack", "-q", "-A", "-d");
        assertThat(objects(gitDir())).contains(RAW);

        erase();

        assertGone(gitDir());
    }

    @Test
    void what_a_checkpoint_says_of_itself_is_masked() {
        var request =
                new CheckpointRequest(
                        tree.root(),
                        Capturing.THREAD,
                        new CheckpointId("said"),
                        "after: " + SECRET,
                        Story.AT);
        TakenCheckpoint taken = restoring.capturing().checkpoints().take(request, new StopSign());

        Place erased = erase().places().getFirst();

        assertThat(erased.held()).containsExactly(new Held(taken.ref(), List.of()));
        assertThat(tree.git().line("log", "-1", "--format=%s", taken.ref()))
                .isEqualTo("after: [erased]");
        assertGone(gitDir());
        restoring.restore(tree, taken);
        tree.assertSound();
    }

    @Test
    void a_text_in_base64_or_escaped_as_json_is_gone_too() {
        byte[] bytes = ("\1 " + SECRET + " \2").getBytes(UTF_8);
        tree.write("key.b64", Base64.getEncoder().encodeToString(bytes));
        tree.write("key.json", "{\"key\":\"sk-live-4711-\\u00e4\"}");
        TakenCheckpoint taken = restoring.take(tree);
        tree.delete("key.b64").delete("key.json");

        assertThat(erase().places().getFirst().held().getFirst().paths())
                .containsExactlyInAnyOrder("key.b64", "key.json");

        assertGone(gitDir());
        assertThat(objects(gitDir())).doesNotContain("4711", "c2stbGl2ZS", "stbGl2ZS", "stbGl2");
        restoring.restore(tree, taken);
        assertThat(tree.read("key.json")).isEqualTo("{\"key\":\"[erased]\"}");
        assertThat(Base64.getDecoder().decode(tree.read("key.b64")))
                .hasSameSizeAs(bytes)
                .startsWith(1, ' ')
                .endsWith(' ', 2);
    }

    @Test
    void a_name_is_masked_and_so_is_utf_16() {
        tree.write("x-" + SECRET + ".txt", "by name").write("x-[erased].txt", "its neighbour");
        tree.write("wide", SECRET.getBytes(UTF_16LE));
        TakenCheckpoint taken = restoring.take(tree);
        tree.delete("x-" + SECRET + ".txt").delete("x-[erased].txt").delete("wide");

        Place erased = erase().places().getFirst();

        assertThat(erased.held().getFirst().paths())
                .containsExactlyInAnyOrder("x-[erased].txt", "wide");

        assertGone(gitDir());
        assertThat(tree.held(taken.ref()).keySet())
                .contains("x-[erased].txt", "x-[erased].txt~2", "wide");
        restoring.restore(tree, taken);
        assertThat(tree.bytes("wide")).isEqualTo("[erased]".getBytes(UTF_16LE));
        assertThat(tree.read("x-[erased].txt")).isEqualTo("its neighbour");
    }

    @Test
    void what_stele_keeps_beside_the_repository_names_the_new_objects_only() throws IOException {
        leak();
        clean();
        ObjectId blob =
                ObjectId.fromString(WorkTree.blobId(("key=" + SECRET + "\n").getBytes(UTF_8)));
        ObjectId after = ObjectId.fromString(WorkTree.blobId("key=[erased]\n".getBytes(UTF_8)));
        var change = new PathChange("key", null, new FileState(0100644, blob), true);
        new RestoreRecords(state())
                .keep(
                        Capturing.THREAD,
                        new OperationId("r"),
                        List.of(change),
                        tree.root(),
                        List.of());
        Files.createDirectories(state().resolve("snapshots"));
        Path snapshot = Files.writeString(state().resolve("snapshots/0815"), "a tree");
        String step = "step key 100644:" + blob.name() + " 100644:";
        Path journal = Files.writeString(state().resolve("r.restore"), step + blob.name() + "\n");

        erase();

        assertThat(state().resolve("restored/thread.r"))
                .hasContent("key - 100644:" + after.name() + " replaced");
        assertThat(journal).hasContent(step + after.name());
        assertThat(snapshot).doesNotExist();
    }

    @Test
    void a_project_that_is_gone_is_no_trouble() {
        var model = Story.in(temp.resolve("gone")).engine().model();
        assertThat(erasure().erase(model, new SecretText(SECRET)).places()).isEmpty();
    }

    @Test
    void a_pack_that_is_marked_to_be_kept_is_told_and_removed_when_it_is_not() throws IOException {
        leak();
        clean();
        tree.git().run("repack", "-q", "-a", "-d");
        Path pack;
        try (DirectoryStream<Path> packs =
                Files.newDirectoryStream(gitDir().resolve("objects/pack"), "*.pack")) {
            pack = packs.iterator().next();
        }
        Path keep = Files.createFile(Path.of(pack.toString().replace(".pack", ".keep")));

        Place kept = erase().places().getFirst();

        assertThat(kept.failure()).contains(pack.toString());
        assertThat(pack).exists();
        Files.delete(keep);
        assertThat(erase().isLeft()).isFalse();
        assertGone(gitDir());
    }
}
