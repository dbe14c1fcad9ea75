package dev.stele.domain.history;

import static dev.stele.domain.decide.Scene.AT;
import static dev.stele.domain.decide.Scene.THREAD;
import static dev.stele.domain.decide.Scene.acceptLoss;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.LogUnreadable;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.AcceptLogLoss;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.ChangeWriter;
import dev.stele.domain.command.OrchestrationCommand.Report;
import dev.stele.domain.command.OrchestrationCommand.SelectThread;
import dev.stele.domain.decide.Decider;
import dev.stele.domain.decide.Decision;
import dev.stele.domain.decide.Families;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.UnreadableEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.UnknownEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.ThreadStatus.Idle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds in every history of 150 commands that somebody may send. A test's name holds its block
 * of seeds, a failure the seed and the command.
 */
class HistoryPropertiesTest {

    private static final int COMMANDS = 150;
    private static final long BLOCK = 200;

    static LongStream blocks() {
        return LongStream.range(0, 10).map(block -> block * BLOCK);
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("blocks")
    void no_accepted_command_breaks_an_invariant(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + BLOCK; seed++) {
            var commands = new RandomCommands(seed);
            var history = new History();
            for (int i = 0; i < COMMANDS; i++) {
                OrchestrationCommand command = commands.next(history.model());
                if (history.live(command) instanceof Decision.Accepted) {
                    assertThat(Invariants.check(history.model()))
                            .as("seed %d, command %d: %s", seed, i, command)
                            .isEmpty();
                }
            }
        }
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("blocks")
    void deciding_is_repeatable_and_leaves_the_model_alone(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + BLOCK; seed++) {
            var commands = new RandomCommands(seed);
            var history = new History();
            for (int i = 0; i < COMMANDS; i++) {
                OrchestrationReadModel before = history.model();
                OrchestrationCommand command = commands.next(before);
                Decision first = history.live(command);

                assertThat(Decider.decide(command, before))
                        .as("seed %d, command %d: %s", seed, i, command)
                        .isEqualTo(first);
                if (first instanceof Decision.Rejected) {
                    assertThat(history.model()).isSameAs(before);
                }
            }
        }
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("blocks")
    void a_replay_gives_an_equal_model(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + BLOCK; seed++) {
            History history = lived(seed);

            assertThat(History.replay(history.log()))
                    .as("seed %d", seed)
                    .isEqualTo(history.model());
        }
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("blocks")
    void words_that_are_joined_in_the_log_give_an_equal_model(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + BLOCK; seed++) {
            History history = lived(seed);
            OrchestrationReadModel model = history.model();

            assertThat(History.replay(joined(history.log()))).as("seed %d", seed).isEqualTo(model);
        }
    }

    /** Every place of the log stays: where words went to an earlier place, nothing is told. */
    private static List<StoredEvent> joined(List<StoredEvent> log) {
        List<StoredEvent> joined = new ArrayList<>(log);
        int first = -1;
        for (int i = 0; i < log.size(); i++) {
            if (first >= 0 && bothOf(joined.get(first).event(), log.get(i).event()) != null) {
                OrchestrationEvent both = bothOf(joined.get(first).event(), log.get(i).event());
                joined.set(first, at(first, Objects.requireNonNull(both)));
                joined.set(i, at(i, new UnknownEvent("Joined", 1, "{}")));
            } else {
                first = i;
            }
        }
        return joined;
    }

    private static StoredEvent at(int index, OrchestrationEvent event) {
        return new StoredEvent(index + 1L, event, Instant.EPOCH);
    }

