package dev.stele.git.care;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.AbandonOperation;
import dev.stele.domain.command.OrchestrationCommand.CreateBranch;
import dev.stele.domain.command.OrchestrationCommand.CreateCheckpoint;
import dev.stele.domain.command.OrchestrationCommand.DeleteThread;
import dev.stele.domain.command.OrchestrationCommand.Report.AssignCheckpointGitRef;
import dev.stele.domain.command.OrchestrationCommand.Report.RecordWorktree;
import dev.stele.domain.command.OrchestrationCommand.ThinCheckpoints;
import dev.stele.domain.command.OrchestrationCommand.WorktreeCommand.AddWorktree;
import dev.stele.domain.command.OrchestrationCommand.WorktreeCommand.RemoveWorktree;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.domain.port.CheckpointCare.Repair;
import dev.stele.domain.port.CheckpointReport;
import dev.stele.domain.port.CheckpointReport.Finding;
import dev.stele.domain.port.CheckpointReport.Kind;
import dev.stele.domain.port.CheckpointReport.Place;
import dev.stele.git.capture.TakenCheckpoint;
import dev.stele.git.repository.Repositories;
import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.Story;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What crashes leave is found and removed; nothing else is touched. */
class GitCheckpointCareTest {

    private static final String REFS = ".git/refs/stele/checkpoints/thread/";

    @TempDir Path temp;
    WorkTree tree;
    Capturing capturing;
    Story story;

    @BeforeEach
    void a_project_with_a_checkpoint() {
        tree = WorkTree.init(temp.resolve("project"));
        tree.write("a.txt", "one").commit("first");
        tree.write("a.txt", "x".repeat(100_000));
        capturing = new Capturing(new Repositories(temp.resolve("state")));
        story = Story.in(tree.root()).thread("thread", "p");
    }

    private CheckpointReport report(Repair repair) {
        var care =
                new GitCheckpointCare(
                        capturing.repositories(),
                        capturing.checkpoints(),
                        InstantSource.system(),
                        Duration.ofMinutes(1));
        return care.examine(story.engine().model(), repair);
    }

    private Place examine(boolean repair) {
        return report(repair ? Repair.ALL : Repair.NONE).places().getFirst();
    }

    /** A checkpoint that the log knows. */
    private TakenCheckpoint known(String id) {
        TakenCheckpoint taken = capturing.take(tree.root(), id);
        var checkpointId = new CheckpointId(id);
        story.engine()
                .accept(
                        new CreateCheckpoint(
                                checkpointId, new ThreadId("thread"), null, "a test", Story.AT));
        story.engine()
                .accept(
                        new AssignCheckpointGitRef(
                                checkpointId, taken.ref(), taken.stats(), Story.AT));
        return taken;
    }

    /** A checkpoint of a turn. */
    private void knownOf(String turn, CheckpointId id) {
        TakenCheckpoint taken = capturing.take(tree.root(), id.value());
        story.engine()
                .accept(
                        new CreateCheckpoint(
                                id, new ThreadId("thread"), new TurnId(turn), "a test", Story.AT));
        story.engine().accept(new AssignCheckpointGitRef(id, taken.ref(), taken.stats(), Story.AT));
    }

    @Test
    void sound_checkpoints_are_counted_with_the_room_that_they_take() {
        known("one");
        tree.write("b.txt", "two");
        known("two");
        Place place = examine(false);
        assertThat(place.refs()).isEqualTo(2);
        assertThat(place.strangers()).isZero();
        assertThat(place.findings()).isEmpty();
        assertThat(place.failure()).isNull();
        assertThat(place.bytes()).isPositive();
    }

