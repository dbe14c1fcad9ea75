package dev.stele.git.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.port.RestorePreview;
import dev.stele.domain.port.RestorePreview.Action;
import dev.stele.domain.port.RestorePreview.OthersChange;
import dev.stele.domain.port.RestorePreview.PlannedPath;
import dev.stele.domain.port.RestorePreviews;
import dev.stele.domain.port.TreeDiffException;
import dev.stele.git.GitConfig;
import dev.stele.git.GitModule;
import dev.stele.git.testing.Story;
import dev.stele.git.testing.WorkTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two threads and a person change the same tree; each takes back or commits its own. */
class SelectionsTest {

    private static final String LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    private static final ChangeSelection OWN = new ChangeSelection.Own();
    private static final ChangeSelection ALL = new ChangeSelection.All();

    @TempDir Path temp;
    WorkTree tree;
    Story story;
    RestorePreviews previews;
    final List<Reactor> reactors = new ArrayList<>();

    @BeforeEach
    void start() {
        tree = WorkTree.init(temp.resolve("project"));
        tree.git().run("config", "user.name", "A Person");
        tree.git().run("config", "user.email", "person@example.invalid");
        tree.write("shared", LINES).write("same", LINES).write("mine", "mine\n").commit("first");
        story = Story.in(tree.root()).thread("u", "p");
        Injector injector =
                Guice.createInjector(new GitModule(GitConfig.usual(temp.resolve("state"))));
        previews = injector.getInstance(RestorePreviews.class);
        for (Reactor reactor : injector.getInstance(Key.get(new TypeLiteral<Set<Reactor>>() {}))) {
            reactors.add(reactor);
            reactor.start(story.engine(), story.engine());
        }
    }

    @AfterEach
    void close() {
        reactors.forEach(Reactor::close);
    }

    private void turn(String id, String thread, Runnable work) {
        story.turn(id, thread).ready(id + "-before");
        work.run();
        story.end(id, thread).ready(id + "-after");
    }

    private RestoreSummary restored(String id) {
        OperationState outcome = story.outcome(id);
        if (outcome instanceof OperationState.Restored(var summary, _)) {
            return summary;
        }
        throw new AssertionError(outcome);
    }

    private RestorePreview preview(String checkpoint, @Nullable ChangeSelection selection) {
        return previews.preview(story.engine().model(), new CheckpointId(checkpoint), selection);
    }

    private void replace(String path, String line, String by) {
        tree.write(path, tree.read(path).replace(line + "\n", by + "\n"));
    }

    /** What t did: an edit above and one below of those of others, a new file, a deleted one. */
    private void threeAtWork() {
        turn(
                "one",
                "t",
                () -> {
                    replace("shared", "1", "one, by t");
                    replace("same", "5", "five, by t");
                    tree.write("new", "by t\n").delete("mine");
                });
        turn(
                "two",
                "u",
                () -> {
                    replace("shared", "5", "five, by u");
                    replace("same", "five, by t", "five, by u");
                    tree.write("others", "by u\n");
                });
        replace("shared", "9", "nine, by a person");
        tree.write("new", "by t\nand a person\n").write("persons", "by a person\n");
        tree.write("mine", "mine\n");
    }

    @Test
    void a_thread_takes_back_its_own_changes_and_keeps_those_of_others() {
        threeAtWork();
        story.restore("r1", "one-before", OWN);
        RestoreSummary summary = restored("r1");
        assertThat(tree.read("shared"))
                .isEqualTo("1\n2\n3\n4\nfive, by u\n6\n7\n8\nnine, by a person\n");
        assertThat(tree.read("same")).contains("five, by u");
        assertThat(tree.read("others") + tree.read("persons")).isEqualTo("by u\nby a person\n");
        assertThat(tree.read("new")).isEqualTo("by t\nand a person\n");
        assertThat(summary)
                .isEqualTo(
                        new RestoreSummary(
                                1,
                                0,
                                List.of(
                                        new LeftPath(
                                                "new",
                                                "others have changed it, too, and it came or"
                                                        + " went"),
                                        new LeftPath(
                                                "others",
                                                "others have changed it, and this thread has"
                                                        + " not"),
                                        new LeftPath(
                                                "persons",
                                                "others have changed it, and this thread has"
                                                        + " not"),
                                        new LeftPath("same", "others have changed the same lines")),
                                List.of("shared")));
    }

