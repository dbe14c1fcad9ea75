package dev.stele.provider.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.provider.dialogue.RecordedDialogues;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short form of {@link WireFuzzBenchmark}. */
@Timeout(180)
class WireFuzzTest {
    private static final long LINES = 60_000;

    @Test
    void whatever_an_agent_sends_nothing_throws_and_every_turn_ends_once() throws Exception {
        long seed = Long.getLong("stele.seed", 20_261_122);
        List<FuzzedAgent.Script> scripts =
                RecordedDialogues.names().map(FuzzedAgent.Script::of).toList();
        try {
            Rules rules = new FuzzedAgent(scripts, LINES, seed).play();
            assertThat(rules.turns()).isGreaterThan(1_000);
        } catch (AssertionError broken) {
            throw new AssertionError("-Dstele.seed=" + seed, broken);
        }
    }
}