    @Test
    void what_a_crash_left_is_told_first_and_removed_when_asked() throws IOException {
        TakenCheckpoint kept = known("kept");
        tree.write(REFS + "empty", "").write(REFS + "old.lock", "").write(REFS + "new.lock", "");
        tree.write(REFS + "dangling", "1".repeat(40) + "\n");
        tree.write(".git/objects/pack/tmp_pack_stele_1", "half a pack");
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        Files.setLastModifiedTime(tree.at(REFS + "old.lock"), old);
        Files.setLastModifiedTime(tree.at(".git/objects/pack/tmp_pack_stele_1"), old);

        assertThat(examine(false).findings())
                .extracting(Finding::kind)
                .containsExactlyInAnyOrder(
                        Kind.EMPTY_REF, Kind.OLD_LOCK, Kind.UNFINISHED_PACK, Kind.DANGLING_REF);
        assertThat(tree.at(REFS + "empty")).exists();
        assertThat(examine(true).findings()).hasSize(4).allMatch(Finding::repaired);
        assertThat(examine(false).findings()).isEmpty();
        assertThat(tree.at(REFS + "new.lock")).exists();
        assertThat(tree.git().line("rev-parse", kept.ref())).isEqualTo(kept.commit().name());
        tree.assertSound();
    }

    @Test
    void a_checkpoint_whose_ref_somebody_deleted_is_told() {
        TakenCheckpoint gone = known("gone");
        tree.git().run("update-ref", "-d", gone.ref());
        assertThat(examine(true).findings())
                .containsExactly(new Finding(Kind.MISSING_REF, gone.ref(), false));
    }

    @Test
    void the_checkpoints_of_another_home_are_left_alone() {
        capturing.take(tree.root(), "theirs");
        tree.git()
                .run(
                        "update-ref",
                        "refs/stele/checkpoints/stranger/c",
                        "refs/stele/checkpoints/thread/theirs");
        Place place = examine(true);
        assertThat(place.strangers()).isEqualTo(1);
        assertThat(tree.git().run("for-each-ref", "refs/stele")).contains("stranger/c");
    }

    @Test
    void what_is_called_like_nothing_of_steles_is_left_alone() {
        TakenCheckpoint kept = known("kept");
        tree.git().run("update-ref", "refs/stele/checkpoints/lone", kept.ref());
        tree.git().run("update-ref", "refs/stele/checkpoints/a/b/c", kept.ref());
        Place place = examine(true);
        assertThat(place.strangers()).isEqualTo(2);
        assertThat(place.refs()).isEqualTo(3);
    }

    @Test
    void
            refs_of_deleted_threads_and_of_thinned_checkpoints_are_needless_once_nobody_deletes_them() {
        for (String id : List.of("a", "b", "c")) {
            story.turn(id, "thread");
            knownOf(id, CheckpointId.before(new TurnId(id)));
            story.end(id, "thread");
            knownOf(id, CheckpointId.after(new TurnId(id)));
        }
        var thinning = new OperationId("thin");
        Instant later = Story.AT.plus(Duration.ofDays(100));
        story.engine()
                .accept(
                        new ThinCheckpoints(
                                thinning, new ProjectId("p"), new ThinningPolicy(1, 1), later));
        assertThat(examine(false).findings()).isEmpty();

        story.engine().accept(new AbandonOperation(thinning, later));
        Place place = examine(true);
        assertThat(place.findings())
                .extracting(Finding::name)
                .containsExactly(
                        "refs/stele/checkpoints/thread/a-after",
                        "refs/stele/checkpoints/thread/b-after",
                        "refs/stele/checkpoints/thread/b-before");
        assertThat(place.findings()).allMatch(one -> one.kind() == Kind.NEEDLESS_REF);
        assertThat(place.refs()).isEqualTo(3);
        assertThat(place.thinned()).isEqualTo(3);

        story.engine().accept(new DeleteThread(new ThreadId("thread"), later));
        assertThat(examine(false).strangers()).isEqualTo(3);
        story.engine().accept(new AbandonOperation(new OperationId("thread-refs-cleanup"), later));
        story.engine().accept(new AbandonOperation(new OperationId("thread-agent-cleanup"), later));
        assertThat(examine(true).findings()).hasSize(3);
        assertThat(tree.git().run("for-each-ref", "refs/stele")).isEmpty();
    }

