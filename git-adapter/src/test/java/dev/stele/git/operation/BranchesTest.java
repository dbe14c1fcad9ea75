package dev.stele.git.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.contracts.OperationId;
import dev.stele.git.capture.StopSign;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.testing.WorkTree;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BranchesTest {

    @TempDir Path temp;
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));
    private BegunOperations begun = new BegunOperations(Path.of("/nowhere"));

    @BeforeEach
    void repository() {
        begun = new BegunOperations(temp.resolve("begun"));
        tree = WorkTree.init(temp.resolve("project"));
        tree.write("a", "1").commit("first").write("a", "2").commit("second");
    }

    private String create(String id, String name, @Nullable String from)
            throws InterruptedException {
        return new Branches(begun, Duration.ofSeconds(30))
                .create(new OperationId(id), tree.root(), name, from, new StopSign());
    }

    private void assertRefused(String id, String name, @Nullable String from, String why) {
        assertThatThrownBy(() -> create(id, name, from))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining(why);
    }

    @Test
    void a_branch_starts_at_head_or_at_a_revision_and_is_not_checked_out()
            throws InterruptedException {
        tree.git().run("tag", "-a", "-m", "annotated", "v1", "HEAD~1");
        assertThat(create("b1", "feature/one", null)).isEqualTo(at("HEAD"));
        assertThat(create("b2", "two", "HEAD~1")).isEqualTo(at("HEAD~1"));
        assertThat(create("b3", "three", "v1")).isEqualTo(at("HEAD~1"));
        assertThat(at("feature/one")).isEqualTo(at("HEAD"));
        assertThat(at("two") + at("three")).isEqualTo(at("HEAD~1").repeat(2));
        assertThat(tree.git().line("symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
    }

    private String at(String revision) {
        return tree.git().line("rev-parse", revision);
    }

    @Test
    void what_cannot_be_made_is_explained() throws InterruptedException {
        assertRefused("b1", "main", null, "There is a branch main already");
        assertRefused("b2", "new", "nowhere", "There is no commit nowhere in " + tree.root());
        assertRefused("b3", "main/below", null, "Git refused the branch main/below");
        tree = WorkTree.init(temp.resolve("unborn"));
        assertRefused("b4", "new", null, "There is no commit in " + tree.root() + " yet");
    }

    @Test
    void a_branch_that_a_dead_process_began_is_looked_up() throws InterruptedException {
        String old = at("HEAD~1");
        begun.begin(new OperationId("b1"), old);
        assertRefused("b1", "new", "HEAD~1", "Stele was stopped before the branch was made");
        tree.git().run("branch", "new", old);
        assertThat(create("b1", "new", "HEAD~1")).isEqualTo(old);
        begun.end(new OperationId("b1"));
        assertRefused("b1", "new", "HEAD~1", "There is a branch new already");
    }
}
