package dev.stele.domain.bench;

import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.project.Projector;
import java.util.List;
import java.util.Locale;

/** The memory that a model keeps of each event of its log, for logs of several lengths. */
final class MemoryBenchmark {

    private MemoryBenchmark() {}

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        for (int size : List.of(1_000, 10_000, 100_000, 1_000_000)) {
            long before = used();
            OrchestrationReadModel model = folded(size);
            long kept = used() - before;
            System.out.printf(
                    Locale.ROOT,
                    "%7d events: %5.1f bytes of memory an event, %.1f MB%n",
                    model.sequence(),
                    (double) kept / size,
                    kept / 1e6);
        }
    }

    private static OrchestrationReadModel folded(int size) {
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        for (StoredEvent event : StreamingLog.of(size)) {
            model = Projector.project(model, event);
        }
        return model;
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
