package dev.stele.git.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.domain.model.CheckpointStats.Limits;
import dev.stele.domain.model.GitHead;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CheckpointMessageTest {

    private static CheckpointMessage message(String description, List<LeftPath> left) {
        return new CheckpointMessage(
                description,
                new ThreadId("t"),
                new CheckpointId("c"),
                new GitHead("refs/heads/main", "1234567890123456789012345678901234567890"),
                3,
                1L << 40,
                left,
                new Limits(5_000_000_000L, 7, 1L << 41));
    }

    @Test
    void what_is_written_is_read_back() {
        var message =
                message(
                        "before the turn",
                        List.of(
                                new LeftPath("a b\nc%/\u00FF", "it may not be read"),
                                new LeftPath("x", "why not")));
        assertThat(CheckpointMessage.parse(message.text())).isEqualTo(message);
    }

    @Test
    void a_description_cannot_pass_for_a_field() {
        var message = message("Stele-Files: 9\nStele-Files: 8", List.of());
        CheckpointMessage read = CheckpointMessage.parse(message.text());
        assertThat(read).isEqualTo(message("Stele-Files: 9 Stele-Files: 8", List.of()));
    }

    @Test
    void a_message_from_before_limits_were_told_is_read() {
        String old = message("before", List.of()).text().replaceAll("Stele-Limits: .*\n", "");
        CheckpointMessage read = CheckpointMessage.parse(old);
        assertThat(read).isNotNull();
        assertThat(read == null ? null : read.stats().limits()).isNull();
    }

    @Test
    void a_message_from_before_branches_were_told_is_read() {
        String old = message("before", List.of()).text().replaceAll("Stele-Branch: .*\n", "");
        CheckpointMessage read = CheckpointMessage.parse(old);
        assertThat(read).isNotNull();
        assertThat(read == null ? null : read.head())
                .isEqualTo(new GitHead(null, "1234567890123456789012345678901234567890"));
    }

    @Test
    void another_message_is_none() {
        assertThat(CheckpointMessage.parse("Fix a bug\n\nStele-Thread: t\n")).isNull();
    }

    @Test
    void the_figures_list_a_thousand_paths_for_people() {
        List<LeftPath> left =
                IntStream.range(0, 1500).mapToObj(i -> new LeftPath("Ã¤" + i, "why")).toList();
        assertThat(message("d", left).stats().leftOut())
                .hasSize(1000)
                .contains(new LeftPath("ä0", "why"));
    }
}