    @Test
    void undo_and_undo_of_undo_of_a_threads_own_changes_keep_what_others_did_meanwhile() {
        threeAtWork();
        String before = tree.read("shared");
        story.restore("r1", "one-before", OWN);
        restored("r1");
        String without = tree.read("shared");
        replace("shared", "7", "seven, meanwhile");
        story.restore("r2", "r1-safety", OWN);
        assertThat(restored("r2").merged()).containsExactly("shared");
        assertThat(tree.read("shared")).isEqualTo(before.replace("7\n", "seven, meanwhile\n"));
        story.restore("r3", "r2-safety", OWN);
        restored("r3");
        assertThat(tree.read("shared")).isEqualTo(without.replace("7\n", "seven, meanwhile\n"));
        story.restore("r4", "r3-safety", ALL);
        restored("r4");
        assertThat(tree.read("shared")).isEqualTo(before.replace("7\n", "seven, meanwhile\n"));
        tree.assertSound();
    }

    @Test
    void named_paths_alone_are_brought_back_and_a_misspelt_one_is_told() {
        threeAtWork();
        ChangeSelection paths = new ChangeSelection.Paths(List.of("shared", "others"));
        story.restore("r1", "one-before", paths);
        assertThat(restored("r1")).isEqualTo(new RestoreSummary(1, 1, List.of()));
        assertThat(tree.read("shared")).isEqualTo(LINES);
        assertThat(tree.read("persons")).isEqualTo("by a person\n");
        story.restore("r2", "r1-safety", paths);
        assertThat(restored("r2")).isEqualTo(new RestoreSummary(2, 0, List.of()));
        assertThat(tree.read("shared")).contains("one, by t", "five, by u", "nine, by a person");
        story.restore("r3", "one-before", new ChangeSelection.Paths(List.of("shard")));
        assertThat(story.outcome("r3"))
                .isInstanceOfSatisfying(
                        OperationState.Failed.class,
                        failed -> assertThat(failed.why()).contains("There is no shard"));
    }

    @Test
    void the_preview_chooses_the_threads_own_changes_when_anyone_else_was_at_work() {
        turn("one", "t", () -> replace("shared", "1", "one, by t"));
        assertThat(preview("one-before", null).selection()).isEqualTo(ALL);
        assertThat(preview("one-before", null).others()).isEmpty();
        turn("two", "u", () -> replace("shared", "5", "five, by u"));
        tree.write("persons", "by a person\n");
        RestorePreview preview = preview("one-before", null);
        assertThat(preview.selection()).isEqualTo(OWN);
        assertThat(preview.paths()).containsExactly(new PlannedPath(Action.MERGE, "shared"));
        assertThat(preview.others())
                .containsExactly(
                        new OthersChange("persons", List.of(), true),
                        new OthersChange("shared", List.of(new ThreadId("u")), false));
        assertThat(preview("one-before", ALL).paths())
                .containsExactly(
                        new PlannedPath(Action.DELETE, "persons"),
                        new PlannedPath(Action.OVERWRITE, "shared"));
    }

    @Test
    void a_preview_is_what_the_restore_then_does() {
        threeAtWork();
        tree.write(".gitignore", "*.log\n").write("in/x.log", "ignored");
        int number = 0;
        for (ChangeSelection selection :
                List.of(OWN, new ChangeSelection.Paths(List.of("new", "others")), ALL, OWN, ALL)) {
            RestorePreview preview = preview("one-before", selection);
            story.restore("r" + ++number, "one-before", selection);
            assertThat(told(restored("r" + number))).isEqualTo(told(preview));
            story.restore("u" + number, "r" + number + "-safety", ALL);
            restored("u" + number);
        }
    }

    private static String told(RestoreSummary summary) {
        return told(summary.written(), summary.deleted(), summary.left(), summary.merged());
    }

    private static String told(RestorePreview preview) {
        int deleted =
                (int) preview.paths().stream().filter(p -> p.action() == Action.DELETE).count();
        List<LeftPath> left = new ArrayList<>(preview.left());
        left.addAll(preview.ignored());
        List<String> merged =
                preview.paths().stream()
                        .filter(path -> path.action() == Action.MERGE)
                        .map(PlannedPath::path)
                        .toList();
        return told(preview.paths().size() - deleted, deleted, left, merged);
    }

    private static String told(
            int written, int deleted, List<LeftPath> left, @Nullable List<String> merged) {
        return written
                + " "
                + deleted
                + " "
                + left.stream().map(LeftPath::toString).sorted().toList()
                + (merged == null ? List.of() : merged);
    }

