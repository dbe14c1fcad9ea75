package dev.stele.git.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.git.disk.DirectoryReader;
import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.RandomChanges;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random trees, changed at random: each checkpoint holds what native git lists. */
class RandomTreesTest {

    private static final int ROUNDS = 60;

    @TempDir Path temp;

    @Test
    void every_checkpoint_holds_what_git_lists_with_and_without_memory() throws IOException {
        long seed = Long.getLong("stele.seed", 20_261_122);
        var random = new Random(seed);
        WorkTree tree = WorkTree.init(temp.resolve("project"));
        var remembering = new Capturing();
        var watching = Capturing.watching();
        var plain = Capturing.by(DirectoryReader.JDK);
        var done = new ArrayList<String>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
                done.add(RandomChanges.change(tree, random));
            }
            String warm = remembering.take(tree.root(), "warm" + round).ref();
            String cold = new Capturing().take(tree.root(), "cold" + round).ref();
            String watched = watching.take(tree.root(), "watched" + round).ref();
            String read = plain.take(tree.root(), "plain" + round).ref();
            String told = "seed " + seed + ": " + done;
            assertThat(tree.held(warm)).as(told).isEqualTo(tree.expected());
            assertThat(tree.git().line("rev-parse", warm + "^{tree}"))
                    .as(told)
                    .isEqualTo(tree.git().line("rev-parse", cold + "^{tree}"))
                    .isEqualTo(tree.git().line("rev-parse", watched + "^{tree}"))
                    .isEqualTo(tree.git().line("rev-parse", read + "^{tree}"));
        }
        tree.assertSound();
    }
}
