package dev.stele.provider.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AwakeTimeTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final AwakeTime awake = new AwakeTime(clock::get);

    @Test
    void time_that_is_looked_at_again_and_again_passes() {
        for (int i = 0; i < 100; i++) {
            goOn(Duration.ofSeconds(1));
            assertThat(awake.passed()).isEqualTo(Duration.ofSeconds(i + 1));
        }
    }

    @Test
    void after_the_process_stood_still_it_begins_anew() {
        goOn(Duration.ofSeconds(1));
        assertThat(awake.passed()).isEqualTo(Duration.ofSeconds(1));

        goOn(Duration.ofHours(3));
        assertThat(awake.passed()).isZero();

        goOn(Duration.ofMillis(500));
        assertThat(awake.passed()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void a_look_that_comes_a_little_late_is_no_standstill() {
        goOn(Duration.ofMillis(1_900));

        assertThat(awake.passed()).isEqualTo(Duration.ofMillis(1_900));
    }

    @Test
    void of_what_elapsed_no_more_counts_than_has_passed() {
        goOn(Duration.ofMinutes(10));
        assertThat(awake.of(Duration.ofMinutes(10))).isZero();

        goOn(Duration.ofSeconds(1));
        assertThat(awake.of(Duration.ofMinutes(10))).isEqualTo(Duration.ofSeconds(1));
        assertThat(awake.of(Duration.ofMillis(5))).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void who_waits_looks_once_in_a_second() {
        assertThat(AwakeTime.slice(Duration.ofMinutes(10))).isEqualTo(1_000_000_000);
        assertThat(AwakeTime.slice(Duration.ofMillis(3))).isEqualTo(3_000_000);
    }

    private void goOn(Duration duration) {
        clock.addAndGet(duration.toNanos());
    }
}
