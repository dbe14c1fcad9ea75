package dev.stele.git.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.OrchestrationCommand.DeleteThread;
import dev.stele.domain.command.OrchestrationCommand.ThinCheckpoints;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.git.change.RestoreRecords;
import dev.stele.git.repository.Repositories;
import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.Story;
import dev.stele.git.testing.WorkTree;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is thinned out goes from the repository, too. */
class ThinningJobsTest {

    private static final Instant LATER = Story.AT.plus(Duration.ofDays(100));
    private static final ThinningPolicy SHORT = new ThinningPolicy(1, 2);
    private static final Duration LONG = Duration.ofSeconds(180);

    @TempDir Path temp;
    private final List<CheckpointReactor> reactors = new ArrayList<>();
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));
    private Story story = Story.in(Path.of("/nowhere"));

    @BeforeEach
    void three_turns() {
        tree = WorkTree.init(temp.resolve("project"));
        tree.write("a.txt", "one").commit("first");
        story = Story.in(tree.root());
        try (CheckpointReactor reactor = start(null, Story.AT)) {
            for (String turn : List.of("a", "b", "c")) {
                turn(turn);
            }
            assertThat(drained(reactor)).isTrue();
        }
    }

    @AfterEach
    void close() {
        reactors.forEach(CheckpointReactor::close);
    }

    private CheckpointReactor start(@Nullable ThinningPolicy policy) {
        return start(policy, LATER);
    }

    private CheckpointReactor start(@Nullable ThinningPolicy policy, Instant now) {
        var capturing = new Capturing(new Repositories(temp.resolve("state")));
        var records = new RestoreRecords(temp.resolve("state"));
        var reactor =
                new CheckpointReactor(
                        capturing.checkpoints(), records, policy, InstantSource.fixed(now));
        reactors.add(reactor);
        reactor.start(story.engine(), story.engine());
        return reactor;
    }

    private static boolean drained(CheckpointReactor reactor) {
        try {
            return reactor.drain(LONG);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void turn(String id) {
        story.turn(id, "t");
        story.ready(id + "-before");
        tree.write("a.txt", id);
        story.end(id, "t");
        story.ready(id + "-after");
    }

    private void thin() {
        story.engine()
                .accept(
                        new ThinCheckpoints(
                                new OperationId("thin"), new ProjectId("p"), SHORT, LATER));
    }

    private List<String> refs() {
        return tree.git()
                .run("for-each-ref", "--format=%(refname:lstrip=4)", "refs/stele")
                .lines()
                .toList();
    }

    @Test
    void the_fact_comes_first_and_the_refs_follow() {
        start(null);
        thin();

        assertThat(story.outcome("thin")).isInstanceOf(OperationState.Cleaned.class);
        assertThat(refs()).containsExactly("a-before", "c-after", "c-before");
        assertThat(story.settled("b-after")).isEqualTo(new CheckpointState.Thinned(SHORT, LATER));
        tree.assertSound();
    }

    @Test
    void what_a_dead_process_had_decided_is_done_by_the_next() {
        thin();
        assertThat(refs()).hasSize(6);

        start(null);

        assertThat(story.outcome("thin")).isInstanceOf(OperationState.Cleaned.class);
        assertThat(refs()).hasSize(3);
    }

    @Test
    void it_goes_on_where_a_dead_process_had_deleted_some_of_the_refs() {
        thin();
        tree.git().run("update-ref", "-d", "refs/stele/checkpoints/t/b-before");

        start(null);

        assertThat(story.outcome("thin")).isInstanceOf(OperationState.Cleaned.class);
        assertThat(refs()).hasSize(3);
    }

    @Test
    void refs_that_git_has_packed_go_as_well() {
        tree.git().run("pack-refs", "--all");
        start(null);
        thin();

        assertThat(story.outcome("thin")).isInstanceOf(OperationState.Cleaned.class);
        assertThat(refs()).hasSize(3);
    }

    @Test
    void while_an_agent_is_at_work_old_ones_are_thinned_out_without_being_asked() {
        CheckpointReactor reactor = start(SHORT);
        story.turn("d", "t");
        story.ready("d-before");

        assertThat(story.outcome("d-thinning")).isInstanceOf(OperationState.Cleaned.class);
        assertThat(refs()).containsExactly("a-before", "d-before");
        story.end("d", "t");
        story.ready("d-after");
        turn("e");
        assertThat(drained(reactor)).isTrue();
        assertThat(story.engine().model().operation(new OperationId("e-thinning"))).isNull();
    }

    @Test
    void without_a_policy_nothing_is_thinned_out() {
        CheckpointReactor reactor = start(null);
        turn("d");

        assertThat(drained(reactor)).isTrue();
        assertThat(refs()).hasSize(8);
    }

    @Test
    void the_refs_of_a_deleted_thread_go() {
        story.thread("u", "p").checkpoint("other", "u");
        CheckpointReactor reactor = start(null);
        story.ready("other");
        story.engine().accept(new DeleteThread(new ThreadId("t"), LATER));

        assertThat(story.outcome("t-refs-cleanup")).isInstanceOf(OperationState.Cleaned.class);
        assertThat(drained(reactor)).isTrue();
        assertThat(refs()).containsExactly("other");
    }
}
