package dev.stele.app.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What an idle Stele holds in memory over logs of several sizes, in a process of its own that the
 * launcher starts with its usual options: the first opening folds the whole log and leaves a
 * snapshot, the second takes that up. The kernel's figure is read half a minute after the opening,
 * the heap's after a collection.
 *
 * <p>The goals are 200 MB over a small log, and 300 MB over one of 5 GB.
 */
final class MemoryBenchmark {
    private static final double GIGA = 1e9;
    private static final long IDLE_SECONDS = 30;

    private MemoryBenchmark() {}

    /**
     * Runs it.
     *
     * @param arguments the sizes of the logs in GB; else 0.01, 1 and 5, or only the first two among
     *     other benchmarks
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> usual =
                Boolean.getBoolean("stele.bench.short")
                        ? List.of("0.01", "1")
                        : List.of("0.01", "1", "5");
        List<String> sizes = arguments.length == 0 ? usual : List.of(arguments);
        for (String size : sizes) {
            try (Disk disk = Disk.open()) {
                Path home = Files.createDirectory(disk.file("home"));
                long bytes = (long) (Double.parseDouble(size) * GIGA);
                String content = TalkLog.fill(home.resolve("stele.db"), bytes);
                System.out.printf("%s GB: %s%n", size, content);
                print("first opening", open(home));
                print("from the snapshot", open(home));
                long snapshot = Files.size(home.resolve("stele.db.snapshot"));
                System.out.printf(Locale.ROOT, "  the snapshot has %.1f MB%n", snapshot / 1e6);
            }
        }
    }

    private static void print(String what, Map<String, Long> figures) {
        System.out.printf(
                Locale.ROOT,
                "  %-18s opened in %7.1f s, resident %4d MB (at most %4d MB), heap used %4d MB,"
                        + " %,d turns%n",
                what,
                figures.getOrDefault("opened", 0L) / 1e3,
                megabytes(figures.getOrDefault("resident", 0L)),
                megabytes(figures.getOrDefault("peak", 0L)),
                megabytes(figures.getOrDefault("heap", 0L)),
                figures.getOrDefault("turns", 0L));
    }

    private static long megabytes(long kilobytes) {
        return Math.round(kilobytes * 1_024 / 1e6);
    }

    private static Map<String, Long> open(Path home) throws IOException, InterruptedException {
        Process process = start(home);
        try (BufferedReader words = process.inputReader(StandardCharsets.UTF_8);
                OutputStream input = process.getOutputStream()) {
            Map<String, Long> figures = new HashMap<>();
            read(words, figures, "opened");
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            input.write('\n');
            input.flush();
            read(words, figures, "turns");
            input.write('\n');
            input.flush();
            process.waitFor();
            return figures;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /**
     * The launcher puts its options before ours, and the name of a class among them is what is
     * started then, with all that follows as its arguments.
     */
    private static Process start(Path home) throws IOException {
        String launcher =
                Objects.requireNonNull(
                        System.getProperty("stele.launcher"), "start it by ./stele bench");
        List<String> command = new ArrayList<>(List.of(launcher, home.toString()));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("STELE_JAVA_OPTS", IdleStele.class.getName());
        builder.environment().put("CLASSPATH", absolute(System.getProperty("java.class.path")));
        return builder.start();
    }

    private static String absolute(String classPath) {
        List<String> parts = new ArrayList<>();
        for (String part : classPath.split(File.pathSeparator, -1)) {
            parts.add(Path.of(part).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, parts);
    }

    private static void read(BufferedReader words, Map<String, Long> figures, String last)
            throws IOException {
        while (!figures.containsKey(last)) {
            String line = words.readLine();
            if (line == null) {
                throw new IOException("the idle Stele ended before it told its " + last);
            }
            String[] parts = line.split(" ", 2);
            if (parts.length == 2 && parts[1].matches("[0-9]+")) {
                figures.put(parts[0], Long.parseLong(parts[1]));
            }
        }
    }
}
