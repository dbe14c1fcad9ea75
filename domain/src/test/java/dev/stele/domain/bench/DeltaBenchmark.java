package dev.stele.domain.bench;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.Role;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectCreated;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadCreated;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnCompleted;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Turn;
import dev.stele.domain.project.Projector;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one piece of text costs: in a long message, and in a model of many threads. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class DeltaBenchmark {

    private static final int DELTAS = 350_000;
    private static final String PIECE = "twelve chars";
    private static final Instant AT = Instant.EPOCH;

    /** One message, which grows to its double and is then taken up again as it was. */
    @State(Scope.Benchmark)
    public static class LongMessage {

        /** How long it is at first. */
        @Param({"400", "4000", "40000", "400000", "4000000"})
        public int characters;

        private OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        private OrchestrationEvent delta = chunk(new TurnId("u0"));

        /** Makes the message. */
        @Setup
        public void prepare() {
            model = withThreads(1, "x".repeat(characters));
            delta = chunk(new TurnId("u0"));
        }
    }

    /**
     * Many threads with a turn each, of which sixteen stream; the others' are over, or all open.
     */
    @State(Scope.Benchmark)
    public static class ManyThreads {

        /** How many. */
        @Param({"16", "1000", "100000"})
        public int threads;

        /** Whether the other threads' turns are still open. */
        @Param({"false", "true"})
        public boolean othersOpen;

        private OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        private OrchestrationEvent[] deltas = {};

        /** Makes the threads. */
        @Setup
        public void prepare() {
            model = withThreads(threads, "It begins. ");
            deltas = new OrchestrationEvent[16];
            Set<TurnId> streaming = new HashSet<>();
            for (int i = 0; i < deltas.length; i++) {
                var turn = new TurnId("u" + threads / deltas.length * i);
                streaming.add(turn);
                deltas[i] = chunk(turn);
            }
            for (Turn turn : othersOpen ? List.<Turn>of() : model.turns().values()) {
                if (!streaming.contains(turn.id())) {
                    model = Projector.project(model, over(turn.id()));
                }
            }
        }
    }

    private static OrchestrationEvent chunk(TurnId turn) {
        return new MessageChunkReceived(turn, 1, PIECE);
    }

    private static OrchestrationEvent over(TurnId turn) {
        return new TurnCompleted(turn, StopReason.END_TURN, null, null, null, AT);
    }

    private static OrchestrationReadModel withThreads(int count, String text) {
        var project = new ProjectId("p");
        OrchestrationReadModel model =
                Projector.project(
                        OrchestrationReadModel.EMPTY, new ProjectCreated(project, "p", "/p", AT));
        List<MessageContent> prompt = List.of(new MessageContent.Text("Go on."));
        for (int i = 0; i < count; i++) {
            var thread = new ThreadId("t" + i);
            var turn = new TurnId("u" + i);
            var content = new MessageContent.Text(text);
            for (OrchestrationEvent event :
                    List.of(
                            new ThreadCreated(thread, project, "t", "scripted", AT),
                            new TurnStarted(turn, thread, prompt, AT),
                            new MessageAppended(turn, 1, Role.ASSISTANT, content, null, AT))) {
                model = Projector.project(model, event);
            }
        }
        return model;
    }

    /** A piece for a long message, its share of making room included. */
    @Benchmark
    @OperationsPerInvocation(DELTAS)
    public OrchestrationReadModel inALongMessage(LongMessage state, ProcessorShare share) {
        int doubled = state.characters / PIECE.length();
        OrchestrationReadModel model = state.model;
        for (int i = 0; i < DELTAS; i++) {
            model = Projector.project(i % doubled == 0 ? state.model : model, state.delta);
        }
        return model;
    }

    /** A piece for one of the threads that stream. */
    @Benchmark
    @OperationsPerInvocation(DELTAS)
    public OrchestrationReadModel amongManyThreads(ManyThreads state, ProcessorShare share) {
        OrchestrationReadModel model = state.model;
        for (int i = 0; i < DELTAS; i++) {
            model = Projector.project(model, state.deltas[i % state.deltas.length]);
        }
        return model;
    }
}
