package dev.stele.git.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.contracts.OperationId;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.git.capture.StopSign;
import dev.stele.git.capture.TakenCheckpoint;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.testing.Restoring;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoresTest {

    @TempDir Path temp;
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));
    private Restoring restoring = new Restoring(Path.of("/nowhere"));

    @BeforeEach
    void repository() {
        restoring = new Restoring(temp.resolve("journals"));
        tree = WorkTree.init(temp.resolve("project"));
        tree.write("a.txt", "one").write("dir/b.txt", "two").write("dir/deep/c.txt", "three");
        tree.write("run.sh", "#!/bin/sh").executable("run.sh", true).link("link", "a.txt");
        tree.commit("first");
    }

    @Test
    void everything_that_differs_is_brought_back_and_can_be_undone() {
        TakenCheckpoint target = restoring.take(tree);
        Map<String, String> before = tree.expected();
        tree.write("a.txt", "changed").delete("dir").write("new/file", "new");
        tree.executable("run.sh", false).delete("link").link("link", "elsewhere");
        Map<String, String> changed = tree.expected();
        var done = restoring.restore(tree, target);
        assertThat(done.summary()).isEqualTo(new RestoreSummary(5, 1, List.of()));
        assertThat(tree.expected()).isEqualTo(before);
        assertThat(tree.at("new")).doesNotExist();
        var undone = restoring.restore(tree, done.safety());
        assertThat(undone.summary()).isEqualTo(new RestoreSummary(4, 2, List.of()));
        assertThat(tree.expected()).isEqualTo(changed);
        assertThat(tree.at("dir")).doesNotExist();
    }

    @Test
    void what_does_not_differ_is_not_touched() {
        TakenCheckpoint target = restoring.take(tree);
        tree.write("dir/b.txt", "changed");
        TreeMap<String, String> before = new TreeMap<>(tree.untouchables());
        restoring.restore(tree, target);
        assertThat(tree.read("dir/b.txt")).isEqualTo("two");
        TreeMap<String, String> after = new TreeMap<>(tree.untouchables());
        for (String changed :
                List.of("status", "stamp " + tree.at("dir"), "stamp " + tree.at("dir/b.txt"))) {
            before.remove(changed);
            after.remove(changed);
        }
        assertThat(after).isEqualTo(before);
    }

    @Test
    void a_restore_of_the_tree_as_it_is_does_nothing() {
        TakenCheckpoint target = restoring.take(tree);
        Map<String, String> before = tree.untouchables();
        assertThat(restoring.restore(tree, target).summary())
                .isEqualTo(new RestoreSummary(0, 0, List.of()));
        assertThat(tree.untouchables()).isEqualTo(before);
    }

    @Test
    void index_and_head_stay_and_a_moved_head_is_told() {
        TakenCheckpoint target = restoring.take(tree);
        tree.write("a.txt", "two").commit("second").write("staged", "s");
        tree.git().run("add", "staged");
        String index = tree.git().run("ls-files", "-s");
        String head = tree.git().line("rev-parse", "HEAD");
        var summary = restoring.restore(tree, target).summary();
        assertThat(tree.git().run("ls-files", "-s")).isEqualTo(index);
        assertThat(tree.git().line("rev-parse", "HEAD")).isEqualTo(head);
        assertThat(summary.left()).extracting(LeftPath::path).containsExactly(".git/HEAD");
        assertThat(tree.read("a.txt")).isEqualTo("one");
        assertThat(tree.at("staged")).doesNotExist();
    }

    @Test
    void files_directories_and_links_change_places() {
        tree.write("x/inner", "inner").write("y", "file").link("z", "dir");
        TakenCheckpoint target = restoring.take(tree);
        Map<String, String> before = tree.expected();
        tree.delete("x").write("x", "file now");
        tree.delete("y").write("y/inner", "directory now");
        tree.delete("z").write("z/b.txt", "directory now");
        Map<String, String> changed = tree.expected();
        var done = restoring.restore(tree, target);
        assertThat(done.summary().left()).isEmpty();
        assertThat(tree.expected()).isEqualTo(before);
        restoring.restore(tree, done.safety());
        assertThat(tree.expected()).isEqualTo(changed);
    }

    @Test
    void ignored_files_are_never_touched() {
        tree.write(".gitignore", "*.log\nbuild/\n").write("build/out", "1").write("x.log", "1");
        TakenCheckpoint target = restoring.take(tree);
        tree.write("build/out", "2").write("build/more", "2").write("x.log", "2");
        tree.write("a.txt", "changed").write("y.log", "new");
        assertThat(restoring.restore(tree, target).summary().left()).isEmpty();
        assertThat(tree.read("build/out") + tree.read("x.log") + tree.read("y.log"))
                .isEqualTo("22new");
        assertThat(tree.at("build/more")).exists();
    }

    @Test
    void what_was_ignored_when_the_checkpoint_was_taken_is_not_deleted() {
        tree.write(".gitignore", "*.log\n/build/\n").write("dir/.gitignore", "!keep.log\n");
        TakenCheckpoint target = restoring.take(tree);
        tree.write(".gitignore", "").write("x.log", "precious").write("build/deep/out", "precious");
        tree.write("dir/keep.log", "not ignored then");
        RestoreSummary summary = restoring.restore(tree, target).summary();
        String why = "it was ignored when the checkpoint was taken";
        assertThat(summary.left())
                .containsExactly(new LeftPath("build/deep/out", why), new LeftPath("x.log", why));
        assertThat(tree.read("x.log") + tree.read("build/deep/out")).isEqualTo("preciousprecious");
        assertThat(tree.at("dir/keep.log")).doesNotExist();
    }

    @Test
    void what_a_restore_made_where_only_ignored_files_could_be_is_taken_away_by_the_undo() {
        tree.write("x.log", "held").write("deep/y.log", "held");
        TakenCheckpoint target = restoring.take(tree);
        tree.delete("x.log").delete("deep").write(".gitignore", "*.log\n").write("z.log", "z");
        Map<String, String> changed = tree.onDisk();
        var done = restoring.restore(tree, target);
        assertThat(tree.read("x.log") + tree.read("deep/y.log")).isEqualTo("heldheld");
        assertThat(restoring.restore(tree, done.safety()).summary())
                .isEqualTo(
                        new RestoreSummary(
                                1,
                                2,
                                List.of(
                                        new LeftPath(
                                                "z.log",
                                                "it was ignored when the checkpoint was"
                                                        + " taken"))));
        assertThat(tree.onDisk()).isEqualTo(changed);
    }

    @Test
    void what_a_restore_made_and_is_ignored_and_not_tracked_any_more_stays_and_is_told() {
        tree.write(".gitignore", "*.log\n").write("x.log", "tracked");
        tree.git().run("add", "-f", "x.log");
        TakenCheckpoint target = restoring.take(tree);
        tree.git().run("rm", "-q", "-f", "x.log");
        var done = restoring.restore(tree, target);
        assertThat(tree.read("x.log")).isEqualTo("tracked");
        assertThat(restoring.restore(tree, done.safety()).summary())
                .isEqualTo(new RestoreSummary(0, 0, List.of(new LeftPath("x.log", Planner.STAYS))));
    }

    @Test
    void an_ignored_file_in_the_way_stays() {
        tree.write("conf", "in the checkpoint").write("d/x", "in the checkpoint");
        TakenCheckpoint target = restoring.take(tree);
        tree.delete("conf").delete("d");
        tree.write(".gitignore", "conf\nd\n").write("conf", "private").write("d", "private");
        RestoreSummary summary = restoring.restore(tree, target).summary();
        assertThat(summary.left())
                .containsExactly(
                        new LeftPath(
                                "conf",
                                "something that the safety checkpoint does not hold is in its"
                                        + " place"),
                        new LeftPath("d/x", "its directory is no directory any more"));
        assertThat(tree.read("conf") + tree.read("d")).isEqualTo("privateprivate");
    }

    @Test
    void a_directory_with_ignored_files_stays_when_a_file_should_take_its_place() {
        tree.write("x", "file");
        TakenCheckpoint target = restoring.take(tree);
        tree.delete("x").write(".gitignore", "*.o\n").write("x/a.o", "object").write("x/a.c", "c");
        RestoreSummary summary = restoring.restore(tree, target).summary();
        assertThat(summary.left()).extracting(LeftPath::path).containsExactly("x");
        assertThat(tree.read("x/a.o")).isEqualTo("object");
        assertThat(tree.at("x/a.c")).doesNotExist();
    }

    @Test
    void what_changes_after_the_safety_checkpoint_stays() {
        TakenCheckpoint target = restoring.take(tree);
        tree.write("a.txt", "by the agent").write("new", "by the agent").delete("dir/b.txt");
        tree.executable("run.sh", false);
        var done =
                restoring.restore(
                        tree,
                        target,
                        () -> {
                            tree.write("a.txt", "by a person").write("new", "by a person");
                            tree.write("dir/b.txt", "by a person").write("run.sh", "#!person");
                        });
        assertThat(done.summary().left())
                .extracting(LeftPath::path)
                .containsExactly("new", "a.txt", "dir/b.txt", "run.sh");
        assertThat(tree.read("a.txt") + tree.read("new") + tree.read("dir/b.txt"))
                .isEqualTo("by a person".repeat(3));
        assertThat(done.summary().written() + done.summary().deleted()).isZero();
    }

    /** Somebody who is at work while a restore goes on: at each place where it could stop. */
    private static StopSign meanwhile(Runnable work) {
        return new StopSign() {
            @Override
            public void check() {
                work.run();
                super.check();
            }
        };
    }

    private RestoreSummary restore(TakenCheckpoint target, StopSign stop) {
        TakenCheckpoint safety = restoring.take(tree);
        return restoring.restores().restore(restoring.request(tree, safety, target), stop);
    }

    @Test
    void whatever_somebody_changes_anywhere_while_it_goes_on_is_told() {
        tree.write("far/away", "far").write("dir/gone", "gone");
        TakenCheckpoint target = restoring.take(tree);
        tree.write("a.txt", "changed").write("far/below/x", "new");
        RestoreSummary summary =
                restore(
                        target,
                        meanwhile(() -> {
                            tree.write("far/away", "by a person").write("more", "by a person");
                            new java.io.File(tree.at("dir/gone").toString()).delete();
                        }));
        String why = "somebody changed it while the restore went on";
        assertThat(summary.left())
                .containsExactly(
                        new LeftPath("dir/gone", why),
                        new LeftPath("far/away", why),
                        new LeftPath("more", why));
        assertThat(tree.read("a.txt") + tree.read("more")).isEqualTo("oneby a person");
    }

    @Test
    void rules_that_are_brought_back_make_nothing_look_changed() {
        tree.write(".gitignore", "*.log\n").write("x.log", "ignored");
        TakenCheckpoint target = restoring.take(tree);
        tree.write(".gitignore", "*.tmp\n").write("y.tmp", "ignored").write("z.log", "held");
        var done = restoring.restore(tree, target);
        assertThat(done.summary().left())
                .extracting(LeftPath::path)
                .containsExactly("x.log", "z.log");
        assertThat(restoring.restore(tree, done.safety()).summary().left())
                .containsExactly(
                        new LeftPath("y.tmp", "it was ignored when the checkpoint was taken"));
    }

    @Test
    void what_the_checkpoint_had_left_out_is_not_deleted() throws IOException {
        tree.git().process("mkfifo", tree.at("pipe").toString());
        WorkTree.init(tree.at("nested")).write("inner", "inner");
        TakenCheckpoint target = restoring.take(tree);
        Files.delete(tree.at("pipe"));
        tree.write("pipe", "a file now").delete("nested/.git");
        RestoreSummary summary = restoring.restore(tree, target).summary();
        assertThat(summary.left())
                .containsExactly(
                        new LeftPath(
                                "nested/inner",
                                "the checkpoint does not hold it: it is a repository of its own"),
                        new LeftPath(
                                "pipe",
                                "the checkpoint does not hold it: it is no file, link or"
                                        + " directory"));
        assertThat(tree.read("pipe") + tree.read("nested/inner")).isEqualTo("a file nowinner");
    }

    @Test
    void nothing_is_written_into_another_repository() {
        tree.write("lib/x", "x").write("lib/sub/y", "y");
        TakenCheckpoint target = restoring.take(tree);
        tree.delete("lib");
        WorkTree.init(tree.at("lib")).write("own", "own");
        RestoreSummary summary = restoring.restore(tree, target).summary();
        String why = "it is in a repository of its own";
        assertThat(summary.left())
                .containsExactly(new LeftPath("lib/sub/y", why), new LeftPath("lib/x", why));
        assertThat(tree.at("lib/x")).doesNotExist();
        assertThat(tree.at("lib/own")).exists();
    }

    @Test
    void what_is_tracked_inside_another_repository_is_brought_back_and_undone() {
        WorkTree.init(tree.at("dir"));
        tree.write("dir/new", "held, too");
        TakenCheckpoint target = restoring.take(tree);
        Map<String, String> before = tree.onDisk();
        tree.delete("dir/b.txt").delete("dir/new").write("dir/more", "more");
        Map<String, String> changed = tree.onDisk();
        var done = restoring.restore(tree, target);
        assertThat(done.summary()).isEqualTo(new RestoreSummary(2, 1, List.of()));
        assertThat(tree.onDisk()).isEqualTo(before);
        restoring.restore(tree, done.safety());
        assertThat(tree.onDisk()).isEqualTo(changed);
    }

    @Test
    void nothing_is_written_through_a_link() throws IOException {
        Path outside = Files.createDirectories(temp.resolve("outside"));
        TakenCheckpoint target = restoring.take(tree);
        tree.write("dir/b.txt", "changed");
        var done =
                restoring.restore(
                        tree, target, () -> tree.delete("dir").link("dir", outside.toString()));
        assertThat(done.summary().left())
                .extracting(LeftPath::path)
                .containsExactly("dir/b.txt", "dir", "dir/deep/c.txt");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void submodules_are_left_alone() {
        WorkTree library = WorkTree.init(temp.resolve("library"));
        library.write("lib.txt", "1").commit("one");
        tree.git().run("submodule", "--quiet", "add", library.root().toString(), "sub");
        tree.commit("submodule");
        TakenCheckpoint target = restoring.take(tree);
        var sub = new WorkTree(tree.at("sub"));
        sub.write("lib.txt", "2").commit("two");
        RestoreSummary summary = restoring.restore(tree, target).summary();
        assertThat(summary.left()).containsExactly(new LeftPath("sub", "it is a submodule"));
        assertThat(sub.read("lib.txt")).isEqualTo("2");
    }

    @Test
    void what_a_sparse_checkout_leaves_out_is_neither_made_nor_deleted() {
        tree.write("out/x", "1").commit("out");
        tree.git().run("sparse-checkout", "set", "dir");
        TakenCheckpoint target = restoring.take(tree);
        tree.git().run("sparse-checkout", "disable");
        tree.write("out/x", "2").commit("changed");
        tree.git().run("sparse-checkout", "set", "dir");
        tree.write("dir/b.txt", "changed");
        RestoreSummary summary = restoring.restore(tree, target).summary();
        assertThat(summary.left())
                .contains(new LeftPath("out/x", "a sparse checkout leaves it out"));
        assertThat(tree.at("out")).doesNotExist();
        assertThat(tree.read("dir/b.txt")).isEqualTo("two");
    }

    @Test
    void only_directories_that_it_emptied_are_removed() throws IOException {
        TakenCheckpoint target = restoring.take(tree);
        tree.write("new/deep/x", "x").write("kept/x", "x");
        Files.createDirectories(tree.at("kept/empty"));
        Files.createDirectories(tree.at("alone"));
        restoring.restore(tree, target);
        assertThat(tree.at("new")).doesNotExist();
        assertThat(tree.at("kept/empty")).isDirectory();
        assertThat(tree.at("alone")).isDirectory();
    }

    @Test
    void a_directory_that_is_still_needed_keeps_its_permissions() throws IOException {
        TakenCheckpoint target = restoring.take(tree);
        tree.delete("dir").write("dir/other", "x");
        var own = PosixFilePermissions.fromString("rwx------");
        Files.setPosixFilePermissions(tree.at("dir"), own);
        restoring.restore(tree, target);
        assertThat(Files.getPosixFilePermissions(tree.at("dir"))).isEqualTo(own);
        assertThat(tree.read("dir/b.txt")).isEqualTo("two");
    }

    @Test
    void other_permissions_of_an_overwritten_file_are_kept() throws IOException {
        TakenCheckpoint target = restoring.take(tree);
        tree.write("a.txt", "secret");
        Files.setPosixFilePermissions(
                tree.at("a.txt"), PosixFilePermissions.fromString("rw-------"));
        tree.write("run.sh", "changed");
        Files.setPosixFilePermissions(
                tree.at("run.sh"), PosixFilePermissions.fromString("rw-r-----"));
        restoring.restore(tree, target);
        assertThat(permissions("a.txt")).isEqualTo("rw-------");
        assertThat(permissions("run.sh")).isEqualTo("rwxr-x---");
    }

    private String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(tree.at(path)));
    }

    @Test
    void strange_names_are_brought_back() {
        tree.write("new\nline", "1").write("ünï/日本 ", "1").write("back\\slash", "1");
        tree.git().process("sh", "-c", "printf x > \"$(printf 'b\\377d')\"");
        TakenCheckpoint target = restoring.take(tree);
        Map<String, String> before = tree.held(target.ref());
        tree.delete("new\nline").delete("ünï").write("back\\slash", "2");
        tree.git().process("sh", "-c", "rm \"$(printf 'b\\377d')\"");
        assertThat(restoring.restore(tree, target).summary())
                .isEqualTo(new RestoreSummary(4, 0, List.of()));
        assertThat(tree.held(restoring.take(tree).ref())).isEqualTo(before);
    }

    @Test
    void a_sub_directory_is_restored_alone() {
        WorkTree sub = new WorkTree(tree.at("dir"));
        TakenCheckpoint target = restoring.take(sub);
        tree.write("a.txt", "changed").write("dir/b.txt", "changed").write("dir/new", "new");
        assertThat(restoring.restore(sub, target).summary())
                .isEqualTo(new RestoreSummary(1, 1, List.of()));
        assertThat(tree.read("a.txt") + tree.read("dir/b.txt")).isEqualTo("changedtwo");
    }

    @Test
    void a_restore_that_is_cut_short_anywhere_goes_on_to_the_same_end() {
        tree.write("gone/1", "1").write("gone/2", "2").write("x/inner", "i").write("x/outer", "o");
        tree.write("y", "file");
        TakenCheckpoint target = restoring.take(tree);
        Map<String, String> wanted = tree.expected();
        Runnable change =
                () -> {
                    tree.write("a.txt", "changed").write("dir/b.txt", "changed").delete("gone");
                    tree.write("more/1", "1").write("more/2", "2").delete("x").write("x", "file");
                    tree.delete("y").write("y/1", "1").write("y/2", "2");
                    tree.executable("run.sh", false);
                };
        int steps = 0;
        for (boolean finished = false; !finished; steps++) {
            change.run();
            RestoreRequest request = restoring.request(tree, restoring.take(tree), target);
            var stop = new StopAfter(steps);
            try {
                restoring.restores().restore(request, stop);
                finished = true;
            } catch (StopSign.Stopped e) {
                Restores afterCrash = new Restoring(temp.resolve("journals")).restores();
                RestoreSummary summary = afterCrash.restore(request, new StopSign());
                assertThat(summary).isEqualTo(new RestoreSummary(8, 5, List.of()));
                afterCrash.forget(request.restoreId());
            }
            assertThat(tree.expected()).isEqualTo(wanted);
            assertThat(tree.at("more")).doesNotExist();
        }
        assertThat(steps).isGreaterThan(12);
    }

    /** Stops at the n-th place where it can. */
    private static final class StopAfter extends StopSign {
        private int left;

        StopAfter(int checks) {
            this.left = checks;
        }

        @Override
        public void check() {
            if (left-- == 0) {
                raise();
            }
            super.check();
        }
    }

    @Test
    void a_restore_that_goes_on_leaves_what_was_changed_since_it_was_cut_short() {
        TakenCheckpoint target = restoring.take(tree);
        tree.write("a.txt", "changed").write("dir/b.txt", "changed");
        RestoreRequest request = restoring.request(tree, restoring.take(tree), target);
        assertThatThrownBy(() -> restoring.restores().restore(request, new StopAfter(2)))
                .isInstanceOf(StopSign.Stopped.class);
        assertThat(tree.read("a.txt")).isEqualTo("one");
        tree.write("a.txt", "a person again").write("dir/b.txt", "a person");
        String halfWritten = "dir/.stele-" + request.restoreId() + "-1";
        tree.write(halfWritten, "by the process that died");
        RestoreSummary summary = restoring.restores().restore(request, new StopSign());
        assertThat(summary.left()).extracting(LeftPath::path).containsExactly("a.txt", "dir/b.txt");
        assertThat(tree.read("a.txt")).isEqualTo("a person again");
        assertThat(tree.at(halfWritten)).doesNotExist();
    }

    @Test
    void what_an_abandoned_restore_left_behind_is_removed() throws IOException {
        TakenCheckpoint target = restoring.take(tree);
        tree.write("a.txt", "changed");
        RestoreRequest request = restoring.request(tree, restoring.take(tree), target);
        assertThatThrownBy(() -> restoring.restores().restore(request, new StopAfter(1)))
                .isInstanceOf(StopSign.Stopped.class);
        tree.write(".stele-" + request.restoreId() + "-0", "half written");
        restoring.restores().abandonAllBut(Set.of(request.restoreId()));
        assertThat(tree.at(".stele-" + request.restoreId() + "-0")).exists();
        restoring.restores().abandonAllBut(Set.of(new OperationId("other")));
        assertThat(tree.at(".stele-" + request.restoreId() + "-0")).doesNotExist();
        try (var journals = Files.list(temp.resolve("journals"))) {
            assertThat(journals).isEmpty();
        }
    }

    @Test
    void a_checkpoint_that_is_gone_is_refused_before_anything_is_touched() {
        TakenCheckpoint target = restoring.take(tree);
        tree.write("a.txt", "changed");
        TakenCheckpoint safety = restoring.take(tree);
        tree.git().run("update-ref", "-d", target.ref());
        assertThatThrownBy(() ->
                        restoring
                                .restores()
                                .restore(restoring.request(tree, safety, target), new StopSign()))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("is not in the repository");
        assertThat(tree.read("a.txt")).isEqualTo("changed");
    }

    @Test
    void missing_content_is_refused_before_anything_is_touched() {
        tree.write("big", "only in the checkpoint");
        TakenCheckpoint target = restoring.take(tree);
        String blob = WorkTree.blobId("only in the checkpoint".getBytes(UTF_8));
        breakPacks(blob);
        tree.write("a.txt", "changed").delete("big");
        TakenCheckpoint safety = restoring.take(tree);
        assertThatThrownBy(() ->
                        restoring
                                .restores()
                                .restore(restoring.request(tree, safety, target), new StopSign()))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("big is not in the repository any more");
        assertThat(tree.read("a.txt")).isEqualTo("changed");
    }

    /** Takes one object out of the repository: all are made loose, and its file is deleted. */
    private void breakPacks(String blob) {
        Path moved = temp.resolve("packs");
        try {
            Files.move(tree.at(".git/objects/pack"), moved);
            Files.createDirectories(tree.at(".git/objects/pack"));
            try (var packs = Files.newDirectoryStream(moved, "*.pack")) {
                for (Path pack : packs) {
                    tree.git().process("sh", "-c", "git unpack-objects -q < " + pack);
                }
            }
            Files.delete(tree.at(".git/objects/" + blob.substring(0, 2) + "/" + blob.substring(2)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void links_are_never_followed_when_they_are_replaced() throws IOException {
        tree.write("plain", "plain");
        TakenCheckpoint target = restoring.take(tree);
        Path outside = temp.resolve("outside.txt");
        Files.writeString(outside, "outside");
        tree.delete("plain").link("plain", outside.toString());
        restoring.restore(tree, target);
        assertThat(Files.isRegularFile(tree.at("plain"), LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(outside).hasContent("outside");
    }

    @Test
    void staged_unstaged_untracked_and_ignored_work_comes_back_and_the_index_keeps_its_bytes()
            throws IOException {
        tree.write(".gitignore", "*.log\n").commit("rules").write("x.log", "ignored");
        tree.write("a.txt", "staged").write("added", "staged").git().run("add", "a.txt", "added");
        tree.git().run("rm", "-q", "--cached", "run.sh");
        tree.git().run("update-index", "--chmod=+x", "dir/b.txt");
        tree.write("a.txt", "staged, then more").write("dir/b.txt", "unstaged");
        tree.write("untracked", "untracked").delete("dir/deep/c.txt");
        TakenCheckpoint target = restoring.take(tree);
        Map<String, String> wanted = tree.onDisk();
        byte[] index = tree.bytes(".git/index");
        String status = tree.git().run("status", "--porcelain=v2", "-uall");
        tree.write("a.txt", "agent")
                .delete("added")
                .delete("untracked")
                .write("dir/b.txt", "agent");
        tree.write("dir/deep/c.txt", "agent").write("run.sh", "agent").write("new", "agent");
        Map<String, String> changed = tree.onDisk();
        var done = restoring.restore(tree, target);
        assertThat(done.summary().left()).isEmpty();
        assertThat(tree.onDisk()).isEqualTo(wanted);
        assertThat(tree.git().run("status", "--porcelain=v2", "-uall")).isEqualTo(status);
        restoring.restore(tree, done.safety());
        assertThat(tree.onDisk()).isEqualTo(changed);
        assertThat(tree.bytes(".git/index")).isEqualTo(index);
        assertThat(tree.at(".git/index.lock")).doesNotExist();
    }
}