    private static @Nullable OrchestrationEvent bothOf(
            OrchestrationEvent one, OrchestrationEvent other) {
        return one instanceof MessageChunkReceived(var turn, var ordinal, var text)
                        && other instanceof MessageChunkReceived(var sameTurn, var same, var more)
                        && turn.equals(sameTurn)
                        && ordinal == same
                ? new MessageChunkReceived(turn, ordinal, text + more)
                : null;
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("blocks")
    void a_repeat_of_any_report_does_no_harm(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + BLOCK; seed++) {
            var commands = new RandomCommands(seed);
            var history = new History();
            List<Report> accepted = new ArrayList<>();
            for (int i = 0; i < COMMANDS; i++) {
                OrchestrationCommand command = commands.next(history.model());
                if (history.live(command) instanceof Decision.Accepted
                        && command instanceof Report report) {
                    accepted.add(report);
                }
                for (Report report : accepted) {
                    assertThat(Decider.decide(report, history.model()))
                            .as("seed %d, command %d: %s", seed, i, report)
                            .isInstanceOf(Decision.Rejected.class);
                }
            }
        }
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("blocks")
    void everything_that_is_open_can_be_left(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + BLOCK; seed++) {
            History history = lived(seed);
            String which = "seed " + seed;

            all(history, Leaving::interrupts, which);
            all(history, Leaving::drains, which);
            for (String node : RandomCommands.NODES) {
                history.live(new ChangeWriter(node, history.model().sequence() + 1, AT));
                all(history, model -> Leaving.lastCheckpoints(model, node), which);
            }
            all(history, Leaving::abandonedWorktrees, which);
            all(history, Leaving::abandonedOperations, which);
            all(history, Leaving::abandonedCheckpoints, which);

            OrchestrationReadModel model = history.model();
            assertThat(model.threads().values().filter(t -> !t.status().equals(new Idle())))
                    .as(which)
                    .isEmpty();
            assertThat(model.threads().values().flatMap(t -> t.draining())).as(which).isEmpty();
            assertThat(model.checkpoints().values().filter(c -> c.isPending())).as(which).isEmpty();
            assertThat(model.openOperations()).as(which).isEmpty();
            assertThat(model.lanes().open()).as(which).isEmpty();
            assertThat(Invariants.check(model)).as(which).isEmpty();
        }
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("blocks")
    void everything_can_be_deleted(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + BLOCK; seed++) {
            History history = lived(seed);
            String which = "seed " + seed;

            withoutWorktrees(history, "seed " + seed);
            all(history, Leaving::deletions, which);
            all(history, Leaving::abandonedOperations, which);

            OrchestrationReadModel model = history.model();
            assertThat(Invariants.check(model)).as(which).isEmpty();
            assertThat(model.projects().size() + model.threads().size() + model.turns().size())
                    .as(which)
                    .isZero();
            assertThat(model.checkpoints()).as(which).isEmpty();
            assertThat(model.lanes().open()).as(which).isEmpty();
            assertThat(model.openOperations()).as(which).isEmpty();
        }
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("blocks")
    void a_fact_that_cannot_be_read_stops_everything_until_its_loss_is_accepted(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + BLOCK; seed++) {
            History history = lived(seed);
            history.happen(new UnreadableEvent("It is no JSON."));
            long lost = history.model().sequence();
            OrchestrationReadModel stopped = history.model();
            for (OrchestrationCommand command : Leaving.deletions(stopped)) {
                assertThat(history.live(command))
                        .as("seed %d: %s", seed, command)
                        .isEqualTo(Decision.reject(new LogUnreadable(lost, 1)));
            }

            assertThat(history.live(acceptLoss(lost))).isInstanceOf(Decision.Accepted.class);

            withoutWorktrees(history, "seed " + seed);
            all(history, Leaving::deletions, "seed " + seed);
            assertThat(History.replay(history.log())).isEqualTo(history.model());
        }
    }

    private static void withoutWorktrees(History history, String which) {
        all(history, Leaving::interrupts, which);
        all(history, Leaving::abandonedWorktrees, which);
        all(history, Leaving::abandonedOperations, which);
        for (String node : RandomCommands.NODES) {
            history.live(new ChangeWriter(node, history.model().sequence() + 1, AT));
            all(history, model -> Leaving.removals(model, node), which);
        }
    }

    private static void all(
            History history,
            Function<OrchestrationReadModel, List<OrchestrationCommand>> commands,
            String which) {
        for (OrchestrationCommand command : commands.apply(history.model())) {
            assertThat(history.live(command))
                    .as("%s: %s", which, command)
                    .isInstanceOf(Decision.Accepted.class);
        }
    }

    private static History lived(long seed) {
        var commands = new RandomCommands(seed);
        var history = new History();
        for (int i = 0; i < COMMANDS; i++) {
            history.live(commands.next(history.model()));
        }
        return history;
    }

    /** Else the properties above would hold of nothing much. */
    @Test
    void the_histories_reach_every_command_every_fact_and_every_refusal() {
        Set<Class<?>> accepted = new HashSet<>();
        Set<Class<?>> refused = new HashSet<>();
        Set<Class<?>> refusals = new HashSet<>();
        Set<Class<?>> facts = new HashSet<>();
        for (long seed = 0; seed < 3 * BLOCK; seed++) {
            var commands = new RandomCommands(seed);
            var history = new History();
            for (int i = 0; i < COMMANDS; i++) {
                OrchestrationCommand command = commands.next(history.model());
                switch (history.live(command)) {
                    case Decision.Accepted _ -> accepted.add(command.getClass());
                    case Decision.Rejected(var error) -> {
                        refused.add(command.getClass());
                        refusals.add(error.getClass());
                    }
                }
            }
            history.happen(new UnreadableEvent("It is no JSON."));
            if (history.live(new SelectThread(THREAD)) instanceof Decision.Rejected(var error)) {
                refusals.add(error.getClass());
            }
            if (history.live(acceptLoss(history.model().sequence())) instanceof Decision.Accepted) {
                accepted.add(AcceptLogLoss.class);
            }
            history.log().forEach(stored -> facts.add(stored.event().getClass()));
        }

        assertWhole(accepted, OrchestrationCommand.class);
        assertWhole(refused, OrchestrationCommand.class);
        assertWhole(refusals, DeciderError.class);
        facts.add(UnknownEvent.class); // a newer program writes it, and no command
        facts.add(AbsorbedEvent.class); // compaction leaves it, see CompactionPropertiesTest
        assertWhole(facts, OrchestrationEvent.class);
    }

    private static void assertWhole(Set<Class<?>> reached, Class<?> family) {
        assertThat(reached).containsExactlyInAnyOrderElementsOf(Families.leaves(family).toList());
    }
}
