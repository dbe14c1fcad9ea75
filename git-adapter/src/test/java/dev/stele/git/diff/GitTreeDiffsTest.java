package dev.stele.git.diff;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.model.GitHead;
import dev.stele.domain.port.TreeDiff;
import dev.stele.domain.port.TreeDiff.FileDiff;
import dev.stele.domain.port.TreeDiff.HeadMove;
import dev.stele.domain.port.TreeDiff.Kind;
import dev.stele.domain.port.TreeDiff.Origin;
import dev.stele.domain.port.TreeDiffException;
import dev.stele.domain.port.TreeState;
import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.Git;
import dev.stele.git.testing.RandomChanges;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitTreeDiffsTest {

    private static final TreeState NOW = new TreeState.Current();

    @TempDir Path temp;
    private final Capturing capturing = new Capturing();
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));

    @BeforeEach
    void repository() {
        tree = WorkTree.init(temp.resolve("project"));
        tree.write("a.txt", "one\ntwo\nthree\n").write("dir/b.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
        tree.commit("first");
    }

    private TreeState take() {
        return new TreeState.Held(capturing.take(tree.root()).ref());
    }

    private TreeDiff diff(TreeState from, TreeState to) {
        return new GitTreeDiffs(
                        capturing.repositories(), capturing.checkpoints(), temp.resolve("state"))
                .diff(tree.root().toString(), from, to);
    }

    private static List<String> summary(TreeDiff diff) {
        return diff.files().stream()
                .map(file ->
                        file.kind()
                                + " "
                                + (file.oldPath() == null ? "" : file.oldPath() + " > ")
                                + file.path()
                                + (file.binary() ? " binary" : "")
                                + " +"
                                + file.added()
                                + " -"
                                + file.removed())
                .toList();
    }

    /** Native git applies the patch to the first checkpoint and gets the second. */
    private void assertApplies(TreeDiff diff, TreeState from, TreeState to, String told) {
        assertThat(diff.files()).as(told).noneMatch(FileDiff::binary);
        try {
            Files.writeString(temp.resolve("patch"), diff.patch());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        String apply = diff.files().isEmpty() ? "" : "git apply --cached ../patch && ";
        Git.Result result =
                tree.git()
                        .process(
                                "sh",
                                "-c",
                                "export GIT_INDEX_FILE=../scratch-index; git read-tree "
                                        + ref(from)
                                        + " && "
                                        + apply
                                        + "git write-tree");
        assertThat(result.code()).as("%s: %s\n%s", told, result.errors(), diff.patch()).isZero();
        assertThat(result.output().strip())
                .as("%s\n%s", told, diff.patch())
                .isEqualTo(tree.git().line("rev-parse", ref(to) + "^{tree}"));
    }

    private static String ref(TreeState state) {
        return state instanceof TreeState.Held(var ref) ? ref : "HEAD";
    }

    @Test
    void what_came_changed_and_went_is_told() {
        TreeState from = take();
        tree.write("a.txt", "one\n2\nthree\nfour\n").delete("dir/b.txt").write("new", "x\ny\n");
        TreeState to = take();
        TreeDiff diff = diff(from, to);
        assertThat(summary(diff))
                .containsExactly(
                        "MODIFIED a.txt +2 -1", "DELETED dir/b.txt +0 -9", "ADDED new +2 -0");
        assertThat(List.of(diff.added(), diff.removed())).containsExactly(4L, 10L);
        assertApplies(diff, from, to, "");
        assertThat(diff.files().getFirst().patch())
                .isEqualTo(
                        """
                        diff --git a/a.txt b/a.txt
                        index 4cb29ea38f..ea14db2cbf 100644
                        --- a/a.txt
                        +++ b/a.txt
                        @@ -1,3 +1,4 @@
                         one
                        -two
                        +2
                         three
                        +four
                        """);
        assertThat(summary(diff(to, from)))
                .containsExactly(
                        "MODIFIED a.txt +1 -2", "ADDED dir/b.txt +9 -0", "DELETED new +0 -2");
        assertThat(diff(from, from).files()).isEmpty();
    }

    private Map<String, Origin> origins(TreeDiff diff) {
        Map<String, Origin> origins = new TreeMap<>();
        diff.files().stream()
                .filter(file -> file.origin() != null)
                .forEach(file -> origins.put(file.path(), file.origin()));
        return origins;
    }

    private GitHead head(String branch) {
        return new GitHead(branch, tree.git().line("rev-parse", "HEAD"));
    }

    @Test
    void what_a_move_of_head_brought_is_told_apart() {
        tree.git().run("checkout", "-q", "-b", "other");
        tree.write("a.txt", "other\n").write("came", "1\n").delete("dir/b.txt");
        tree.write("moved", "a\nb\nc\nd\ne\n").write("both", "1\n").commit("other");
        tree.git().run("checkout", "-q", "main");
        tree.write("untracked", "1\n");
        TreeState from = take();
        GitHead before = head("refs/heads/main");
        tree.git().run("checkout", "-q", "other");
        tree.write("came", "1\nmore\n").write("untracked", "2\n");
        GitHead after = head("refs/heads/other");

        for (TreeState to : List.of(take(), NOW)) {
            TreeDiff diff = diff(from, to);
            assertThat(diff.headMove()).isEqualTo(new HeadMove(before, after));
            assertThat(origins(diff))
                    .isEqualTo(
                            Map.of(
                                    "a.txt", Origin.HEAD,
                                    "dir/b.txt", Origin.HEAD,
                                    "moved", Origin.HEAD,
                                    "both", Origin.HEAD));
            assertThat(diff.files()).extracting(FileDiff::path).contains("came", "untracked");
        }
    }

    @Test
    void what_was_renamed_and_committed_meanwhile_is_told_apart() {
        tree.write("untouched", "x\n");
        TreeState from = take();
        tree.git().run("mv", "dir/b.txt", "c.txt");
        tree.git().run("commit", "-q", "-m", "second");
        TreeDiff diff = diff(from, take());
        assertThat(summary(diff)).containsExactly("RENAMED dir/b.txt > c.txt +0 -0");
        assertThat(origins(diff)).isEqualTo(Map.of("c.txt", Origin.HEAD));
    }

    @Test
    void another_branch_at_the_same_commit_is_a_move_of_head() {
        TreeState from = take();
        tree.git().run("checkout", "-q", "-b", "other");
        TreeState other = take();
        tree.git().run("checkout", "-q", "--detach");

        assertThat(diff(from, other).headMove())
                .isEqualTo(new HeadMove(head("refs/heads/main"), head("refs/heads/other")));
        assertThat(diff(other, NOW).headMove())
                .isEqualTo(new HeadMove(head("refs/heads/other"), head("HEAD")));
        assertThat(diff(from, from).headMove()).isNull();
    }

    @Test
    void the_first_commit_is_a_move_of_head() {
        tree = WorkTree.init(temp.resolve("fresh"));
        tree.write("a.txt", "one\n");
        TreeState from = take();
        tree.write("b.txt", "two\n").commit("first");
        TreeDiff diff = diff(from, NOW);
        assertThat(diff.headMove())
                .isEqualTo(
                        new HeadMove(
                                new GitHead("refs/heads/main", null), head("refs/heads/main")));
        assertThat(origins(diff)).isEqualTo(Map.of("b.txt", Origin.HEAD));
    }

    @Test
    void a_commit_that_is_gone_by_now_tells_of_no_file() {
        TreeState from = take();
        GitHead before = head("refs/heads/main");
        tree.write("a.txt", "changed\n");
        tree.git().run("commit", "-q", "-a", "--amend", "-m", "another");
        tree.git().run("reflog", "expire", "--expire=now", "--all");
        tree.git().run("gc", "-q", "--prune=now");
        TreeDiff diff = diff(from, NOW);
        assertThat(diff.headMove()).isEqualTo(new HeadMove(before, head("refs/heads/main")));
        assertThat(summary(diff)).containsExactly("MODIFIED a.txt +1 -3");
        assertThat(origins(diff)).isEmpty();
    }

    @Test
    void a_project_below_the_top_has_its_part_of_a_move_of_head() {
        WorkTree whole = tree;
        tree = new WorkTree(whole.root().resolve("dir"));
        TreeState from = take();
        whole.write("a.txt", "changed\n").write("dir/b.txt", "changed\n");
        whole.git().run("commit", "-q", "-a", "-m", "second");
        TreeDiff diff = diff(from, NOW);
        assertThat(origins(diff)).isEqualTo(Map.of("b.txt", Origin.HEAD));
        assertThat(summary(diff)).hasSize(1);
    }

    @Test
    void the_working_tree_is_told_as_a_checkpoint_would_hold_it() {
        TreeState from = take();
        tree.write(".gitignore", "*.log\n").write("x.log", "ignored").write("new", "untracked\n");
        tree.write("a.txt", "changed\n");
        TreeDiff diff = diff(from, NOW);
        TreeDiff back = diff(NOW, from);
        TreeState to = take();
        assertThat(diff).isEqualTo(diff(from, to));
        assertThat(back).isEqualTo(diff(to, from));
        assertThat(summary(diff))
                .containsExactly(
                        "ADDED .gitignore +1 -0", "MODIFIED a.txt +1 -3", "ADDED new +1 -0");
        assertThat(diff(NOW, NOW).files()).isEmpty();
    }

    @Test
    void looking_at_the_working_tree_leaves_nothing_behind() throws IOException {
        TreeState from = take();
        for (int i = 0; i < 50; i++) {
            tree.write("new" + i, "content " + i);
        }
        Map<String, String> before = tree.untouchables();
        String objects = objects();
        for (int i = 0; i < 3; i++) {
            assertThat(diff(from, NOW).files()).hasSize(50);
        }
        assertThat(tree.untouchables()).isEqualTo(before);
        assertThat(objects()).isEqualTo(objects);
        assertThat(temp.resolve("state/compared")).isEmptyDirectory();
    }

    private String objects() throws IOException {
        try (var files = Files.walk(tree.at(".git"))) {
            return files.map(Path::toString).sorted().toList().toString();
        }
    }

    @Test
    void renamed_files_are_found() {
        TreeState from = take();
        tree.delete("dir/b.txt").write("moved/c d.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9\nten\n");
        tree.git().run("mv", "a.txt", "z.txt");
        tree.executable("z.txt", true);
        TreeState to = take();
        TreeDiff diff = diff(from, to);
        assertThat(summary(diff))
                .containsExactly(
                        "RENAMED dir/b.txt > moved/c d.txt +1 -0", "RENAMED a.txt > z.txt +0 -0");
        assertApplies(diff, from, to, "");
        assertApplies(diff(to, from), to, from, "");
    }

    @Test
    void modes_links_and_changes_of_kind_are_told() {
        tree.write("run", "x\n").write("kind", "file\n").link("link", "a.txt");
        TreeState from = take();
        tree.executable("run", true).delete("kind").link("kind", "a.txt");
        tree.delete("link").link("link", "dir/b.txt").write("empty", "");
        TreeState to = take();
        TreeDiff diff = diff(from, to);
        assertThat(summary(diff))
                .containsExactly(
                        "ADDED empty +0 -0",
                        "DELETED kind +0 -1",
                        "ADDED kind +1 -0",
                        "MODIFIED link +1 -1",
                        "MODIFIED run +0 -0");
        assertThat(diff.files())
                .extracting(FileDiff::oldMode)
                .containsExactly(null, "100644", null, "120000", "100644");
        assertThat(diff.files())
                .extracting(FileDiff::newMode)
                .containsExactly("100644", null, "120000", "120000", "100755");
        assertApplies(diff, from, to, "");
        assertApplies(diff(to, from), to, from, "");
    }

    @Test
    void a_missing_newline_at_the_end_is_kept() {
        tree.write("a", "1\n2").write("b", "1\n2\n").write("c", "x");
        TreeState from = take();
        tree.write("a", "1\n2\n").write("b", "1\n2").write("c", "y").write("d", "\n\r\n\r");
        TreeState to = take();
        assertApplies(diff(from, to), from, to, "");
        assertThat(diff(from, to).patch()).contains("\\ No newline at end of file");
    }

    @Test
    void strange_names_are_quoted_as_git_quotes_them() {
        TreeState from = take();
        tree.write("with blank", "1\n").write("q\"uo\\te", "1\n").write("new\nline\ttab", "1\n");
        tree.write("ünï/日本", "1\n").write(" ", "1\n").write("bell\u0007", "1\n");
        tree.git().process("sh", "-c", "printf '1\n' > \"$(printf 'b\\377d')\"");
        TreeState to = take();
        TreeDiff diff = diff(from, to);
        assertThat(diff.files())
                .extracting(FileDiff::path)
                .contains("with blank", "q\"uo\\te", "new\nline\ttab", "ünï/日本", "b\uFFFDd");
        assertThat(diff.patch())
                .contains("+++ b/with blank\t\n", "+++ \"b/q\\\"uo\\\\te\"\n", "\"b/b\\377d\"");
        assertApplies(diff, from, to, "");
        assertApplies(diff(to, from), to, from, "");
    }

    @Test
    void what_is_no_text_counts_as_binary() {
        tree.write("bin", new byte[] {1, 0, 2});
        tree.write("latin", "gr\u00FC\u00DFe\n\n\n\n\n\nx\n".getBytes(ISO_8859_1));
        TreeState from = take();
        tree.write("bin", new byte[] {1, 0, 3}).write("large", "x\n".repeat(3 << 20));
        tree.write("latin", "gr\u00FC\u00DFe\n\n\n\n\n\ny\n".getBytes(ISO_8859_1));
        TreeState to = take();
        assertThat(summary(diff(from, to)))
                .containsExactly(
                        "MODIFIED bin binary +0 -0",
                        "ADDED large binary +0 -0",
                        "MODIFIED latin +1 -1");
        assertThat(diff(from, to).patch())
                .contains("Binary files a/bin and b/bin differ\n")
                .contains("Binary files /dev/null and b/large differ\n");
        tree.write("latin", "gr\u00FC\u00DF Gott\n".getBytes(ISO_8859_1));
        assertThat(summary(diff(to, NOW))).containsExactly("MODIFIED latin binary +0 -0");
    }

    @Test
    void what_a_checkpoint_could_not_hold_neither_came_nor_went() throws IOException {
        tree.write("later-ignored", "x\n").write("nested/x", "x\n").write("pipe", "x\n");
        TreeState from = take();
        tree.write(".gitignore", "later-ignored\n").delete("pipe");
        tree.git().process("mkfifo", tree.at("pipe").toString());
        WorkTree.init(tree.at("nested")).write("own", "own");
        assertThat(summary(diff(from, NOW))).containsExactly("ADDED .gitignore +1 -0");
        assertThat(summary(diff(NOW, from))).containsExactly("DELETED .gitignore +0 -1");
        TreeState to = take();
        assertThat(summary(diff(from, to))).doesNotContain("DELETED pipe +0 -1");
        assertThat(summary(diff(to, from))).doesNotContain("ADDED pipe +1 -0");
        Files.delete(tree.at("later-ignored"));
        assertThat(summary(diff(from, NOW)))
                .containsExactly("ADDED .gitignore +1 -0", "DELETED later-ignored +0 -1");
    }

    @Test
    void submodules_are_told_by_their_commits() {
        WorkTree library = WorkTree.init(temp.resolve("library"));
        library.write("lib.txt", "1").commit("one");
        tree.git().run("submodule", "--quiet", "add", library.root().toString(), "sub");
        tree.commit("submodule");
        TreeState from = take();
        new WorkTree(tree.at("sub")).write("lib.txt", "2").commit("two");
        TreeDiff diff = diff(from, NOW);
        assertThat(summary(diff)).containsExactly("MODIFIED sub +1 -1");
        assertThat(diff.patch()).contains("+Subproject commit ");
    }

    @Test
    void a_sub_directory_is_compared_alone() {
        WorkTree top = tree;
        tree = new WorkTree(tree.at("dir"));
        TreeState from = take();
        top.write("a.txt", "changed");
        tree.write("new", "x\n");
        assertThat(summary(diff(from, NOW))).containsExactly("ADDED new +1 -0");
    }

    @Test
    void what_cannot_be_compared_is_explained() throws IOException {
        TreeState from = take();
        assertThatThrownBy(() -> diff(from, new TreeState.Held("refs/stele/checkpoints/t/gone")))
                .isInstanceOf(TreeDiffException.class)
                .hasMessageContaining("The checkpoint refs/stele/checkpoints/t/gone is not in");
        assertThatThrownBy(() -> diff(new TreeState.Held("HEAD"), NOW))
                .isInstanceOf(TreeDiffException.class);
        tree.write("a.txt", "soon gone\n");
        TreeState damaged = take();
        losePacks();
        assertThatThrownBy(() -> diff(from, damaged)).isInstanceOf(TreeDiffException.class);
        tree.delete("");
        assertThatThrownBy(() -> diff(from, NOW))
                .isInstanceOf(TreeDiffException.class)
                .hasMessageContaining("is not there; bring it back");
    }

    private void losePacks() throws IOException {
        try (var packs = Files.newDirectoryStream(tree.at(".git/objects/pack"))) {
            for (Path pack : packs) {
                Files.delete(pack);
            }
        }
    }

    @Test
    void random_changes_come_out_as_patches_that_git_applies() throws IOException {
        long seed = Long.getLong("stele.seed", 20_261_122);
        var random = new Random(seed);
        List<String> story = new ArrayList<>();
        TreeState from = take();
        for (int round = 0; round < 15; round++) {
            for (int changes = 1 + random.nextInt(12); changes > 0; changes--) {
                story.add(RandomChanges.change(tree, random));
            }
            String told = "seed " + seed + ": " + story;
            TreeDiff now = diff(from, NOW);
            TreeState to = take();
            assertApplies(diff(from, to), from, to, told);
            assertThat(paths(diff(from, to))).as(told).containsAll(paths(now));
            from = to;
        }
    }

    /** Of the working tree less is told: what is ignored now is not gone. */
    private static Set<String> paths(TreeDiff diff) {
        Set<String> paths = new TreeSet<>();
        for (FileDiff file : diff.files()) {
            paths.add(file.path());
            paths.add(file.oldPath() == null ? file.path() : file.oldPath());
        }
        return paths;
    }

    @Test
    void a_copy_is_something_new() {
        TreeState from = take();
        tree.write("copy.txt", tree.read("a.txt")).write("second.txt", tree.read("a.txt"));
        tree.delete("a.txt");
        TreeState to = take();
        assertThat(diff(from, to).files())
                .extracting(FileDiff::kind)
                .containsExactlyInAnyOrder(Kind.RENAMED, Kind.ADDED);
        assertApplies(diff(from, to), from, to, "");
    }
}
