package dev.stele.git.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.port.CommitDistance;
import dev.stele.domain.port.CommitDistance.Commit;
import dev.stele.domain.port.RepositoryException;
import dev.stele.domain.port.RepositoryView;
import dev.stele.domain.port.RepositoryView.Branch;
import dev.stele.domain.port.RepositoryView.Remote;
import dev.stele.git.testing.WorkTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are told of repositories before they choose. */
class GitRepositoryViewsTest {

    @TempDir Path temp;
    private final GitRepositoryViews views = new GitRepositoryViews(Duration.ofMinutes(3));
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));

    @BeforeEach
    void repository() {
        tree = WorkTree.init(temp.resolve("project"));
    }

    private String directory() {
        return tree.root().toString();
    }

    private String head() {
        return tree.git().line("rev-parse", "HEAD");
    }

    private void remote(String name) {
        Path bare = temp.resolve(name + ".git");
        tree.git().run("init", "-q", "--bare", bare.toString());
        tree.git().run("remote", "add", name, bare.toString());
    }

    @Test
    void a_repository_without_a_commit_has_a_branch_to_be_and_nothing_else() throws Exception {
        assertThat(views.view(directory()))
                .extracting(
                        RepositoryView::branch, RepositoryView::commit, RepositoryView::branches)
                .containsExactly("main", null, List.of());
    }

    @Test
    void branches_are_told_with_what_they_follow_and_none_is_checked_out_when_head_is_detached()
            throws Exception {
        tree.write("a", "1").commit("first");
        remote("origin");
        tree.git().run("push", "-q", "-u", "origin", "main");
        tree.git().run("branch", "side/way");

        assertThat(views.view(directory()).branches())
                .containsExactlyInAnyOrder(
                        new Branch("main", head(), "origin/main"),
                        new Branch("side/way", head(), null));
        tree.git().run("checkout", "-q", "--detach");
        assertThat(views.view(directory()).branch()).isNull();
    }

    @Test
    void remotes_are_told_by_where_pushes_go_without_names_and_passwords() throws Exception {
        tree.git().run("remote", "add", "a", "https://me:p@ss@example.org/x.git");
        tree.git().run("remote", "add", "b", "ssh://git@example.org/b c.git");
        tree.git().run("remote", "add", "c", "https://example.org/read.git");
        tree.git().run("remote", "set-url", "--push", "c", "/elsewhere/c@d.git");

        assertThat(views.view(directory()).remotes())
                .containsExactly(
                        new Remote("a", "https://example.org/x.git"),
                        new Remote("b", "ssh://example.org/b c.git"),
                        new Remote("c", "/elsewhere/c@d.git"));
    }

    @Test
    void what_a_push_would_send_is_counted_from_where_the_remote_was_last_seen() throws Exception {
        tree.write("a", "1").commit("first");
        remote("origin");
        tree.git().run("push", "-q", "origin", "main");
        tree.write("a", "2").commit("second");
        String second = head();
        tree.git().run("push", "-q", "origin", "HEAD:refs/heads/main");
        tree.git().run("reset", "-q", "--hard", "HEAD~1");
        tree.write("b", "1").commit("other");

        assertThat(views.toRemote(directory(), "main", "origin"))
                .isEqualTo(new CommitDistance(1, 1, List.of(new Commit(head(), "other"))));
        tree.git().run("branch", "new", second);
        CommitDistance unknown = views.toRemote(directory(), "new", "origin");
        assertThat(unknown.behind()).isNull();
        assertThat(unknown.ahead()).as("the remote has it under another name").isZero();
    }

    @Test
    void how_far_a_branch_is_from_what_is_checked_out_is_told_the_newest_first() throws Exception {
        tree.write("a", "1").commit("first");
        tree.git().run("checkout", "-q", "-b", "work");
        for (int i = 1; i <= 60; i++) {
            tree.git().run("commit", "-q", "--allow-empty", "-m", "step " + i + "\n\nmore");
        }
        tree.git().run("checkout", "-q", "main");

        CommitDistance distance = views.toHead(directory(), "work");

        assertThat(distance.ahead()).isEqualTo(60);
        assertThat(distance.behind()).isZero();
        assertThat(distance.commits())
                .hasSize(CommitDistance.MOST_COMMITS)
                .first()
                .extracting(Commit::subject)
                .isEqualTo("step 60");
    }

    @Test
    void what_is_not_committed_is_named_and_nothing_of_the_repository_is_touched()
            throws Exception {
        tree.write(".gitignore", "*.log\n").write("kept", "1").commit("first");
        tree.write("kept", "2").write("new folder/ü \"x\"", "1").write("run.log", "1");
        byte[] index = Files.readAllBytes(tree.at(".git/index"));

        assertThat(views.uncommitted(directory())).containsExactly("kept", "new folder/ü \"x\"");
        assertThat(tree.at(".git/index")).hasBinaryContent(index);
    }

    @Test
    void what_is_not_there_is_told_in_a_sentence() throws Exception {
        Path empty = Files.createDirectory(temp.resolve("empty"));
        tree.write("a", "1").commit("first");

        assertThatThrownBy(() -> views.view(empty.toString()))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining(empty.toString());
        assertThatThrownBy(() -> views.toHead(directory(), "--all"))
                .isInstanceOf(RepositoryException.class)
                .hasMessage("There is no branch --all.");
        assertThatThrownBy(() -> views.toRemote(directory(), "none", "origin"))
                .isInstanceOf(RepositoryException.class)
                .hasMessage("There is no branch none.");
        assertThatThrownBy(() -> views.toRemote(directory(), "main", "origin"))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining("There is no remote origin");
    }
}
