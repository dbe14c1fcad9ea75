package dev.stele.git.trap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.git.capture.TakenCheckpoint;
import dev.stele.git.testing.Restoring;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every awkward kind of repository: its checkpoint is what native git sees, it comes back byte for
 * byte with modes and links, the undo works, and neither index, HEAD nor ignored files are touched.
 */
class TrapsTest {

    @TempDir Path temp;

    static Stream<Trap> traps() {
        return Stream.of(Places.TRAPS, Contents.TRAPS, Indexes.TRAPS, Names.TRAPS)
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("traps")
    void what_is_captured_there_comes_back(Trap trap) throws Exception {
        WorkTree tree = trap.setUp().make(temp);
        Map<String, String> wanted = ofGit(tree, trap.comparison());
        wanted.keySet().removeAll(trap.leftOut());
        trap.twist().change(tree);
        var restoring = new Restoring(temp.resolve("state"));
        Map<String, String> gits = gits(tree);
        TakenCheckpoint target = restoring.take(tree);

        assertThat(keeper(tree).held(target.ref())).isEqualTo(wanted);
        assertThat(target.stats().leftOut())
                .extracting(LeftPath::path)
                .containsExactlyInAnyOrderElementsOf(trap.leftOut());
        Map<String, String> before = tree.onDisk();
        Mutation.mutate(tree, wanted.keySet());
        Map<String, String> changed = tree.onDisk();
        assertThat(changed).isNotEqualTo(before);
        Restoring.Done done = restoring.restore(tree, target);
        assertThat(done.summary().left()).isEmpty();
        assertThat(tree.onDisk()).isEqualTo(before);
        assertThat(restoring.restore(tree, done.safety()).summary().left()).isEmpty();
        assertThat(tree.onDisk()).isEqualTo(changed);
        restoring.restore(tree, target);
        assertThat(tree.onDisk()).isEqualTo(before);
        assertThat(gits(tree)).isEqualTo(gits);
    }

    /** Where checkpoints are: in the repository, or in one of Stele's own. */
    private WorkTree keeper(WorkTree tree) throws IOException {
        Path own = temp.resolve("state/trees");
        if (!Files.exists(own)) {
            return tree;
        }
        try (Stream<Path> all = Files.list(own)) {
            return new WorkTree(all.findFirst().orElseThrow());
        }
    }

    private Map<String, String> ofGit(WorkTree tree, Trap.Comparison comparison) {
        return switch (comparison) {
            case SAME_PATHS -> tree.expected();
            case SAME_TREE -> tree.held(nativeTree(tree));
        };
    }

    /** What native git makes of the tree, with a copy of the index as the user has it. */
    private String nativeTree(WorkTree tree) {
        String script =
                """
                cp "$(git rev-parse --git-path index)" "$0" 2>/dev/null
                export GIT_INDEX_FILE="$0"
                git add -A && git write-tree
                """;
        var result = tree.git().process("sh", "-c", script, temp.resolve("index").toString());
        assertThat(result.code()).as(result.errors()).isZero();
        return result.output().strip();
    }

    /** What is git's own and the user's: index, HEAD, branches, settings. */
    private static Map<String, String> gits(WorkTree tree) throws Exception {
        var state = new TreeMap<String, String>();
        Path gitDir = Path.of(tree.git().line("rev-parse", "--absolute-git-dir"));
        for (String name : List.of("index", "HEAD", "config", "info/exclude", "index.lock")) {
            Path file = gitDir.resolve(name);
            state.put(
                    name,
                    Files.exists(file)
                            ? Files.getLastModifiedTime(file)
                                    + " "
                                    + WorkTree.blobId(Files.readAllBytes(file))
                            : "absent");
        }
        Stream.of(tree.git().run("for-each-ref").split("\n", -1))
                .filter(ref -> !ref.contains("refs/stele/"))
                .forEach(ref -> state.put("ref " + ref, ""));
        return state;
    }
}
