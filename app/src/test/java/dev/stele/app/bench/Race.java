package dev.stele.app.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;

/** Some callers who do the same thing again and again for a while, each after its own answer. */
final class Race {
    private Race() {}

    /** What came of it. */
    static final class Result {
        private final double perSecond;
        private final long[] sortedNanos;

        private Result(double perSecond, long[] sortedNanos) {
            this.perSecond = perSecond;
            this.sortedNanos = sortedNanos;
        }

        /** How many calls a second all callers made together. */
        double perSecond() {
            return perSecond;
        }

        /** How many calls there were. */
        int calls() {
            return sortedNanos.length;
        }

        /** The time in milliseconds that so many of a hundred calls stayed below. */
        double percentile(int percent) {
            int index = (int) ((long) (sortedNanos.length - 1) * percent / 100);
            return sortedNanos[index] / 1e6;
        }
    }

    /**
     * Runs it.
     *
     * @param callers how many
     * @param time how long
     * @param call what each does; it gets a number of its own
     */
    static Result run(int callers, Duration time, LongConsumer call) throws InterruptedException {
        var begin = new CountDownLatch(1);
        List<Caller> all = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            all.add(new Caller(begin, time, call, (long) i << 40));
        }
        all.forEach(Thread::start);
        long start = System.nanoTime();
        begin.countDown();
        for (Caller caller : all) {
            caller.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] nanos =
                all.stream()
                        .flatMapToLong(c -> Arrays.stream(c.nanos(), 0, c.count))
                        .sorted()
                        .toArray();
        return new Result(nanos.length / seconds, nanos);
    }

    private static final class Caller extends Thread {
        private final CountDownLatch begin;
        private final Duration time;
        private final LongConsumer call;
        private long number;
        private long[] nanos = new long[1_024];
        private int count;

        Caller(CountDownLatch begin, Duration time, LongConsumer call, long number) {
            this.begin = begin;
            this.time = time;
            this.call = call;
            this.number = number;
        }

        long[] nanos() {
            return nanos;
        }

        @Override
        public void run() {
            try {
                begin.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            long end = System.nanoTime() + time.toNanos();
            long before = System.nanoTime();
            while (before < end) {
                call.accept(number++);
                long after = System.nanoTime();
                add(after - before);
                before = after;
            }
        }

        private void add(long duration) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = duration;
        }
    }
}
