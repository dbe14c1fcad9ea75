package dev.stele.provider.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@link CrowdBenchmark}. */
@Timeout(180)
class CrowdTest {

    @Test
    void sessions_that_stream_at_once_lose_no_word_and_leave_no_process(@TempDir Path home)
            throws Exception {
        var crowd = new Crowd(home, 2, 10, 200, 2);
        try (crowd) {
            crowd.play();
        }

        assertThat(crowd.events()).isGreaterThan(2 * 10 * 400);
        assertThat(crowd.left()).isEmpty();
    }
}
