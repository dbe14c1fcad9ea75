package dev.stele.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.support.Commands;
import dev.stele.app.support.FaultyStore.Fault;
import dev.stele.app.support.RandomCommands;
import dev.stele.contracts.CommandId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.DispatchResult.Accepted;
import dev.stele.domain.port.DispatchResult.CommandIdConflict;
import dev.stele.domain.port.DispatchResult.NotTheWriter;
import dev.stele.domain.port.DispatchResult.Overloaded;
import dev.stele.domain.port.DispatchResult.Rejected;
import dev.stele.domain.port.DispatchResult.Unavailable;
import dev.stele.domain.port.DispatchResult.Unencodable;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.tck.MemoryEventStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is sent and whatever the store does: the model is a replay of the log, and every answer
 * agrees with what is stored. A failure names its seed.
 */
class RandomHistoryTest {
    private static final int COMMANDS = 400;

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    /** What was sent, and what came back. */
    private record Sent(CommandEnvelope envelope, CompletableFuture<DispatchResult> answer) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_model_is_a_replay_of_the_log(int seed) {
        var random = new Random(seed);
        var commands = new RandomCommands(random);
        var sent = new ArrayList<Sent>();
        var settings = new EngineSettings(COMMANDS, COMMANDS, 1 + random.nextInt(20), 16, 7);
        try (var rig = new Rig(new MemoryEventStore(), settings)) {
            var faults = new Random(seed + 1L);
            rig.store.failAlways(() -> fault(faults));
            for (int i = 0; i < COMMANDS; i++) {
                send(rig, random, commands, sent, i);
                rig.store.unreadable(random.nextInt(50) == 0);
            }
            rig.store.unreadable(false);
            rig.store.failAlways(() -> Fault.NONE);
            sent.forEach(one -> Rig.answer(one.answer()));
            rig.dispatch(Commands.as("last", Commands.project(1)));

            assertThat(rig.engine.model()).isEqualTo(rig.replayed());
            assertThat(sent).allSatisfy(one -> assertAnswerIsStored(rig, one));
            assertThat(rig.memory.head()).as("facts").isGreaterThan(10);
        }
    }

    private static void send(
            Rig rig, Random random, RandomCommands commands, List<Sent> sent, int number) {
        boolean again = !sent.isEmpty() && random.nextInt(10) == 0;
        if (again) {
            CommandEnvelope envelope = sent.get(random.nextInt(sent.size())).envelope();
            sent.add(new Sent(envelope, rig.engine.dispatch(envelope)));
        } else if (random.nextBoolean()) {
            CommandEnvelope envelope = Commands.as("c-" + number, commands.command());
            sent.add(new Sent(envelope, rig.engine.dispatch(envelope)));
        } else {
            OrchestrationCommand report = commands.report();
            var _ = rig.post(report);
        }
        if (random.nextInt(10) == 0 && !sent.isEmpty()) {
            Rig.answer(sent.getLast().answer());
        }
    }

    private static Fault fault(Random random) {
        Fault[] all = Fault.values();
        return random.nextInt(3) == 0 ? all[random.nextInt(all.length)] : Fault.NONE;
    }

    private static void assertAnswerIsStored(Rig rig, Sent sent) {
        CommandId id = sent.envelope().commandId();
        Receipt.@Nullable Outcome stored = outcome(rig.memory.receipt(id));
        switch (Rig.answer(sent.answer())) {
            case Accepted(var first, var last) ->
                    assertThat(stored).isEqualTo(new Receipt.Outcome.Accepted(first, last));
            case Rejected(var error) ->
                    assertThat(stored).isEqualTo(new Receipt.Outcome.Rejected(error));
            case Unavailable _ -> {
                // It may have come through on another sending, or while the store could not tell.
            }
            case Overloaded _, CommandIdConflict _, Unencodable _, NotTheWriter _ ->
                    throw new AssertionError(sent + " answered with " + sent.answer());
        }
    }

    private static Receipt.@Nullable Outcome outcome(@Nullable Receipt receipt) {
        return receipt == null ? null : receipt.outcome();
    }
}
