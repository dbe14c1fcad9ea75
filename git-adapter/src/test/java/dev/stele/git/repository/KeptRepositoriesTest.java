package dev.stele.git.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.git.capture.TakenCheckpoint;
import dev.stele.git.testing.Git;
import dev.stele.git.testing.Restoring;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories that stay open between pieces of work, while others do to them what they like. */
class KeptRepositoriesTest {

    /** So many that a capture asks the repository which of them it holds. */
    private static final int MANY = 60;

    @TempDir Path temp;
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));
    private Restoring restoring = new Restoring(Path.of("/nowhere"));

    @BeforeEach
    void repository() {
        restoring = new Restoring(temp.resolve("journals"));
        tree = WorkTree.init(temp.resolve("project"));
        fill(tree, "first");
        tree.commit("first");
    }

    private static void fill(WorkTree tree, String content) {
        for (int i = 0; i < MANY; i++) {
            tree.write("dir" + i % 7 + "/file" + i, content + i);
        }
    }

    private Repositories repositories() {
        return restoring.capturing().repositories();
    }

    @Test
    void a_repository_is_opened_once_for_several_pieces_of_work() {
        try (var first = repositories().open(tree.root())) {
            try (var second = repositories().open(tree.root())) {
                assertThat(second.jgit()).isSameAs(first.jgit());
            }
        }
        repositories().close();
        try (var first = repositories().open(tree.root());
                var second = repositories().open(tree.root())) {
            assertThat(second.jgit()).isNotSameAs(first.jgit());
        }
    }

    @Test
    void a_repository_that_includes_configuration_is_opened_for_each_piece_of_work() {
        tree.git().run("config", "include.path", "../more");
        tree.write("more", "[core]\n\tignorecase = true\n");
        assertThat(ignoresCase()).isTrue();
        tree.write("more", "[core]\n\tignorecase = false\n");
        assertThat(ignoresCase()).isFalse();
    }

    private boolean ignoresCase() {
        try (var repository = repositories().open(tree.root())) {
            return repository.ignoreCase();
        }
    }

    @Test
    void of_many_repositories_only_some_stay_open() {
        try (var first = repositories().open(tree.root())) {
            for (int i = 0; i < 2 * KeptRepositories.MOST; i++) {
                WorkTree other = WorkTree.init(temp.resolve("other" + i));
                repositories().open(other.root()).close();
            }
            try (var second = repositories().open(tree.root())) {
                assertThat(second.jgit()).isNotSameAs(first.jgit());
            }
        }
    }

    @Test
    void what_is_not_used_for_a_while_is_closed() {
        var kept = new KeptRepositories();
        GitLocation location = GitLocation.find(tree.root());
        var first = open(kept, location);
        first.close();
        kept.closeIdle(System.nanoTime());
        var second = open(kept, location);
        second.close();
        assertThat(second).isSameAs(first);
        kept.closeIdle(System.nanoTime() + 2 * KeptRepositories.IDLE.toNanos());
        var third = open(kept, location);
        third.close();
        assertThat(third).isNotSameAs(first);
        kept.close();
    }

    private static org.eclipse.jgit.lib.Repository open(
            KeptRepositories kept, GitLocation location) {
        try {
            return kept.open(location);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void the_users_garbage_collection_between_pieces_of_work_takes_nothing_away() {
        TakenCheckpoint target = restoring.take(tree);
        Map<String, String> before = tree.expected();
        fill(tree, "second");
        restoring.restore(tree, target);
        tree.git().run("gc", "-q", "--prune=now");
        fill(tree, "third");
        restoring.restore(tree, target);
        assertThat(tree.expected()).isEqualTo(before);
        tree.assertSound();
    }

    @Test
    void what_was_packed_anew_is_found_in_its_new_pack() {
        TakenCheckpoint target = restoring.take(tree);
        Map<String, String> before = tree.expected();
        fill(tree, "second");
        restoring.take(tree);
        tree.git().run("repack", "-adq");
        restoring.restore(tree, target);
        assertThat(tree.expected()).isEqualTo(before);
        tree.assertSound();
    }

    @Test
    void what_was_collected_is_not_taken_for_present() {
        fill(tree, "second");
        TakenCheckpoint gone = restoring.take(tree);
        tree.git().run("update-ref", "-d", gone.ref());
        tree.git().run("gc", "-q", "--prune=now");
        restoring.capturing().takeExactly(tree);
    }

    @Test
    void loose_objects_that_were_collected_are_not_taken_for_present() {
        fill(tree, "second");
        tree.commit("second");
        TakenCheckpoint target = restoring.take(tree);
        fill(tree, "third");
        restoring.restore(tree, target);
        tree.git().run("update-ref", "-d", target.ref());
        tree.git().run("reset", "-q", "--soft", "HEAD~1");
        tree.git()
                .run("for-each-ref", "--format=delete %(refname)", "refs/stele")
                .lines()
                .forEach(line -> tree.git().run("update-ref", "-d", line.substring(7)));
        tree.git().run("reflog", "expire", "--expire=now", "--all");
        tree.git().run("rm", "-rq", "--cached", ".");
        tree.git().run("gc", "-q", "--prune=now");
        restoring.capturing().takeExactly(tree);
    }

    @Test
    void another_repository_at_the_same_place_is_another_one() {
        TakenCheckpoint lost = restoring.take(tree);
        restoring.take(tree);
        tree.delete(".git");
        WorkTree again = WorkTree.init(tree.root());
        TakenCheckpoint safety = restoring.capturing().takeExactly(again);
        assertThatThrownBy(() ->
                        restoring
                                .restores()
                                .restore(
                                        restoring.request(again, safety, lost),
                                        new dev.stele.git.capture.StopSign()))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("any more");
    }

    @Test
    void another_repository_without_a_checkpoint_of_its_own_gets_whole_ones() {
        tree.commit("second");
        restoring.take(tree);
        tree.delete(".git");
        WorkTree again = WorkTree.init(tree.root());
        again.commit("first");
        restoring.capturing().takeExactly(again);
    }

    @Test
    void a_repository_that_is_gone_is_not_worked_in() {
        restoring.take(tree);
        tree.delete(".git");
        assertThat(tree.at(".git")).doesNotExist();
        TakenCheckpoint own = restoring.take(tree);
        assertThat(tree.at(".git")).doesNotExist();
        fill(tree, "second");
        restoring.restore(tree, own);
        assertThat(tree.read("dir0/file0")).isEqualTo("first0");
    }

    @Test
    void alternates_that_were_moved_are_followed() throws IOException {
        Path clone = temp.resolve("clone");
        new Git(temp).run("clone", "-qs", tree.root().toString(), clone.toString());
        var borrowing = new WorkTree(clone.toRealPath());
        TakenCheckpoint target = restoring.take(borrowing);
        Map<String, String> before = borrowing.expected();
        fill(borrowing, "second");
        restoring.restore(borrowing, target);
        Path moved = temp.resolve("moved");
        Files.move(tree.at(".git"), moved);
        Files.writeString(
                borrowing.at(".git/objects/info/alternates"), moved.resolve("objects") + "\n");
        fill(borrowing, "third");
        restoring.restore(borrowing, target);
        assertThat(borrowing.expected()).isEqualTo(before);
        borrowing.assertSound();
    }

    @Test
    void what_is_borrowed_no_more_is_not_taken_for_present() throws IOException {
        Path clone = temp.resolve("clone");
        new Git(temp).run("clone", "-qs", tree.root().toString(), clone.toString());
        var borrowing = new WorkTree(clone.toRealPath());
        TakenCheckpoint gone = restoring.take(borrowing);
        borrowing.git().run("repack", "-adq");
        Files.delete(borrowing.at(".git/objects/info/alternates"));
        borrowing.git().run("update-ref", "-d", gone.ref());
        borrowing.git().run("gc", "-q", "--prune=now");
        fill(borrowing, "first");
        restoring.capturing().takeExactly(borrowing);
    }
}
