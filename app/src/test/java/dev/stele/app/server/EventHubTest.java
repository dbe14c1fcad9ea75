package dev.stele.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long rounds wait for each other. */
class EventHubTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long NOTICED = Duration.ofMillis(100).toNanos();
    private static final long FIVE_HUNDRED_SENDINGS = Duration.ofMillis(30).toNanos();

    @Test
    void one_client_hardly_waits_and_many_less_than_a_person_notices() {
        assertThat(EventHub.pause(60_000, 1, SECOND / 20)).isLessThan(SECOND / 1_000);
        assertThat(EventHub.pause(FIVE_HUNDRED_SENDINGS, 10, SECOND / 10)).isLessThan(NOTICED);
        assertThat(EventHub.pause(SECOND, 10, SECOND / 10)).isLessThan(NOTICED);
    }

    @Test
    void under_a_flood_sending_takes_a_twentieth_and_no_round_waits_longer_than_a_second() {
        assertThat(EventHub.pause(1_000_000, 1_000, SECOND / 10)).isEqualTo(20_000_000);
        assertThat(EventHub.pause(SECOND, 10_000, SECOND)).isEqualTo(SECOND);
    }

    @Test
    void a_few_facts_at_once_are_no_flood() {
        assertThat(EventHub.pause(FIVE_HUNDRED_SENDINGS, 5, 1)).isLessThan(NOTICED);
    }
}
