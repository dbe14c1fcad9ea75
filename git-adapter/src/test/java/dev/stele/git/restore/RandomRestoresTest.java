package dev.stele.git.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.OperationId;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.git.capture.StopSign;
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

    private static final int ROUNDS = 25;

    @TempDir Path temp;
    private int ids;

    @Test
    void every_path_is_as_the_checkpoint_holds_it_or_told_to_be_left() throws IOException {
        long seed = Long.getLong("stele.seed", 20_261_122);
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

    @Test
    void restores_and_undos_that_are_cut_short_anywhere_end_as_if_they_had_not_been()
            throws IOException {
        long seed = Long.getLong("stele.seed", 20_261_122);
        var random = new Random(seed);
        WorkTree tree = WorkTree.init(temp.resolve("project"));
        List<String> story = new ArrayList<>(List.of("seed " + seed));
        for (int round = 0; round < 12; round++) {
            thereAndBack(tree, random, story, this::stopSomewhere);
        }
        tree.assertSound();
    }

    @Test
    void restores_and_undos_of_a_killed_process_end_as_if_it_had_not_been() throws IOException {
        long seed = Long.getLong("stele.seed", 20_261_122);
        var random = new Random(seed);
        WorkTree tree = WorkTree.init(temp.resolve("project"));
        List<String> story = new ArrayList<>(List.of("seed " + seed));
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 60; i++) {
                tree.write("many/" + random.nextInt(9) + "/" + i, "r" + random.nextInt(4));
            }
            thereAndBack(tree, random, story, this::killSomewhere);
        }
        tree.assertSound();
    }

    /** Begins a restore that comes to an end before it is done, or does not. */
    private interface Interrupted {
        void begin(RestoreRequest request, Random random) throws IOException;
    }

    /** Changes a tree, brings it back, undoes that and the undo; each time with a crash. */
    private void thereAndBack(
            WorkTree tree, Random random, List<String> story, Interrupted interrupted)
            throws IOException {
        change(tree, random, story);
        TakenCheckpoint target = new Restoring(temp.resolve("state")).take(tree, ids++);
        change(tree, random, story);
        Map<String, String> changed = tree.onDisk();
        var done = restore(tree, target, random, story, interrupted);
        Map<String, String> restored = tree.onDisk();
        var undone = restore(tree, done.safety(), random, story, interrupted);
        assertThat(withoutStaying(tree, undone)).as(story.toString()).isEqualTo(changed);
        restore(tree, undone.safety(), random, story, interrupted);
        assertThat(tree.onDisk()).as(story.toString()).isEqualTo(restored);
    }

    /**
     * What a restore brought back and is ignored since, an undo leaves where it is, and says so.
     */
    private static Map<String, String> withoutStaying(WorkTree tree, Restoring.Done undone) {
        Map<String, String> disk = tree.onDisk();
        undone.summary().left().stream()
                .filter(left -> left.why().equals(Planner.STAYS))
                .forEach(left -> disk.remove(RawNames.fromText(left.path())));
        return disk;
    }

    private static void change(WorkTree tree, Random random, List<String> story)
            throws IOException {
        for (int changes = 1 + random.nextInt(10); changes > 0; changes--) {
            story.add(RandomChanges.change(tree, random));
        }
    }

    /** Brings a checkpoint back, with a crash on the way. */
    private Restoring.Done restore(
            WorkTree tree,
            TakenCheckpoint target,
            Random random,
            List<String> story,
            Interrupted interrupted)
            throws IOException {
        Map<String, String> before = tree.onDisk();
        var restoring = new Restoring(temp.resolve("state"));
        TakenCheckpoint safety = restoring.take(tree, ids++);
        var request =
                new RestoreRequest(
                        new OperationId("r" + ids++),
                        tree.root(),
                        safety.ref(),
                        target.ref(),
                        new RestoreChoice.Everything());
        interrupted.begin(request, random);
        Restores afterCrash = new Restoring(temp.resolve("state")).restores();
        var done = new Restoring.Done(safety, afterCrash.restore(request, new StopSign()));
        afterCrash.forget(request.restoreId());
        story.add("restore " + target.ref() + " " + done.summary());
        assertBroughtBack(tree, before, done, target, story.toString());
        return done;
    }

    private void stopSomewhere(RestoreRequest request, Random random) {
        try {
            var stop = new CountedStop(random.nextInt(12));
            new Restoring(temp.resolve("state")).restores().restore(request, stop);
        } catch (StopSign.Stopped e) {
            // As it was meant to.
        }
    }

    /** Stops at the n-th place where it can. */
    private static final class CountedStop extends StopSign {
        private int left;

        CountedStop(int checks) {
            this.left = checks;
        }

        @Override
        public void check() {
            if (left-- == 0) {
                raise();
            }
            super.check();
        }
    }

    private void killSomewhere(RestoreRequest request, Random random) throws IOException {
        Process child = RestoringChild.start(request, temp.resolve("state"));
        try (var signs = child.getErrorStream()) {
            int left = 1 + random.nextInt(40);
            for (int read = signs.read(); read >= 0 && left > 0; read = signs.read()) {
                left -= read == RestoringChild.SIGN ? 1 : 0;
            }
            child.destroyForcibly().onExit().join();
        }
    }
}