    @Test
    void what_a_turn_without_a_checkpoint_has_changed_cannot_be_taken_back_alone() {
        turn("one", "t", () -> replace("shared", "1", "one, by t"));
        story.turn("two", "t").ready("two-before");
        assertThatThrownBy(() -> preview("one-before", OWN))
                .isInstanceOf(TreeDiffException.class)
                .hasMessageContaining("What the turn two has changed cannot be told");
        story.end("two", "t").ready("two-after");
    }

    @Test
    void a_commit_holds_the_threads_own_lines_of_a_file_that_others_have_changed() {
        threeAtWork();
        story.commit("c1", "t", OWN);
        assertThat(story.outcome("c1")).isInstanceOf(OperationState.Recorded.class);
        assertThat(tree.git().run("show", "--name-status", "--format="))
                .isEqualTo("A\tnew\nM\tsame\nM\tshared\n");
        assertThat(tree.git().run("show", "HEAD:shared"))
                .isEqualTo(LINES.replace("1\n", "one, by t\n"));
        assertThat(tree.git().run("show", "HEAD:same")).contains("five, by t");
        assertThat(tree.git().run("show", "HEAD:new")).isEqualTo("by t\n");
        assertThat(tree.git().run("diff", "--cached", "--name-only")).isEmpty();
        assertThat(tree.read("shared")).contains("one, by t", "five, by u", "nine, by a person");
        assertThat(left("c1")).isEmpty();
        story.commit("c2", "u", OWN);
        assertThat(story.outcome("c2")).isInstanceOf(OperationState.Recorded.class);
        assertThat(tree.git().run("show", "HEAD:shared"))
                .isEqualTo(LINES.replace("1\n", "one, by t\n").replace("5\n", "five, by u\n"));
        assertThat(tree.git().run("show", "HEAD:same")).contains("five, by u");
        tree.assertSound();
    }

    @Test
    void a_commit_leaves_lines_that_somebody_else_had_changed_before_and_lists_their_file() {
        replace("same", "5", "five, by a person");
        turn(
                "one",
                "t",
                () -> {
                    replace("same", "five, by a person", "five, by t");
                    replace("shared", "1", "one, by t");
                });
        story.commit("c1", "t", OWN);
        assertThat(story.outcome("c1")).isInstanceOf(OperationState.Recorded.class);
        assertThat(tree.git().run("show", "--name-only", "--format=")).isEqualTo("shared\n");
        assertThat(left("c1")).containsExactly("same");
        story.commit("c2", "t", OWN);
        assertThat(story.outcome("c2"))
                .isInstanceOfSatisfying(
                        OperationState.Failed.class,
                        failed ->
                                assertThat(failed.why())
                                        .contains("same (others have changed the same lines)"));
    }

    private List<String> left(String commit) {
        return story.engine().model().operation(new OperationId(commit))
                        instanceof Operation.Commit made
                ? made.left().stream().map(LeftPath::path).toList()
                : List.of();
    }

    @Test
    void a_file_of_which_something_else_is_staged_is_left_out_of_a_threads_commit() {
        replace("shared", "9", "nine, staged");
        tree.git().run("add", "shared");
        turn(
                "one",
                "t",
                () -> {
                    replace("shared", "1", "one, by t");
                    tree.write("new", "by t\n");
                });
        story.commit("c1", "t", OWN);
        assertThat(story.outcome("c1")).isInstanceOf(OperationState.Recorded.class);
        assertThat(tree.git().run("show", "--name-status", "--format=")).isEqualTo("A\tnew\n");
        assertThat(tree.git().run("status", "--porcelain")).isEqualTo("MM shared\n");
        assertThat(tree.git().run("show", ":shared")).contains("nine, staged");
        assertThat(left("c1")).containsExactly("shared");
    }

    @Test
    void lines_are_told_apart_also_where_git_converts_their_ends() {
        tree.write(".gitattributes", "shared text\n").commit("attributes");
        tree.write("shared", LINES.replace("\n", "\r\n"));
        tree.git().run("add", "shared");
        turn(
                "one",
                "t",
                () -> tree.write("shared", tree.read("shared").replace("1\r\n", "one, by t\r\n")));
        tree.write("shared", tree.read("shared").replace("9\r\n", "nine, by a person\r\n"));
        story.commit("c1", "t", OWN);
        assertThat(story.outcome("c1")).isInstanceOf(OperationState.Recorded.class);
        assertThat(tree.git().run("show", "HEAD:shared"))
                .isEqualTo(LINES.replace("1\n", "one, by t\n"));
    }
}
