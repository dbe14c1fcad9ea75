package dev.stele.git.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.git.repository.CheckpointRefs;
import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures of processes that are killed in the middle of them. */
class KilledCaptureTest {

    private static final int ROUNDS = 3;

    @TempDir Path temp;

    @Test
    void every_checkpoint_that_has_a_ref_is_whole_and_the_next_one_can_be_taken()
            throws IOException {
        long seed = Long.getLong("stele.seed", 20_261_122);
        var random = new Random(seed);
        WorkTree tree = WorkTree.init(temp.resolve("project"));
        for (int i = 0; i < 40; i++) {
            tree.write("dir" + i % 8 + "/" + i, "content " + i);
        }
        for (int round = 0; round < ROUNDS; round++) {
            kill(Child.start(tree.root(), round), 1 + random.nextInt(400));
            String told = "seed " + seed + ", round " + round;
            var capturing = new Capturing();
            capturing.checkpoints().heal(tree.root());
            tree.assertSound();
            String ref =
                    capturing.take(tree.root(), Child.id(round, interrupted(tree, round))).ref();
            assertThat(tree.held(ref)).as(told).isEqualTo(tree.expected());
        }
        tree.assertSound();
    }

    /** The number of the first checkpoint in a round that has no ref. */
    private static int interrupted(WorkTree tree, int round) {
        int number = 0;
        while (tree.git().attempt("rev-parse", "-q", "--verify", ref(round, number)).code() == 0) {
            number++;
        }
        return number;
    }

    private static String ref(int round, int number) {
        return CheckpointRefs.name(Capturing.THREAD, new CheckpointId(Child.id(round, number)));
    }

    private static void kill(Process child, int signs) throws IOException {
        try (var out = child.getErrorStream()) {
            int left = signs;
            for (int read = out.read(); read >= 0 && left > 0; read = out.read()) {
                left -= read == Child.SIGN ? 1 : 0;
            }
            child.destroyForcibly().onExit().join();
        }
    }

    /** Takes one checkpoint after the other, and tells of every place where it could stop. */
    static final class Child {

        static final int SIGN = 1;

        private Child() {}

        static String id(int round, int number) {
            return "r" + round + "-" + number;
        }

        static Process start(Path directory, int round) throws IOException {
            List<String> command =
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Child.class.getName(),
                            directory.toString(),
                            Integer.toString(round));
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }

        /** Goes on until it is killed, or long after that should have happened. */
        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            int round = Integer.parseInt(arguments[1]);
            var checkpoints = new Capturing().checkpoints();
            for (int number = 0; number < 1_000; number++) {
                Files.writeString(directory.resolve("dir1/changed"), round + " " + number);
                checkpoints.take(
                        Capturing.request(directory, id(round, number)), new Telling(System.err));
            }
        }
    }

    private static final class Telling extends StopSign {
        private final OutputStream out;

        Telling(OutputStream out) {
            this.out = out;
        }

        @Override
        public void check() {
            try {
                out.write(Child.SIGN);
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            super.check();
        }
    }
}
