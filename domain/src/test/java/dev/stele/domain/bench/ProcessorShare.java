package dev.stele.domain.bench;

import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How much of one processor the measuring thread got, in the column {@code cpu}: 1 is all of it.
 * Divided by it a throughput is one per second of processor, which a busy machine hardly changes.
 * The garbage collector's threads are not in it.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class ProcessorShare {

    private long start;

    /** Begins to measure anew. */
    @Setup(Level.Iteration)
    public void begin() {
        start = now();
    }

    /** Seconds of processor since the iteration began. */
    public double cpu() {
        return (now() - start) / 1e9;
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
