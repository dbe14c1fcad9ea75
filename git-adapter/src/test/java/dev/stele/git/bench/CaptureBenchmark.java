package dev.stele.git.bench;

import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.Git;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Checkpoints beside other ways to take them, in turns on one repository. Native git keeps an index
 * of its own between captures and syncs nothing; Stele syncs everything. Read the ratios: the times
 * are those of the machine.
 *
 * <p>Arguments: how many files a generated repository has, or the path of a repository, which is
 * cloned and not touched; any number of them (300 12000 100000). {@code rounds=N} sets how often
 * each way is measured.
 */
public final class CaptureBenchmark {

    private static final int IN_A_DIRECTORY = 50;

    private final WorkTree tree;
    private final Rivals rivals;
    private final Capturing plain = new Capturing();
    private final Capturing watching = Capturing.watching();
    private final Random random = new Random(1);
    private final List<String> files;
    private int taken;

    private CaptureBenchmark(WorkTree tree) {
        this.tree = tree;
        this.rivals = new Rivals(tree);
        this.files =
                tree.git()
                        .run("ls-files", "-z")
                        .lines()
                        .flatMap(l -> List.of(l.split("\0")).stream())
                        .filter(path -> Files.isRegularFile(tree.at(path)))
                        .toList();
    }

    /** Runs it and prints tables. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        int rounds = 0;
        List<String> subjects = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.startsWith("rounds=")) {
                rounds = Integer.parseInt(argument.substring("rounds=".length()));
            } else {
                subjects.add(argument);
            }
        }
        for (String subject : subjects.isEmpty() ? List.of("300", "12000", "100000") : subjects) {
            Path directory = Files.createTempDirectory("stele-bench").toRealPath();
            WorkTree tree =
                    subject.matches("[0-9]+")
                            ? generate(directory, Integer.parseInt(subject))
                            : copy(directory, Path.of(subject));
            var benchmark = new CaptureBenchmark(tree);
            System.out.printf(Locale.ROOT, "%n== %s: %d files%n", subject, benchmark.files.size());
            benchmark.run(rounds);
            new WorkTree(directory).delete("");
        }
        System.exit(0);
    }

    private static WorkTree generate(Path directory, int files) {
        var random = new Random(1);
        WorkTree tree = WorkTree.init(directory);
        for (int i = 0; i < files; i++) {
            int folder = i / IN_A_DIRECTORY;
            tree.write(
                    "src/module" + folder % 40 + "/package" + folder + "/File" + i + ".java",
                    ("line " + i + " " + random.nextLong() + "\n").repeat(20 + i % 100));
        }
        return tree.write(".gitignore", "*.log\nbuild/\n/out\n").commit("generated");
    }

    private static WorkTree copy(Path directory, Path repository) {
        Path clone = directory.resolve("clone");
        new Git(directory)
                .run("clone", "-q", repository.toAbsolutePath().toString(), clone.toString());
        return new WorkTree(clone);
    }

    private void run(int wanted) throws IOException {
        int rounds =
                wanted > 0 ? wanted : files.size() < 1000 ? 60 : files.size() < 50_000 ? 20 : 9;
        first();
        captures(0, rounds, false);
        captures(1, rounds, true);
        captures(100, rounds, false);
        newProcess(Math.max(5, rounds / 3));
        memory();
    }

    /** Everything is new to everyone. */
    private void first() throws IOException {
        new Contest()
                .with("native git, kept index", 1, () -> {}, rivals::keptIndex)
                .with("stele", 1, () -> {}, () -> take(plain))
                .run(1)
                .print("first capture");
        take(watching);
    }

    private void captures(int changed, int rounds, boolean all) throws IOException {
        Contest.Work change = () -> change(changed);
        Contest contest =
                new Contest()
                        .with("native git, kept index", 1, change, rivals::keptIndex)
                        .with("stele, full scan", 1, change, () -> take(plain))
                        .with("stele, watching", 1, change, () -> take(watching));
        if (all) {
            contest.with("native git, read-tree HEAD", 4, change, rivals::readTreeHead)
                    .with("JGit AddCommand", 8, change, rivals::addCommand);
        }
        contest.run(rounds).print("capture, " + changed + " changed");
    }

    /** Each under an id of its own: the same one again would only be found. */
    private void take(Capturing capturing) {
        capturing.take(tree.root(), "b" + taken++);
    }

    private void change(int changed) {
        for (int i = 0; i < changed; i++) {
            String path = files.get(random.nextInt(files.size()));
            tree.write(path, tree.read(path) + random.nextInt() + "\n");
        }
    }

    /** A process that finds what another one has kept, and one that finds nothing. */
    private void newProcess(int rounds) throws IOException {
        Path kept = tree.at(".git/bench-kept");
        try (var checkpoints = Capturing.keeping(kept).checkpoints()) {
            checkpoints.take(
                    Capturing.request(tree.root(), "kept"), new dev.stele.git.capture.StopSign());
        }
        new Contest()
                .with("native git, kept index", 1, () -> change(1), rivals::keptIndex)
                .with("stele, first of a process", 1, () -> change(1), () -> other(kept))
                .run(rounds)
                .print("capture by a new process, 1 changed");
    }

    private void other(Path kept) {
        take(Capturing.keeping(kept));
    }

    /** What is on the heap with a snapshot and without. */
    @SuppressWarnings("SystemOut")
    private void memory() {
        var capturing = new Capturing();
        long before = used();
        try {
            capturing.take(tree.root(), "memory");
            System.out.printf(
                    Locale.ROOT, "%nmemory of the cache %41.1f MB%n", (used() - before) / 1e6);
        } finally {
            java.lang.ref.Reference.reachabilityFence(capturing);
        }
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
