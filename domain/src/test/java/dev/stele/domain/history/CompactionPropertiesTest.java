package dev.stele.domain.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.domain.compact.Merging;
import dev.stele.domain.compact.Proof;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.ToolCallUpdated;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.project.Projector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds when the log of any history is compacted in stretches of any length. A test's name
 * holds its block of seeds, a failure the seed.
 */
class CompactionPropertiesTest {

    private static final int COMMANDS = 200;
    private static final long BLOCK = 60;

    static LongStream blocks() {
        return LongStream.range(0, 3).map(block -> block * BLOCK);
    }

    /** What takes the place of a stretch. */
    private interface Compactor
            extends BiFunction<List<StoredEvent>, Random, Map<Long, OrchestrationEvent>> {}

    /** What came of compacting a log. */
    private record Outcome(List<StoredEvent> log, List<Proof.Different> refused, int absorbed) {}

    private static Outcome compacted(List<StoredEvent> log, long seed, Compactor compactor) {
        var random = new Random(seed);
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        List<StoredEvent> compacted = new ArrayList<>();
        List<Proof.Different> refused = new ArrayList<>();
        int absorbed = 0;
        for (int from = 0; from < log.size(); ) {
            int to = Math.min(log.size(), from + 1 + random.nextInt(60));
            List<StoredEvent> stretch = log.subList(from, to);
            Map<Long, OrchestrationEvent> changed = compactor.apply(stretch, random);
            Proof proof = Proof.of(model, stretch, changed);
            if (proof instanceof Proof.Different different) {
                refused.add(different);
                compacted.addAll(stretch);
            } else {
                stretch.forEach(stored -> compacted.add(Proof.instead(stored, changed)));
                absorbed +=
                        (int)
                                changed.values().stream()
                                        .filter(AbsorbedEvent.class::isInstance)
                                        .count();
            }
            for (StoredEvent stored : stretch) {
                model = Projector.project(model, stored);
            }
            from = to;
        }
        return new Outcome(compacted, refused, absorbed);
    }

    private static History lived(long seed) {
        var commands = new RandomCommands(seed);
        var history = new History();
        for (int i = 0; i < COMMANDS; i++) {
            history.live(commands.next(history.model()));
        }
        return history;
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("blocks")
    void a_compacted_log_is_never_refused_and_gives_an_equal_model(long firstSeed) {
        int absorbed = 0;
        for (long seed = firstSeed; seed < firstSeed + BLOCK; seed++) {
            History history = lived(seed);

            Outcome outcome =
                    compacted(history.log(), seed, (stretch, _) -> Merging.of(stretch, Set.of()));

            assertThat(outcome.refused()).as("seed %d", seed).isEmpty();
            assertThat(History.replay(outcome.log()))
                    .as("seed %d", seed)
                    .isEqualTo(history.model());
            assertSequences(outcome.log(), seed);
            absorbed += outcome.absorbed();
        }
        assertThat(absorbed).as("facts that were merged").isGreaterThan(20);
    }

    /** One fact at each place, and what was merged says where it went. */
    private static void assertSequences(List<StoredEvent> log, long seed) {
        for (int i = 0; i < log.size(); i++) {
            assertThat(log.get(i).sequence()).as("seed %d", seed).isEqualTo(i + 1L);
            if (log.get(i).event() instanceof AbsorbedEvent(var into)) {
                assertThat(log.get((int) into - 1).event())
                        .as("seed %d, what took in %d", seed, i + 1)
                        .isInstanceOfAny(
                                MessageAppended.class,
                                MessageChunkReceived.class,
                                ToolCallUpdated.class);
            }
        }
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("blocks")
    void compacting_what_is_compacted_changes_nothing_in_the_same_stretches(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + BLOCK; seed++) {
            List<StoredEvent> once =
                    compacted(
                                    lived(seed).log(),
                                    seed,
                                    (stretch, _) -> Merging.of(stretch, Set.of()))
                            .log();

            assertThat(compacted(once, seed, (stretch, _) -> Merging.of(stretch, Set.of())).log())
                    .as("seed %d", seed)
                    .isEqualTo(once);
        }
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("blocks")
    void a_compaction_that_loses_a_word_is_refused(long firstSeed) {
        assertEachFaultIsRefused(firstSeed, CompactionPropertiesTest::losingAWord);
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("blocks")
    void a_compaction_that_drops_a_fact_is_refused(long firstSeed) {
        assertEachFaultIsRefused(firstSeed, CompactionPropertiesTest::droppingAFact);
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("blocks")
    void a_compaction_that_mixes_up_two_pieces_is_refused(long firstSeed) {
        assertEachFaultIsRefused(firstSeed, CompactionPropertiesTest::mixingUpPieces);
    }

    private static void assertEachFaultIsRefused(long firstSeed, Compactor faulty) {
        int faults = 0;
        for (long seed = firstSeed; seed < firstSeed + BLOCK; seed++) {
            int[] planted = {0};
            Compactor counting =
                    (stretch, random) -> {
                        Map<Long, OrchestrationEvent> sound = Merging.of(stretch, Set.of());
                        Map<Long, OrchestrationEvent> changed = faulty.apply(stretch, random);
                        planted[0] += changed.equals(sound) ? 0 : 1;
                        return changed;
                    };

            Outcome outcome = compacted(lived(seed).log(), seed, counting);

            assertThat(outcome.refused()).as("seed %d", seed).hasSize(planted[0]);
            faults += planted[0];
        }
        assertThat(faults).as("planted faults").isGreaterThan(2);
    }

    private static Map<Long, OrchestrationEvent> losingAWord(
            List<StoredEvent> stretch, Random random) {
        Map<Long, OrchestrationEvent> changed = new HashMap<>(Merging.of(stretch, Set.of()));
        changed.replaceAll((_, event) -> withWords(event, text -> text.substring(1)));
        return changed;
    }

    /** A fact that no fold can do without. */
    private static Map<Long, OrchestrationEvent> droppingAFact(
            List<StoredEvent> stretch, Random random) {
        Map<Long, OrchestrationEvent> changed = new HashMap<>(Merging.of(stretch, Set.of()));
        for (StoredEvent stored : stretch) {
            if (stored.event() instanceof MessageAppended
                    && changed.putIfAbsent(stored.sequence(), new AbsorbedEvent(0)) == null) {
                return changed;
            }
        }
        return changed;
    }

    private static Map<Long, OrchestrationEvent> mixingUpPieces(
            List<StoredEvent> stretch, Random random) {
        Map<Long, OrchestrationEvent> changed = new HashMap<>(Merging.of(stretch, Set.of()));
        changed.replaceAll((_, event) ->
                withWords(event, text -> new StringBuilder(text).reverse().toString()));
        return changed;
    }

    private static OrchestrationEvent withWords(
            OrchestrationEvent event, UnaryOperator<String> change) {
        return switch (event) {
            case MessageAppended e when e.content() instanceof MessageContent.Text(var text) ->
                    new MessageAppended(
                            e.turnId(),
                            e.ordinal(),
                            e.role(),
                            new MessageContent.Text(change.apply(text)),
                            e.messageId(),
                            e.at());
            case MessageChunkReceived(var turn, var ordinal, var text) ->
                    new MessageChunkReceived(turn, ordinal, change.apply(text));
            case OrchestrationEvent other -> other;
        };
    }
}
