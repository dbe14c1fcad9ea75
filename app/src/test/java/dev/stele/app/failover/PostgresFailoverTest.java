package dev.stele.app.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.persistence.server.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of the failover run: a kill and two freezes, in an order and at moments that are
 * set with {@code -Dstele.failover.seed}. {@code ./stele bench failover} is the long form.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresFailoverTest {
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final int KILLS = 1;
    private static final int FREEZES = 2;
    private static final long SEED = Long.getLong("stele.failover.seed", 1L);

    @Test
    void whatever_the_moment_in_which_a_writer_ends_every_promise_is_kept_once(@TempDir Path folder)
            throws Exception {
        String address = PostgresServer.shared().newLog();
        try (var run = new Failover(address, LEASE, folder, SEED)) {
            Failover.Figures figures = run.run(KILLS, FREEZES);

            assertThat(figures.terms())
                    .as("seed %d: %s", SEED, figures)
                    .isGreaterThan(KILLS + FREEZES);
        }
    }
}