    @Test
    void a_repository_of_steles_own_is_measured_and_packed_anew_by_the_process_that_works()
            throws IOException {
        Path plain = Files.createDirectories(temp.resolve("plain"));
        story = Story.in(plain.toRealPath()).thread("thread", "p");
        for (int i = 0; i < 50; i++) {
            Files.writeString(plain.resolve("a.txt"), "a" + i);
            capturing.take(plain.toRealPath(), "c" + i);
        }
        Place before = examine(false);
        assertThat(before.own()).isTrue();
        assertThat(before.findings())
                .singleElement()
                .satisfies(one -> assertThat(one.kind()).isEqualTo(Kind.MANY_PACKS));
        assertThat(report(Repair.LEFTOVERS).places().getFirst().findings())
                .singleElement()
                .satisfies(one -> assertThat(one.repaired()).isFalse());
        assertThat(examine(true).findings())
                .singleElement()
                .satisfies(one -> assertThat(one.repaired()).isTrue());
        Place after = examine(false);
        assertThat(after.findings()).isEmpty();
        assertThat(after.bytes()).isLessThan(before.bytes());
    }

    @Test
    void what_crashes_have_left_in_steles_own_directory_is_told_and_removed() throws IOException {
        Path compared = Files.createDirectories(temp.resolve("state/compared/dead/pack"));
        Path made = Files.createDirectories(temp.resolve("state/trees/abc.def/objects"));
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
        Files.setLastModifiedTime(compared.getParent(), old);
        Files.setLastModifiedTime(made.getParent(), old);
        Files.createDirectories(temp.resolve("state/compared/new"));
        assertThat(report(Repair.NONE).home())
                .extracting(Finding::kind)
                .containsExactly(Kind.OLD_FILE, Kind.OLD_FILE);
        assertThat(report(Repair.LEFTOVERS).home()).allMatch(Finding::repaired).hasSize(2);
        assertThat(report(Repair.NONE).home()).isEmpty();
        assertThat(temp.resolve("state/compared/new")).exists();
        assertThat(temp.resolve("state/trees/abc.def")).doesNotExist();
    }

    /** A worktree whose removal was asked for, and given up when it was moved aside. */
    private Path movedAside(boolean letGo) throws IOException {
        Path folder = Files.createDirectories(temp.resolve("worktrees")).toRealPath();
        Path top = folder.resolve("w");
        tree.git().run("worktree", "add", "-q", "-b", "stele/w", top.toString());
        story.engine()
                .accept(
                        new AddWorktree(
                                new OperationId("add"),
                                new ProjectId("w"),
                                new ProjectId("p"),
                                "w",
                                top.toString(),
                                top.toString(),
                                "stele/w",
                                null,
                                Story.AT));
        story.engine().accept(new RecordWorktree(new OperationId("add"), "1", Story.AT));
        var removal = new OperationId("removal");
        story.engine().accept(new RemoveWorktree(removal, new ProjectId("w"), null, Story.AT));
        Path aside = folder.resolve(".removed-removal");
        Files.move(top, aside);
        if (letGo) {
            tree.git().run("worktree", "prune");
        }
        assertThat(report(Repair.ALL).home()).as("while it is under way").isEmpty();
        story.engine().accept(new AbandonOperation(removal, Story.AT));
        return aside;
    }

    @Test
    void a_worktree_that_was_moved_aside_and_let_go_of_is_removed() throws IOException {
        Path aside = movedAside(true);
        Files.createDirectories(aside.resolveSibling(".removed-unknown"));
        assertThat(report(Repair.NONE).home())
                .containsExactly(new Finding(Kind.OLD_FILE, aside.toString(), false));
        assertThat(report(Repair.LEFTOVERS).home()).allMatch(Finding::repaired).hasSize(1);
        assertThat(aside).doesNotExist();
        assertThat(aside.resolveSibling(".removed-unknown")).exists();
        assertThat(report(Repair.NONE).home()).isEmpty();
    }

    @Test
    void a_worktree_that_git_still_knows_is_put_back() throws IOException {
        Path aside = movedAside(false);
        Files.writeString(aside.resolve("saved"), "in the last moment");
        assertThat(report(Repair.NONE).home())
                .containsExactly(new Finding(Kind.MOVED_WORKTREE, aside.toString(), false));
        assertThat(report(Repair.LEFTOVERS).home()).allMatch(Finding::repaired).hasSize(1);
        assertThat(aside).doesNotExist();
        assertThat(new WorkTree(aside.resolveSibling("w")).git().run("status", "--porcelain"))
                .isEqualTo("?? saved\n");
        assertThat(report(Repair.NONE).home()).isEmpty();
    }

