package dev.stele.git.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.git.capture.TakenCheckpoint;
import dev.stele.git.disk.RawNames;
import dev.stele.git.testing.RandomChanges;
import dev.stele.git.testing.Restoring;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random trees, changed at random and brought back. */
class RandomRestoresTest {

    private static final int ROUNDS = 60;

    @TempDir Path temp;

    @Test
    void every_path_is_as_the_checkpoint_holds_it_or_told_to_be_left() throws IOException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        WorkTree tree = WorkTree.init(temp.resolve("project"));
        var restoring = new Restoring(temp.resolve("journals"));
        List<TakenCheckpoint> taken = new ArrayList<>(List.of(restoring.take(tree)));
        List<String> story = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
                story.add(RandomChanges.change(tree, random));
            }
            TakenCheckpoint target = taken.get(random.nextInt(taken.size()));
            Map<String, String> disk = tree.onDisk();
            var done = restoring.restore(tree, target);
            story.add("restore " + target.ref());
            String told = "seed " + seed + ": " + story + " " + done.summary();
            assertBroughtBack(tree, disk, done, target, told);
            taken.add(done.safety());
        }
        tree.assertSound();
    }

    private static void assertBroughtBack(
            WorkTree tree,
            Map<String, String> before,
            Restoring.Done done,
            TakenCheckpoint target,
            String told) {
        Set<String> left = new TreeSet<>();
        done.summary().left().stream()
                .map(LeftPath::path)
                .map(RawNames::fromText)
                .forEach(left::add);
        Map<String, String> wanted = new TreeMap<>(before);
        wanted.keySet().removeAll(tree.held(done.safety().ref()).keySet());
        wanted.putAll(tree.held(target.ref()));
        Map<String, String> now = tree.onDisk();
        for (String path : left) {
            assertThat(now.get(path)).as(told).isEqualTo(before.get(path));
            wanted.remove(path);
            now.remove(path);
        }
        assertThat(now).as(told).isEqualTo(wanted);
    }
}
