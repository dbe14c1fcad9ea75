package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogStats;
import dev.stele.domain.port.LogStats.TypeStats;
import dev.stele.domain.port.LogStats.Unknown;
import dev.stele.domain.port.LogStats.UnknownPart;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people and programs see of what a log holds. */
class LogStatsDisplayTest {

    private static final LogHead HEAD = new LogHead(5, "c".repeat(64));
    private static final LogStats STATS =
            new LogStats(
                    HEAD,
                    Instant.parse("2026-01-02T03:04:05Z"),
                    Instant.parse("2026-02-03T04:05:06Z"),
                    List.of(
                            new TypeStats("TurnStarted", 2, 4, 2_500, true),
                            new TypeStats("Later\u001b[2J", 1, 1, 7, false)),
                    3,
                    1,
                    49_152,
                    4_096,
                    8_192,
                    new LogStats.Replaced(2, 700, 650, 3_000, 12_000),
                    new Unknown(
                            8,
                            List.of(
                                    new UnknownPart("Later\u001b[2J", 1, null, 1, 3),
                                    new UnknownPart("TurnStarted", 2, "prompt.mood", 7, 4))));
    private static final LogStats.Replaced NOTHING = new LogStats.Replaced(0, 0, 0, 0, 0);
    private static final LogStats EMPTY =
            new LogStats(
                    LogHead.EMPTY,
                    null,
                    null,
                    List.of(),
                    0,
                    0,
                    4_096,
                    0,
                    0,
                    NOTHING,
                    Unknown.NOTHING);

    private final Screen screen = new Screen();
    private final LogStatsDisplay display = new LogStatsDisplay(screen.console());

    @Test
    void people_see_a_table_with_the_types_and_the_room() {
        display.print(STATS);

        assertThat(screen.out())
                .contains("events     5, from ", "head       5-ccc", "commands   3 answered")
                .contains("49.2 kB, 4.1 kB of it empty, and 8.2 kB not yet")
                .contains("compacted  700 events in 3.0 kB, 650 of them within others")
                .contains("would save about 12.0 kB")
                .contains("unknown    8 events with what a newer Stele wrote; it is kept")
                .contains("Later\uFFFD[2J in 1 event, first at 3\n")
                .contains("TurnStarted, version 2: prompt.mood in 7 events, first at 4\n")
                .containsPattern(" 4 +2.5 kB  TurnStarted, version 2\n")
                .containsPattern(" 1 +7 B  Later\uFFFD\\[2J \\(unknown to this Stele\\)\n");
    }

    @Test
    void an_empty_log_has_no_table() {
        display.print(EMPTY);

        assertThat(screen.out()).contains("events     0\n").doesNotContain("TYPE", "unknown");
    }

    @Test
    void programs_get_one_value() {
        display.json(STATS);
        display.json(EMPTY);

        assertThat(screen.out().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("{\"head\":\"" + HEAD.token() + "\",\"sequence\":5,")
                .contains("\"oldest\":\"2026-01-02T03:04:05Z\"", "\"walBytes\":8192")
                .contains("{\"type\":\"TurnStarted\",\"version\":2,\"events\":4,\"bytes\":2500,")
                .contains("\"known\":false")
                .contains("\"unknown\":{\"events\":8,\"parts\":[{\"type\":\"Later")
                .contains("\"field\":null,\"events\":1,\"first\":3}")
                .contains("\"field\":\"prompt.mood\",\"events\":7,\"first\":4}");
        assertThat(screen.out()).contains("\"oldest\":null", "\"types\":[]");
    }
}
