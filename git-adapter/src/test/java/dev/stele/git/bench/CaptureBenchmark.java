package dev.stele.git.bench;

import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Checkpoints against native git, in turns on one generated repository. Native git keeps an index
 * of its own between captures and syncs nothing; Stele syncs everything. Read the ratios: the times
 * are those of the machine.
 *
 * <p>Arguments: files (10000), files in a directory (20), rounds (40), changed files (1).
 */
public final class CaptureBenchmark {

    private static final String NATIVE =
            "git add -A && tree=$(git write-tree) && commit=$(git -c user.name=b -c user.email=b"
                    + " commit-tree -m b $tree) && git update-ref refs/bench/n $commit";

    private final WorkTree tree;
    private final Capturing capturing = new Capturing();
    private final Random random = new Random(1);
    private final int files;
    private final int perDirectory;

    private CaptureBenchmark(Path directory, int files, int perDirectory) {
        this.tree = WorkTree.init(directory);
        this.files = files;
        this.perDirectory = perDirectory;
    }

    /** Runs it and prints the medians. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        int files = argument(arguments, 0, 10_000);
        int perDirectory = argument(arguments, 1, 20);
        int rounds = argument(arguments, 2, 40);
        int changed = argument(arguments, 3, 1);
        Path directory = Files.createTempDirectory("stele-bench");
        var benchmark = new CaptureBenchmark(directory, files, perDirectory);
        benchmark.generate();
        System.out.printf(Locale.ROOT, "%d files, %d changed%n", files, changed);
        benchmark.run(rounds, changed);
        new WorkTree(directory.toRealPath()).delete("");
    }

    private static int argument(String[] arguments, int at, int otherwise) {
        return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
    }

    private void generate() {
        for (int i = 0; i < files; i++) {
            tree.write(path(i), content(i));
        }
        tree.write(".gitignore", "*.log\nbuild/\n/out\n").commit("generated");
    }

    private String path(int i) {
        int directory = i / perDirectory;
        return "src/module" + directory % 50 + "/package" + directory + "/File" + i + ".java";
    }

    private String content(int i) {
        return ("line " + i + " " + random.nextLong() + "\n").repeat(50 + i % 200);
    }

    private void run(int rounds, int changed) throws Exception {
        List<Long> ours = new ArrayList<>();
        List<Long> natives = new ArrayList<>();
        long first = time(() -> capturing.take(tree.root()));
        time(this::runNative);
        for (int round = 0; round < rounds; round++) {
            change(changed);
            natives.add(time(this::runNative));
            change(changed);
            ours.add(time(() -> capturing.take(tree.root())));
        }
        report(first, ours.subList(rounds / 2, rounds), natives.subList(rounds / 2, rounds));
    }

    @SuppressWarnings("SystemOut")
    private static void report(long first, List<Long> ours, List<Long> natives) {
        double median = median(ours);
        double nativeMedian = median(natives);
        System.out.printf(Locale.ROOT, "first capture  %8.1f ms%n", first / 1e6);
        System.out.printf(Locale.ROOT, "native git     %8.1f ms%n", nativeMedian / 1e6);
        System.out.printf(Locale.ROOT, "stele          %8.1f ms%n", median / 1e6);
        System.out.printf(Locale.ROOT, "ratio          %8.2f%n", median / nativeMedian);
    }

    private static double median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElse(0L);
    }

    private void change(int changed) {
        for (int i = 0; i < changed; i++) {
            int file = random.nextInt(files);
            tree.write(path(file), content(file));
        }
    }

    private void runNative() throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", "-c", NATIVE).directory(tree.root().toFile());
        builder.environment().put("GIT_INDEX_FILE", tree.at(".git/bench-index").toString());
        Process process = builder.inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException("native git failed");
        }
    }

    private static long time(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }

    private interface Work {
        void run() throws Exception;
    }
}
