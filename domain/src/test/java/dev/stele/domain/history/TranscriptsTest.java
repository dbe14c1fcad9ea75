package dev.stele.domain.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.TurnId;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Transcript.Live;
import dev.stele.domain.model.Transcript.Past;
import dev.stele.domain.model.Turn;
import dev.stele.domain.project.PastTurn;
import dev.stele.domain.project.Projector;
import dev.stele.domain.project.TranscriptFold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a turn said is read from the log as it stood in the model before the turn's end, in every
 * history of 150 commands that somebody may send. A test's name holds its block of seeds.
 */
class TranscriptsTest {

    private static final int COMMANDS = 150;
    private static final long BLOCK = 100;

    /** A turn that is over, with what it had said when it was live for the last time. */
    private record Ended(TurnId id, Past past, Live said, List<StoredEvent> log) {

        PastTurn read() {
            return new PastTurn(id, past, this::page);
        }

        /** Short pages, so that turns stand on many of them. */
        private List<StoredEvent> page(long afterSequence, int limit) {
            int end = (int) Math.min(log.size(), afterSequence + Math.min(limit, 3));
            return log.subList((int) afterSequence, end);
        }
    }

    static LongStream blocks() {
        return LongStream.range(0, 5).map(block -> block * BLOCK);
    }

    private static void everyEnded(long firstSeed, BiConsumer<Ended, String> check) {
        int turns = 0;
        for (long seed = firstSeed; seed < firstSeed + BLOCK; seed++) {
            var commands = new RandomCommands(seed);
            var history = new History();
            for (int i = 0; i < COMMANDS; i++) {
                history.live(commands.next(history.model()));
            }
            for (Ended ended : ended(history.log())) {
                check.accept(ended, "seed " + seed + ", turn " + ended.id());
                turns++;
            }
        }
        assertThat(turns).as("how many turns were looked at").isGreaterThan(100);
    }

    private static List<Ended> ended(List<StoredEvent> log) {
        List<Ended> ended = new ArrayList<>();
        Map<TurnId, Live> said = new HashMap<>();
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        for (StoredEvent stored : log) {
            model = Projector.project(model, stored);
            for (Turn turn : model.turns().live().values()) {
                said.put(turn.id(), Objects.requireNonNull(turn.live()));
            }
            for (Turn turn : model.turns().over().values()) {
                Live last = said.remove(turn.id());
                if (last != null && turn.transcript() instanceof Past past) {
                    ended.add(new Ended(turn.id(), past, last, log));
                }
            }
        }
        return ended;
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("blocks")
    void the_facts_of_its_range_tell_all_that_a_turn_said(long firstSeed) {
        everyEnded(
                firstSeed,
                (turn, which) -> {
                    List<StoredEvent> range =
                            turn.log()
                                    .subList(
                                            (int) turn.past().first() - 1,
                                            (int) turn.past().last());

                    Live read = TranscriptFold.of(turn.id(), range);

                    assertThat(read).as(which).isEqualTo(turn.said());
                    assertThat(turn.past().size()).as(which).isEqualTo(turn.said().size());
                    assertThat(TurnInvariants.past(turn.id(), turn.said())).as(which).isEmpty();
                });
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("blocks")
    void pages_of_any_size_make_the_whole_transcript(long firstSeed) {
        everyEnded(
                firstSeed,
                (turn, which) -> {
                    var random = new Random(turn.past().first());
                    List<Message> read = new ArrayList<>();
                    while (read.size() < turn.past().size()) {
                        int limit = 1 + random.nextInt(5);
                        List<Message> page = turn.read().messages(read.size(), limit);
                        assertThat(page).as(which).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
                        read.addAll(page);
                    }

                    assertThat(read).as(which).isEqualTo(turn.said().messages().asJava());
                    assertThat(turn.read().messages(read.size(), 1)).as(which).isEmpty();
                });
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("blocks")
    void the_last_words_are_those_of_the_whole_transcript(long firstSeed) {
        everyEnded(
                firstSeed,
                (turn, which) ->
                        assertThat(turn.read().lastWords())
                                .as(which)
                                .isEqualTo(
                                        turn.said()
                                                .messages()
                                                .findLast(Message::isSpeech)
                                                .getOrNull()));
    }
}
