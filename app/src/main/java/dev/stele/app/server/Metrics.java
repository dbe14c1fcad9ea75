package dev.stele.app.server;

import java.util.concurrent.atomic.LongAdder;

/** What the server counts since its start. Thread-safe. */
final class Metrics {
    private final LongAdder streamed = new LongAdder();
    private final LongAdder resynced = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final Histogram commandTimes =
            new Histogram(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 10);

    /** Facts were handed out. */
    void streamed(int facts) {
        streamed.add(facts);
    }

    /** A client was too slow. */
    void resynced() {
        resynced.increment();
    }

    /**
     * A command was accepted, refused, or could not be carried out.
     *
     * @param nanos how long it took, and its facts to be durable
     */
    void commanded(int status, long nanos) {
        commandTimes.add(nanos / 1e9);
        (status == 200 ? accepted : status < 500 ? refused : failed).increment();
    }

    /** A request was answered. */
    void requested() {
        requests.increment();
    }

    long streamedFacts() {
        return streamed.sum();
    }

    long resyncs() {
        return resynced.sum();
    }

    long acceptedCommands() {
        return accepted.sum();
    }

    long refusedCommands() {
        return refused.sum();
    }

    long failedCommands() {
        return failed.sum();
    }

    Histogram commandTimes() {
        return commandTimes;
    }

    long requests() {
        return requests.sum();
    }
}
