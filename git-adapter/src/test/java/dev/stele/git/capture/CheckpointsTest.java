package dev.stele.git.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.model.CheckpointStats;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a checkpoint holds, in every shape that a working tree can have. */
class CheckpointsTest {

    @TempDir Path temp;
    private Capturing capturing = new Capturing();
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));

    /** How directories are read. */
    Capturing capturing() {
        return new Capturing();
    }

    @BeforeEach
    void repository() {
        capturing = capturing();
        tree = WorkTree.init(temp.resolve("project"));
        tree.write("a.txt", "one").write("dir/b.txt", "two").commit("first");
    }

    @Test
    void a_clean_tree_is_held_as_it_is() {
        capturing.takeExactly(tree);
    }

    @Test
    void uncommitted_staged_and_untracked_changes_are_held() {
        tree.write("a.txt", "changed").write("staged.txt", "staged");
        tree.git().run("add", "staged.txt");
        tree.write("staged.txt", "changed again").write("new/deep/file", "untracked");
        capturing.takeExactly(tree);
    }

    @Test
    void deleted_files_are_not_held() {
        tree.delete("a.txt");
        tree.git().run("rm", "-q", "--cached", "dir/b.txt");
        tree.delete("dir");
        assertThat(tree.held(capturing.takeExactly(tree).ref())).isEmpty();
    }

    @Test
    void ignored_files_are_not_held_but_tracked_ones_are() {
        tree.write("tracked.log", "log").write("build/tracked", "kept").commit("tracked");
        tree.write(".gitignore", "*.log\nbuild/\n!keep.log\n");
        tree.write("x.log", "").write("keep.log", "").write("build/out", "").write("dir/y.log", "");
        var held = tree.held(capturing.takeExactly(tree).ref());
        assertThat(held).containsKeys("tracked.log", "build/tracked", "keep.log");
        assertThat(held).doesNotContainKeys("x.log", "build/out", "dir/y.log");
    }

    @Test
    void all_sources_of_ignore_rules_count() throws IOException {
        Path user = temp.resolve("user-ignores");
        Files.writeString(user, "*.user\n");
        tree.git().run("config", "core.excludesFile", user.toString());
        Files.writeString(tree.at(".git/info/exclude"), "*.own\n!special.user\n");
        tree.write("dir/.gitignore", "!b.own\n/c\n");
        tree.write("x.user", "").write("special.user", "").write("x.own", "");
        tree.write("dir/b.own", "").write("dir/c", "").write("c", "").write("dir/sub/c", "");
        capturing.takeExactly(tree);
    }

    @Test
    void a_file_that_becomes_ignored_or_untracked_is_no_longer_held() {
        tree.write("x.log", "x").write("t.log", "t");
        capturing.takeExactly(tree);
        tree.write(".gitignore", "*.log\n");
        tree.git().run("add", "-f", "t.log");
        assertThat(tree.held(capturing.takeExactly(tree).ref())).containsKey("t.log");
        tree.git().run("rm", "-q", "--cached", "t.log");
        assertThat(tree.held(capturing.takeExactly(tree).ref())).doesNotContainKey("t.log");
        tree.delete(".gitignore");
        assertThat(tree.held(capturing.takeExactly(tree).ref())).containsKeys("t.log", "x.log");
    }

    @Test
    void links_are_held_as_links_wherever_they_lead() {
        tree.link("dangling", "no/such/file").link("to-dir", "dir").link("absolute", "/etc");
        tree.link("self", "self").link("up", "../..").link("unicode", "é/ü");
        capturing.takeExactly(tree);
        tree.delete("to-dir").link("to-dir", "dir/b.txt");
        capturing.takeExactly(tree);
    }

    @Test
    void execute_bits_are_held() {
        tree.write("run.sh", "#!/bin/sh\n").executable("run.sh", true).executable("a.txt", true);
        capturing.takeExactly(tree);
        tree.executable("a.txt", false);
        assertThat(tree.held(capturing.takeExactly(tree).ref()).get("a.txt")).startsWith("100644");
    }

    @Test
    void where_execute_bits_do_not_count_the_tracked_ones_are_held() {
        tree.write("run.sh", "#!/bin/sh\n").executable("run.sh", true).commit("script");
        tree.git().run("config", "core.fileMode", "false");
        tree.executable("run.sh", false).executable("a.txt", true);
        tree.write("new.sh", "#!/bin/sh\n").executable("new.sh", true);
        var held = tree.held(capturing.takeUntouched(tree).ref());
        assertThat(held.get("run.sh")).startsWith("100755");
        assertThat(held.get("a.txt")).startsWith("100644");
        assertThat(held.get("new.sh")).startsWith("100644");
        tree.git().run("update-index", "--chmod=+x", "a.txt");
        held = tree.held(capturing.takeUntouched(tree).ref());
        assertThat(held.get("a.txt")).startsWith("100755");
    }

    @Test
    void empty_directories_are_not_held() throws IOException {
        Files.createDirectories(tree.at("empty/below"));
        capturing.takeExactly(tree);
    }

    @Test
    void an_empty_tree_can_be_held() {
        WorkTree empty = WorkTree.init(temp.resolve("empty"));
        assertThat(empty.held(capturing.takeExactly(empty).ref())).isEmpty();
    }

    @Test
    void strange_names_are_held() {
        for (String name :
                List.of(
                        "new\nline",
                        "tab\tquote\"",
                        "back\\slash",
                        " blank ",
                        "ünï",
                        "ü",
                        "u\u0308",
                        "日本",
                        "😀",
                        "-dash",
                        "*",
                        "a b/c d",
                        "Case",
                        "case",
                        "x\r",
                        "%41",
                        "..x",
                        "'",
                        "CON")) {
            tree.write("names/" + name, name);
        }
        capturing.takeExactly(tree);
        capturing.takeExactly(tree);
    }

    @Test
    void names_in_no_encoding_are_held() {
        tree.git().process("sh", "-c", "printf x > \"$(printf 'b\\377\\376d')\"");
        tree.git()
                .process(
                        "sh",
                        "-c",
                        "mkdir \"$(printf 'd\\200')\"; printf y > \"$(printf 'd\\200/\\360')\"");
        var held = tree.held(capturing.takeUntouched(tree).ref());
        assertThat(held.get("b\u00FF\u00FEd"))
                .isEqualTo("100644 " + WorkTree.blobId(new byte[] {'x'}));
        assertThat(held).containsKey("d\u0080/\u00F0");
        assertThat(tree.held(capturing.takeUntouched(tree).ref())).isEqualTo(held);
        tree.assertSound();
    }

    @Test
    void names_that_pass_for_gits_own_are_left_out_and_reported() {
        tree.write(".GIT/config", "").write("sub/git~1", "").link(".gitmodules", "a.txt");
        TakenCheckpoint checkpoint = capturing.takeUntouched(tree);
        assertThat(tree.held(checkpoint.ref())).containsOnlyKeys("a.txt", "dir/b.txt");
        assertThat(left(checkpoint)).containsExactly(".GIT", ".gitmodules", "sub/git~1");
        tree.assertSound();
    }

    @Test
    void pipes_and_sockets_are_left_out_without_being_opened() {
        tree.git().process("mkfifo", tree.at("dir/pipe").toString());
        TakenCheckpoint checkpoint = capturing.takeExactly(tree);
        assertThat(left(checkpoint)).containsExactly("dir/pipe");
        assertThat(left(capturing.takeExactly(tree))).containsExactly("dir/pipe");
    }

    @Test
    void a_nested_repository_is_left_out_with_and_without_commits() {
        WorkTree nested = WorkTree.init(tree.at("nested"));
        nested.write("inner.txt", "inner");
        assertThat(left(capturing.takeExactly(tree))).containsExactly("nested");
        nested.commit("inner");
        assertThat(left(capturing.takeExactly(tree))).containsExactly("nested");
        WorkTree.init(tree.at("dir/other"));
        assertThat(left(capturing.takeExactly(tree))).containsExactly("dir/other", "nested");
    }

    @Test
    void a_directory_with_tracked_files_is_held_even_when_it_becomes_a_repository() {
        WorkTree.init(tree.at("dir"));
        tree.write("dir/c.txt", "three");
        capturing.takeUntouched(tree);
        assertThat(tree.held("refs/stele/checkpoints/thread/c0"))
                .containsOnlyKeys("a.txt", "dir/b.txt", "dir/c.txt");
    }

    @Test
    void a_submodule_is_held_at_the_commit_of_its_own_head() {
        WorkTree library = WorkTree.init(temp.resolve("library"));
        library.write("lib.txt", "1").commit("one");
        tree.git().run("submodule", "--quiet", "add", library.root().toString(), "sub");
        tree.commit("submodule");
        String first = tree.git().line("-C", "sub", "rev-parse", "HEAD");
        assertThat(submodule()).isEqualTo("160000 " + first);
        new WorkTree(tree.at("sub")).write("lib.txt", "2").commit("two");
        String second = tree.git().line("-C", "sub", "rev-parse", "HEAD");
        assertThat(submodule()).isEqualTo("160000 " + second).isNotEqualTo("160000 " + first);
    }

    @Test
    void a_submodule_that_is_not_checked_out_is_held_at_its_tracked_commit() {
        WorkTree library = WorkTree.init(temp.resolve("library"));
        library.write("lib.txt", "1").commit("one");
        tree.git().run("submodule", "--quiet", "add", library.root().toString(), "sub");
        tree.commit("submodule");
        String tracked = "160000 " + library.git().line("rev-parse", "HEAD");
        tree.git().run("submodule", "--quiet", "deinit", "-f", "sub");
        assertThat(submodule()).isEqualTo(tracked);
        tree.write("sub/stray", "stray");
        TakenCheckpoint checkpoint = capturing.takeUntouched(tree);
        assertThat(tree.held(checkpoint.ref())).doesNotContainKeys("sub", "sub/stray");
        assertThat(left(checkpoint)).containsExactly("sub");
    }

    private String submodule() {
        return tree.held(capturing.takeUntouched(tree).ref()).getOrDefault("sub", "absent");
    }

    @Test
    void line_ends_and_filters_change_nothing() {
        tree.git().run("config", "core.autocrlf", "true");
        tree.git().run("config", "filter.shout.clean", "tr a-z A-Z");
        tree.git().run("config", "filter.shout.required", "true");
        tree.write(
                ".gitattributes",
                "*.up filter=shout\n*.id ident\n*.u16 working-tree-encoding=UTF-16\n");
        tree.write("dos.txt", "a\r\nb\r\n").write("x.up", "quiet").write("x.id", "$Id: 123 $\n");
        tree.write("x.u16", "text".getBytes(java.nio.charset.StandardCharsets.UTF_16));
        tree.commit("converted");
        tree.write("dos.txt", "a\r\nc\r\n").write("new.up", "new");
        capturing.takeExactly(tree);
    }

    @Test
    void a_large_untracked_file_is_left_out_and_a_tracked_one_is_held() {
        var small = new Capturing(new CaptureLimits(1000, 100, 1 << 20));
        tree.write("tracked.bin", new byte[2000]).commit("large");
        tree.write("tracked.bin", new byte[3000]).write("new.bin", new byte[1001]);
        tree.write("fits.bin", new byte[1000]);
        TakenCheckpoint checkpoint = small.takeUntouched(tree);
        assertThat(tree.held(checkpoint.ref()))
                .containsOnlyKeys("a.txt", "dir/b.txt", "fits.bin", "tracked.bin");
        assertThat(checkpoint.stats().leftOut())
                .containsExactly(
                        new LeftPath(
                                "new.bin",
                                "it is untracked, and its 1001 bytes are over the limit of 1000"));
        assertThat(checkpoint.stats().limits())
                .isEqualTo(new CheckpointStats.Limits(1000, 100, 1 << 20));
        assertThat(checkpoint.stats().bytes()).isEqualTo(3 + 3 + 1000 + 3000);
    }

    @Test
    void a_tree_with_too_many_files_is_refused() {
        var small = new Capturing(new CaptureLimits(1000, 3, 1 << 20));
        tree.write("c", "").write("d", "");
        assertThatThrownBy(() -> small.take(tree.root()))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("holds more than 3 files");
        tree.delete("d");
        small.takeExactly(tree);
    }

    @Test
    void files_larger_than_the_buffer_are_streamed() {
        var content = new byte[5 << 20];
        new java.util.Random(7).nextBytes(content);
        tree.write("big.bin", content).write("big-zero.bin", new byte[3 << 20]);
        capturing.takeExactly(tree);
        content[4 << 20]++;
        tree.write("big.bin", content);
        capturing.takeExactly(tree);
    }

    @Test
    void the_same_size_and_a_modification_time_put_back_hide_nothing() throws IOException {
        Path file = tree.at("a.txt");
        var time = Files.getLastModifiedTime(file);
        capturing.takeExactly(tree);
        Files.writeString(file, "ONE");
        Files.setLastModifiedTime(file, time);
        assertThat(tree.held(capturing.takeExactly(tree).ref()).get("a.txt"))
                .endsWith(WorkTree.blobId("ONE".getBytes(UTF_8)));
    }

    @Test
    void an_edit_right_after_a_capture_is_seen() {
        for (int i = 0; i < 50; i++) {
            tree.write("a.txt", String.valueOf((char) ('A' + i % 26)));
            String ref = capturing.take(tree.root()).ref();
            assertThat(tree.git().run("show", ref + ":a.txt")).isEqualTo(tree.read("a.txt"));
        }
    }

    @Test
    void a_held_index_lock_is_no_obstacle() {
        tree.write(".git/index.lock", "").write("a.txt", "changed");
        Capturing other = new Capturing();
        assertThat(tree.held(other.takeUntouched(tree).ref())).isEqualTo(tree.expected());
    }

    @Test
    void a_damaged_or_missing_index_is_no_obstacle() throws IOException {
        tree.write("t.log", "t").commit("log");
        tree.write(".gitignore", "*.log\n").write("u.log", "u");
        byte[] index = Files.readAllBytes(tree.at(".git/index"));
        index[index.length / 2]++;
        tree.write(".git/index", index);
        assertThat(tree.held(capturing.takeUntouched(tree).ref()))
                .containsOnlyKeys(".gitignore", "a.txt", "dir/b.txt", "t.log");
        tree.write(".git/index", "short");
        assertThat(tree.held(capturing.takeUntouched(tree).ref())).containsKey("t.log");
        Files.delete(tree.at(".git/index"));
        assertThat(tree.held(capturing.takeUntouched(tree).ref()))
                .containsOnlyKeys(".gitignore", "a.txt", "dir/b.txt");
    }

    @Test
    void a_project_may_be_unborn_or_detached() {
        WorkTree unborn = WorkTree.init(temp.resolve("unborn"));
        unborn.write("x", "x");
        capturing.takeExactly(unborn);
        tree.git().run("checkout", "-q", "--detach");
        tree.write("a.txt", "detached");
        capturing.takeExactly(tree);
    }

    @Test
    void unresolved_conflicts_are_held_as_they_are_on_the_disk() {
        tree.git().run("checkout", "-q", "-b", "side");
        tree.write("a.txt", "side").commit("side");
        tree.git().run("checkout", "-q", "main");
        tree.write("a.txt", "main").commit("main");
        assertThat(tree.git().attempt("merge", "-q", "side").code()).isNotZero();
        tree.write("wanted.txt", "later");
        tree.git().run("add", "-N", "wanted.txt");
        capturing.takeExactly(tree);
    }

    @Test
    void an_assumed_unchanged_file_is_held_as_it_is_on_the_disk() {
        tree.git().run("update-index", "--assume-unchanged", "a.txt");
        tree.write("a.txt", "changed all the same");
        capturing.takeExactly(tree);
    }

    @Test
    void a_sub_directory_is_captured_alone_with_the_rules_above_it() {
        tree.write(".gitignore", "*.log\n/dir/out/\n").write("dir/.gitignore", "!keep.log\n");
        tree.write("dir/x.log", "").write("dir/keep.log", "").write("dir/out/y", "").write("z", "");
        var before = tree.untouchables();
        TakenCheckpoint checkpoint = capturing.take(tree.at("dir"));
        assertThat(tree.untouchables()).isEqualTo(before);
        assertThat(tree.held(checkpoint.ref())).containsOnlyKeys(".gitignore", "b.txt", "keep.log");
        tree.write(".gitignore", "b.*\n").write("dir/c", "");
        assertThat(tree.held(capturing.take(tree.at("dir")).ref()))
                .containsOnlyKeys(".gitignore", "b.txt", "c", "keep.log", "out/y", "x.log");
    }

    @Test
    void a_sub_directory_that_is_ignored_is_refused() throws IOException {
        tree.write(".gitignore", "build/\n");
        Files.createDirectories(tree.at("build/tool"));
        assertThatThrownBy(() -> capturing.take(tree.at("build/tool")))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("is ignored by the repository")
                .hasMessageContaining("git init");
    }

    @Test
    void a_linked_worktree_is_captured_and_shares_the_refs() {
        Path linked = temp.resolve("linked");
        tree.git().run("worktree", "add", "-q", "-b", "side", linked.toString());
        var worktree = new WorkTree(linked);
        worktree.write("only-here", "x").write("a.txt", "elsewhere");
        TakenCheckpoint checkpoint = capturing.takeExactly(worktree);
        assertThat(tree.held(checkpoint.ref())).containsKey("only-here");
        assertThat(message(checkpoint))
                .contains("Stele-Head: " + tree.git().line("rev-parse", "side"));
    }

    @Test
    void a_separate_git_directory_is_found() {
        Path gitDir = temp.resolve("elsewhere.git");
        WorkTree separate = new WorkTree(temp.resolve("separate"));
        tree.git().run("init", "-q", "--separate-git-dir=" + gitDir, separate.root().toString());
        separate.write("x", "x");
        capturing.takeExactly(separate);
    }

    @Test
    void settings_of_one_worktree_count() {
        tree.git().run("config", "extensions.worktreeConfig", "true");
        tree.git().run("config", "--worktree", "core.fileMode", "false");
        tree.executable("a.txt", true);
        assertThat(tree.held(capturing.takeUntouched(tree).ref()).get("a.txt"))
                .startsWith("100644");
    }

    @Test
    void directories_that_are_no_place_for_checkpoints_are_refused() throws IOException {
        Path plain = Files.createDirectories(temp.resolve("plain"));
        assertRefused(temp.resolve("missing"), "is not there");
        assertRefused(Path.of("/"), "holds a whole home directory or system");
        assertRefused(Path.of(System.getProperty("user.home")), "holds a whole home directory");
        tree.git().run("init", "-q", "--bare", temp.resolve("bare.git").toString());
        assertRefused(temp.resolve("bare.git"), "has no working tree");
        assertRefused(tree.at(".git"), "has no working tree");
        Files.writeString(plain.resolve(".git"), "gitdir: ../nowhere\n");
        assertRefused(plain, "leads to no git directory");
    }

    @Test
    void formats_that_are_not_understood_are_refused() {
        tree.git().run("config", "core.repositoryFormatVersion", "1");
        tree.git().run("config", "extensions.futureThing", "true");
        assertRefused(tree.root(), "it uses the extension futureThing");
        String later = "[core]\n\trepositoryFormatVersion = 1\n[extensions]\n\t";
        tree.write(".git/config", later + "refStorage = chalk\n");
        assertRefused(tree.root(), "its refStorage is chalk");
        tree.write(".git/config", later + "objectFormat = sha3\n");
        assertRefused(tree.root(), "its objectFormat is sha3");
        tree.write(".git/config", "[core]\n\trepositoryFormatVersion = 2\n");
        assertRefused(tree.root(), "its format version is 2");
        tree.write(".git/config", "[core\n");
        assertRefused(tree.root(), "cannot be read");
    }

    @Test
    void a_repository_with_its_working_tree_elsewhere_is_refused() throws IOException {
        Path elsewhere = Files.createDirectories(temp.resolve("elsewhere"));
        tree.git().run("config", "core.worktree", elsewhere.toString());
        assertRefused(tree.root(), "has its working tree elsewhere, in " + elsewhere);
        tree.git().run("config", "core.worktree", "..");
        capturing.takeExactly(tree);
    }

    @Test
    void a_huge_untracked_file_is_left_out_without_being_read() throws IOException {
        try (var huge = new java.io.RandomAccessFile(tree.at("huge").toFile(), "rw")) {
            huge.setLength(5L << 40);
        }
        TakenCheckpoint checkpoint = capturing.takeUntouched(tree);
        assertThat(left(checkpoint)).containsExactly("huge");
        assertThat(tree.held(checkpoint.ref())).containsOnlyKeys("a.txt", "dir/b.txt");
    }

    private void assertRefused(Path directory, String why) {
        assertThatThrownBy(() -> capturing.take(directory))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining(why);
    }

    private static List<String> left(TakenCheckpoint checkpoint) {
        return checkpoint.stats().leftOut().stream().map(LeftPath::path).toList();
    }

    private String message(TakenCheckpoint checkpoint) {
        return tree.git().line("log", "-1", "--format=%B", checkpoint.ref());
    }
}
