package dev.stele.git.trap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process may do, how it takes names, and who owns the repository: told to a child. */
class SurroundingsTest {

    private static final String TARGET = "refs/stele/checkpoints/thread/target";
    private static final String SAFETY = "refs/stele/checkpoints/thread/safety";

    @TempDir Path temp;
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));

    @BeforeEach
    void repository() {
        tree = Trap.usual(temp.resolve("project"));
    }

    @AfterEach
    void everything_may_be_deleted() {
        tree.git().process("chmod", "-R", "u+rwX", tree.root().toString());
    }

    private List<String> child(List<String> before, Map<String, String> more, String... works)
            throws IOException {
        return Child.run(before, more, tree, temp.resolve("state"), works);
    }

    private void permit(String path, String permissions) throws IOException {
        Files.setPosixFilePermissions(tree.at(path), PosixFilePermissions.fromString(permissions));
    }

    /** The superuser may read everything, unless it gives that up. */
    private List<String> withoutPrivileges() {
        boolean root = tree.git().process("id", "-u").output().strip().equals("0");
        String rights = "-dac_override,-dac_read_search";
        return root
                ? List.of("setpriv", "--bounding-set=" + rights, "--inh-caps=" + rights)
                : List.of();
    }

    @Test
    void what_may_not_be_read_or_written_is_told_and_left_alone() throws Exception {
        tree.write("secret", "secret").write("locked/x", "x").write("fixed/y", "y");
        tree.write("rules/.gitignore", "*.log\n").write("rules/x.log", "held, since none reads it");
        tree.commit("more");
        permit("secret", "---------");
        permit("locked", "---------");
        permit("rules/.gitignore", "---------");
        List<String> taken = child(withoutPrivileges(), Map.of(), "take target");

        assertThat(taken)
                .containsExactly(
                        TARGET,
                        "locked: it may not be read",
                        "rules/.gitignore: it may not be read",
                        "secret: it may not be read");
        assertThat(tree.held(TARGET))
                .containsKeys("a.txt", "fixed/y", "rules/x.log")
                .doesNotContainKeys("secret", "locked/x");
        tree.write("a.txt", "changed").write("fixed/y", "changed");
        permit("fixed", "r-xr-xr-x");
        List<String> restored =
                child(
                        withoutPrivileges(),
                        Map.of(),
                        "take safety",
                        "restore " + SAFETY + " " + TARGET);
        assertThat(restored).contains("fixed/y: it may not be changed");
        permit("secret", "rw-r--r--");
        permit("locked", "rwxr-xr-x");
        assertThat(tree.read("a.txt") + tree.read("fixed/y")).isEqualTo("onechanged");
        assertThat(tree.read("secret") + tree.read("locked/x")).isEqualTo("secretx");
    }

    @Test
    void what_may_not_be_changed_is_foreseen_and_stops_nothing_else() throws Exception {
        tree.write("fixed/y", "y").write("fixed/gone/z", "z").commit("more");
        child(withoutPrivileges(), Map.of(), "take target");
        tree.write("a.txt", "changed").write("fixed/y", "changed").write("fixed/new", "new");
        tree.delete("fixed/gone").write("fixed/made/deep/x", "new");
        permit("fixed", "r-xr-xr-x");
        List<String> foreseen = child(withoutPrivileges(), Map.of(), "preview target");
        assertThat(foreseen)
                .containsExactlyInAnyOrder(
                        "fixed/new: it may not be changed",
                        "fixed/gone/z: it may not be changed",
                        "fixed/y: it may not be changed");
        List<String> restored =
                child(
                        withoutPrivileges(),
                        Map.of(),
                        "take safety",
                        "restore " + SAFETY + " " + TARGET);
        assertThat(restored.subList(1, restored.size()))
                .containsExactlyInAnyOrderElementsOf(foreseen);
        assertThat(tree.read("a.txt")).isEqualTo("one");
        assertThat(tree.at("fixed/made/deep")).doesNotExist();
        assertThat(tree.at("fixed/made")).isEmptyDirectory();
    }

    /** A limit for files stands in for a disk that is full: only one of them is too large. */
    @Test
    void a_file_that_cannot_be_written_whole_is_told_and_leaves_nothing_beside() throws Exception {
        tree.write("large", "x".repeat(3_000_000)).commit("more");
        child(List.of(), Map.of(), "take target");
        tree.write("a.txt", "changed").write("large", "small now");
        child(List.of(), Map.of(), "take safety");
        List<String> restored =
                child(
                        List.of("prlimit", "--fsize=2000000"),
                        Map.of(),
                        "restore " + SAFETY + " " + TARGET);
        assertThat(restored)
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("large: it cannot be changed"));
        assertThat(tree.read("a.txt")).isEqualTo("one");
        assertThat(tree.read("large")).isEqualTo("small now");
        assertThat(tree.git().run("status", "--porcelain", "--", ":(glob)**/.stele*")).isEmpty();
    }

    @Test
    void variables_of_git_that_lead_elsewhere_lead_nobody_astray() throws Exception {
        Map<String, String> elsewhere =
                Map.of(
                        "GIT_DIR", temp.resolve("no.git").toString(),
                        "GIT_WORK_TREE", temp.toString(),
                        "GIT_INDEX_FILE", temp.resolve("no-index").toString(),
                        "GIT_OBJECT_DIRECTORY", temp.resolve("no-objects").toString(),
                        "GIT_CEILING_DIRECTORIES", tree.root().toString());
        Map<String, String> before = tree.onDisk();
        child(List.of(), elsewhere, "take target");
        tree.write("a.txt", "changed").delete("dir/deep");
        child(List.of(), elsewhere, "take safety", "restore " + SAFETY + " " + TARGET, "commit");
        assertThat(tree.onDisk()).isEqualTo(before);
        assertThat(tree.git().line("rev-list", "--count", "HEAD")).isEqualTo("2");
        assertThat(tree.git().run("status", "--porcelain")).isEmpty();
        assertThat(temp.resolve("no-index")).doesNotExist();
        assertThat(temp.resolve("no-objects")).doesNotExist();
    }

    @Test
    void names_are_bytes_where_the_platform_knows_no_others_than_ascii() throws Exception {
        tree.write("ünï/日本", "1").link("é", "ü/é").write("ü.ignored", "ignored");
        tree.git().process("sh", "-c", "printf x > \"$(printf 'b\\377d')\"");
        Map<String, String> before = tree.onDisk();
        Map<String, String> plain = Map.of("LC_ALL", "C", "LANG", "C");
        assertThat(child(List.of(), plain, "take target")).containsExactly(TARGET);
        assertThat(tree.held(TARGET)).isEqualTo(tree.held(nativeTree()));
        tree.delete("ünï").delete("é").write("é", "a file now").write("a.txt", "changed");
        tree.git().process("sh", "-c", "rm \"$(printf 'b\\377d')\"");
        assertThat(child(List.of(), plain, "take safety", "restore " + SAFETY + " " + TARGET))
                .containsExactly(SAFETY);
        assertThat(tree.onDisk()).isEqualTo(before);
    }

    private String nativeTree() {
        String script =
                "export GIT_INDEX_FILE=../index; cp .git/index ../index; git add -A; git write-tree";
        return tree.git().process("sh", "-c", script).output().strip();
    }

    @Test
    void a_repository_of_somebody_else_is_captured_but_not_committed_to() throws Exception {
        Map<String, String> foreign = Map.of("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
        List<String> told = child(List.of(), foreign, "take target", "commit");

        assertThat(told).hasSize(2).startsWith(TARGET);
        assertThat(told.getLast()).contains("detected dubious ownership in repository");
        assertThat(tree.git().line("rev-list", "--count", "HEAD")).isEqualTo("1");
    }
}