    @Test
    void a_worktree_whose_place_is_taken_stays_aside() throws IOException {
        Path aside = movedAside(false);
        Files.createDirectories(aside.resolveSibling("w"));
        assertThat(report(Repair.ALL).home())
                .containsExactly(new Finding(Kind.MOVED_WORKTREE, aside.toString(), false));
        assertThat(aside.resolve("a.txt")).exists();
    }

    @Test
    void what_operations_left_in_the_git_directory_is_removed_when_they_are_over()
            throws IOException {
        for (String id : List.of("over", "open")) {
            story.engine()
                    .accept(
                            new CreateBranch(
                                    new OperationId(id), new ProjectId("p"), id, null, Story.AT));
        }
        story.engine().accept(new AbandonOperation(new OperationId("over"), Story.AT));
        List<String> over =
                List.of(
                        ".git/stele-index-over",
                        ".git/stele-index-over-part",
                        ".git/stele-index-over.lock",
                        ".git/stele-merge-over/new/files/a.txt");
        List<String> kept =
                List.of(
                        ".git/stele-index-open",
                        ".git/stele-index-unknown",
                        ".git/stele-merge-open/index",
                        ".git/stele-index-",
                        ".git/stele-notes");
        over.forEach(path -> tree.write(path, "x"));
        kept.forEach(path -> tree.write(path, "x"));
        tree.write(".git/index.lock", "stele open\n");
        assertThat(examine(true).findings()).hasSize(4).allMatch(Finding::repaired);
        assertThat(over).noneMatch(path -> Files.exists(tree.at(path)));
        assertThat(tree.at(".git/stele-merge-over")).doesNotExist();
        assertThat(kept).allMatch(path -> Files.exists(tree.at(path)));

        tree.write(".git/index.lock", "stele over\n");
        assertThat(examine(false).findings())
                .containsExactly(
                        new Finding(Kind.OLD_LOCK, tree.at(".git/index.lock").toString(), false));
        assertThat(examine(true).findings()).hasSize(1);
        assertThat(tree.at(".git/index.lock")).doesNotExist();
        tree.write(".git/index.lock", "");
        assertThat(examine(true).findings()).isEmpty();
        assertThat(tree.at(".git/index.lock")).exists();
    }

    @Test
    void files_that_were_never_whole_are_removed_from_steles_own_directory() throws IOException {
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
        for (String name :
                List.of(
                        "snapshots/01ab.4711",
                        "restored/t.r.new",
                        "absent/t.c.new",
                        "r.restore.new",
                        "snapshots/01ab",
                        "restored/t.r")) {
            Path file = temp.resolve("state").resolve(name);
            Files.createDirectories(file.getParent());
            Files.setLastModifiedTime(Files.writeString(file, "x"), old);
        }
        Files.writeString(temp.resolve("state/snapshots/01ab.young"), "x");
        assertThat(report(Repair.LEFTOVERS).home()).hasSize(4).allMatch(Finding::repaired);
        assertThat(temp.resolve("state/snapshots"))
                .isDirectoryContaining(path -> path.endsWith("01ab"))
                .isDirectoryContaining(path -> path.endsWith("01ab.young"))
                .isDirectoryNotContaining(path -> path.endsWith("01ab.4711"));
        assertThat(temp.resolve("state/restored/t.r")).exists();
    }

    @Test
    void a_directory_that_is_gone_or_was_never_captured_is_no_trouble() {
        story.project("gone", temp.resolve("gone"));
        assertThat(report(Repair.NONE).places())
                .anySatisfy(place -> assertThat(place.failure()).contains("is not there"))
                .anySatisfy(place -> assertThat(place.refs()).isZero());
    }

    @Test
    void a_push_of_everything_and_a_clone_do_not_take_hidden_refs_along() {
        known("one");
        Path bare = temp.resolve("bare.git");
        tree.git().run("init", "-q", "--bare", bare.toString());
        tree.git().run("push", "-q", "--all", bare.toString());
        tree.git().run("push", "-q", "--tags", bare.toString());
        tree.git().run("clone", "-q", "--no-local", tree.root().toString(), temp + "/clone");
        var copy = new WorkTree(temp.resolve("clone"));
        assertThat(tree.git().run("ls-remote", bare.toString()))
                .contains("refs/heads/main")
                .doesNotContain("refs/stele");
        assertThat(copy.git().run("for-each-ref")).doesNotContain("refs/stele");
    }
}
