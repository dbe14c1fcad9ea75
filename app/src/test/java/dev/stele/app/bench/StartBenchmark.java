package dev.stele.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What a command line costs from its start to its first durable commands, as the launcher starts it
 * and on a plain JVM: the same jars, no options and no start cache. A JVM that does nothing stands
 * beside them. They take turns, so that a busy machine is unfair to none. Processor time is that of
 * the process and of all that it started, as the shell's {@code times} tells it.
 *
 * <p>The goal for ours is at most 0.35 of the plain one's processor time.
 */
final class StartBenchmark {
    private static final int ROUNDS = 15;
    private static final Pattern SHELL_TIME = Pattern.compile("([0-9]+)m([0-9.]+)s");

    private final Path place;
    private int runs;

    private StartBenchmark(Path place) {
        this.place = place;
    }

    /** What one run took, in milliseconds. */
    private record Cost(double processor, double wall) {}

    /** One way to start, and what its runs took. */
    private record Contender(String name, List<String> command, List<Cost> costs) {
        Contender(String name, List<String> command) {
            this(name, command, new ArrayList<>());
        }

        double median(ToDoubleFunction<Cost> figure) {
            double[] sorted = sorted(figure).toArray();
            return sorted[sorted.length / 2];
        }

        DoubleStream sorted(ToDoubleFunction<Cost> figure) {
            return costs.stream().mapToDouble(figure).sorted();
        }

        void print() {
            System.out.printf(
                    Locale.ROOT,
                    "%-34s %6.0f ms processor (%.0f to %.0f), %6.0f ms wall%n",
                    name,
                    median(Cost::processor),
                    sorted(Cost::processor).min().orElse(0),
                    sorted(Cost::processor).max().orElse(0),
                    median(Cost::wall));
        }
    }

    /**
     * Runs it.
     *
     * @param arguments how many rounds; else 15
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
        Path place = Files.createTempDirectory("stele-start-");
        try {
            new StartBenchmark(place).run(rounds);
        } finally {
            delete(place);
        }
    }

    private void run(int rounds) throws IOException, InterruptedException {
        String launcher =
                Objects.requireNonNull(
                        System.getProperty("stele.launcher"), "start it by ./stele bench");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        execute(List.of(launcher, "--version")); // builds what is not built
        var floor = new Contender("a JVM that does nothing", List.of(java, "-version"));
        var plain = new Contender("a plain JVM", withWork(java, "-jar", jar(launcher)));
        var ours = new Contender("./stele", withWork(launcher));
        for (int round = 0; round <= rounds; round++) {
            for (Contender each : List.of(floor, plain, ours)) {
                Cost cost = execute(each.command());
                if (round > 0) { // the first fills the caches of the disk
                    each.costs().add(cost);
                }
            }
        }
        List.of(floor, plain, ours).forEach(Contender::print);
        System.out.printf(
                Locale.ROOT,
                "./stele takes %.2f of the plain JVM's processor time, and %.2f of its wall time%n",
                ours.median(Cost::processor) / plain.median(Cost::processor),
                ours.median(Cost::wall) / plain.median(Cost::wall));
    }

    /** A turn whose agent ends at once: the project, the thread and the turn are durable. */
    private List<String> withWork(String... start) throws IOException {
        Path own = Files.createDirectory(place.resolve("home-" + runs++));
        Path project = Files.createDirectories(place.resolve("project"));
        return Stream.concat(
                        Stream.of(start),
                        Stream.of(
                                "--home",
                                own.toString(),
                                "run",
                                "--project",
                                project.toString(),
                                "--agent",
                                "false",
                                "Do nothing."))
                .toList();
    }

    private static String jar(String launcher) throws IOException {
        Path target = Path.of(launcher).resolveSibling("app").resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            return files.map(Path::toString)
                    .filter(name -> name.matches(".*/stele-app-[^/]*(?<!-sources|-tests)\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Cost execute(List<String> command) throws IOException, InterruptedException {
        Path times = place.resolve("times");
        List<String> measured =
                Stream.concat(
                                Stream.of("sh", "-c", "\"$@\" >/dev/null 2>&1; times", "sh"),
                                command.stream())
                        .toList();
        var builder = new ProcessBuilder(measured).redirectOutput(times.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        long start = System.nanoTime();
        builder.start().waitFor();
        double wall = (System.nanoTime() - start) / 1e6;
        return new Cost(childrensMillis(Files.readString(times)), wall);
    }

    /** The shell tells its own two times, then its children's two. */
    private static double childrensMillis(String times) {
        double[] seconds =
                SHELL_TIME
                        .matcher(times)
                        .results()
                        .mapToDouble(time ->
                                60 * Double.parseDouble(time.group(1))
                                        + Double.parseDouble(time.group(2)))
                        .toArray();
        return 1_000 * (seconds[2] + seconds[3]);
    }

    private static void delete(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
