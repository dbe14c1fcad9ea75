package dev.stele.persistence.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    @Test
    void every_time_in_milliseconds_is_read_as_the_jdk_reads_it() {
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            long millis = random.nextLong(-62_167_219_200_000L, 253_402_300_800_000L);
            String text = Instant.ofEpochMilli(millis).plusNanos(1_000_000).toString();

            assertThat(Times.parse(text)).as(text).isEqualTo(Instant.parse(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T23:59:59.999Z",
                "0000-01-01T00:00:00.000Z",
                "2026-03-01T24:00:00.000Z",
                "2016-12-31T23:59:60.000Z",
                "2026-03-01T09:30:00Z",
                "2026-03-01T09:30:00.123456789Z",
                "+12026-03-01T09:30:00.125Z",
                "2026-03-01T09:30:00.125+02:00"
            })
    void odd_times_are_read_as_the_jdk_reads_them(String text) {
        assertThat(Times.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-02-30T09:30:00.125Z",
                "2026-13-01T09:30:00.125Z",
                "2026-00-01T09:30:00.125Z",
                "2026-03-01T25:30:00.125Z",
                "2026-03-01T09:60:00.125Z",
                "2026-03-01 09:30:00.125Z",
                "2026-03-01T09:30:00.12xZ"
            })
    void what_is_no_time_is_refused(String text) {
        assertThatThrownBy(() -> Times.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
