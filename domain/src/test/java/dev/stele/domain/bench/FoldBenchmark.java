package dev.stele.domain.bench;

import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.project.Projector;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many facts a second become a model, for logs of several lengths; beside it a fold that
 * changes its model in place. Read the column {@code events}, beside {@link ProcessorShare}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class FoldBenchmark {

    /** How long the log is. */
    @Param({"1000", "10000", "100000", "1000000"})
    public int size;

    private StoredEvent[] log = {};

    /** Facts in place of whole logs. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Counter {
        /** How many were folded. */
        public long events;

        /** Begins to count anew. */
        @Setup(Level.Iteration)
        public void reset() {
            events = 0;
        }
    }

    /** Makes the log. */
    @Setup
    public void prepare() {
        log = StreamingLog.of(size);
    }

    /** The projector. */
    @Benchmark
    public OrchestrationReadModel projector(Counter counter, ProcessorShare share) {
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        for (StoredEvent stored : log) {
            model = Projector.project(model, stored);
        }
        counter.events += log.length;
        return model;
    }

    /** A fold that changes its model in place. */
    @Benchmark
    public long mutable(Counter counter, ProcessorShare share) {
        var fold = new MutableFold();
        for (StoredEvent stored : log) {
            fold.apply(stored);
        }
        counter.events += log.length;
        return fold.sequence();
    }
}
