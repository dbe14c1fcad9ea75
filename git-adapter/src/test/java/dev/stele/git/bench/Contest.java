package dev.stele.git.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Ways to do the same work, in turns, so that whatever else the machine does meets them all alike.
 * The first one is what the others are compared with. Times are medians of the later two thirds of
 * the rounds, and beside them their first deciles; processor time is that of this process and of the children that it waited for.
 */
final class Contest {

    /** Ticks of the kernel's clock in which it counts the time of children. */
    private static final double NANOS_IN_TICK = 1e7;

    private final Map<String, Way> ways = new LinkedHashMap<>();

    /** Work that is measured. */
    interface Work {
        void run() throws IOException;
    }

    private static final class Way {
        private final Work before;
        private final Work work;
        private final int every;
        private final List<Double> wall = new ArrayList<>();
        private final List<Double> cpu = new ArrayList<>();

        Way(Work before, Work work, int every) {
            this.before = before;
            this.work = work;
            this.every = every;
        }
    }

    /**
     * Adds a way.
     *
     * @param every in how many rounds it takes part once; slow ways take part more rarely
     * @param before what is done before it and not measured
     */
    Contest with(String name, int every, Work before, Work work) {
        ways.put(name, new Way(before, work, every));
        return this;
    }

    /** Runs all of them. */
    Contest run(int rounds) throws IOException {
        for (int round = 0; round < rounds; round++) {
            for (Way way : ways.values()) {
                if (round % way.every == 0) {
                    measure(way);
                }
            }
        }
        return this;
    }

    private static void measure(Way way) throws IOException {
        way.before.run();
        double cpu = cpu();
        long start = System.nanoTime();
        way.work.run();
        way.wall.add((double) (System.nanoTime() - start));
        way.cpu.add(cpu() - cpu);
    }

    private static double cpu() throws IOException {
        var system =
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean();
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        double children = Double.parseDouble(fields[13]) + Double.parseDouble(fields[14]);
        return system.getProcessCpuTime() + children * NANOS_IN_TICK;
    }

    /** Prints a table. */
    @SuppressWarnings("SystemOut")
    void print(String title) {
        System.out.printf(
                Locale.ROOT,
                "%n%-40s %9s %7s %9s %7s %9s %7s%n",
                title,
                "wall ms",
                "ratio",
                "quick ms",
                "ratio",
                "cpu ms",
                "ratio");
        Way first = ways.values().iterator().next();
        ways.forEach((name, way) ->
                System.out.printf(
                        Locale.ROOT,
                        "  %-38s %9.1f %7.3f %9.1f %7.3f %9.1f %7.3f%n",
                        name,
                        median(way.wall) / 1e6,
                        median(way.wall) / median(first.wall),
                        quick(way.wall) / 1e6,
                        quick(way.wall) / quick(first.wall),
                        mean(way.cpu) / 1e6,
                        mean(way.cpu) / mean(first.cpu)));
    }

    private static List<Double> later(List<Double> values) {
        return values.subList(values.size() / 3, values.size());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = later(values).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** The first decile: what it takes when nothing else is in its way. */
    private static double quick(List<Double> values) {
        List<Double> sorted = later(values).stream().sorted().toList();
        return sorted.get(sorted.size() / 10);
    }

    /** The clock of children ticks too slowly for a median. */
    private static double mean(List<Double> values) {
        return later(values).stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
