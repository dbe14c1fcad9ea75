package dev.stele.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.jvm.ChildJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@link CrashBenchmark}. */
class KillsTest {

    private static final int ROUNDS = Integer.getInteger("stele.crash.kills", 10);

    @Test
    void whatever_the_moment_of_a_kill_nothing_that_was_answered_is_lost(@TempDir Path folder)
            throws Exception {
        long seed = Long.getLong("stele.seed", System.nanoTime());
        try (var kills = new Kills(folder.toRealPath(), seed, ChildJvm.plain())) {
            for (int round = 1; round <= ROUNDS; round++) {
                try {
                    kills.round();
                } catch (AssertionError | RuntimeException failure) {
                    throw new AssertionError("round " + round + ", seed " + seed, failure);
                }
            }
            assertThat(kills.answered()).isGreaterThan(ROUNDS);
        }
    }
}
