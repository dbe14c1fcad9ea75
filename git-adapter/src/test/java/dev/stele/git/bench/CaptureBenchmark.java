package dev.stele.git.bench;

import dev.stele.git.bench.Subject.Copy;
import dev.stele.git.testing.Capturing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Checkpoints beside other ways to take them, in turns, each on a copy of one repository. Native
 * git keeps an index of its own between captures and syncs nothing; Stele syncs everything. Read
 * the ratios: the times are those of the machine.
 *
 * <p>Arguments: how many files a generated repository has, or the path of a repository, which is
 * cloned and not touched; any number of them (300 12000 100000). {@code rounds=N} sets how often
 * each way is measured.
 */
public final class CaptureBenchmark {

    /** Slow ways take part in one round out of so many. */
    private static final int RARELY = 5;

    private final Subject subject;
    private final int rounds;
    private final Copy nativeCopy;
    private final Copy plainCopy;
    private final Copy watchedCopy;
    private final Rivals natively;
    private final Capturing plain = new Capturing();
    private final Capturing watching = Capturing.watching();
    private int taken;

    private CaptureBenchmark(Subject subject, int rounds) {
        this.subject = subject;
        this.rounds = rounds;
        this.nativeCopy = subject.copy();
        this.plainCopy = subject.copy();
        this.watchedCopy = subject.copy();
        this.natively = new Rivals(nativeCopy.tree());
    }

    /** Runs it and prints tables. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        var asked = Subject.Arguments.of(arguments);
        for (String name : asked.subjects()) {
            try (Subject subject = Subject.of(name)) {
                System.out.printf(Locale.ROOT, "%n== %s: %d files%n", name, subject.size());
                new CaptureBenchmark(subject, asked.rounds(subject.size())).run();
            }
        }
        System.exit(0);
    }

    private void run() throws IOException {
        first();
        memory();
        captures(0);
        captures(1);
        captures(100);
        others();
        newProcess();
    }

    /**
     * Everything is new to everyone, but for the objects that the user's commits hold. In the first
     * row of Stele it is new to the JVM, too.
     */
    private void first() throws IOException {
        new Contest()
                .with("native git, kept index", 1, () -> {}, natively::keptIndex)
                .with("stele, in a cold JVM", 1, () -> {}, () -> take(plain, plainCopy))
                .with("stele, beginning to watch", 1, () -> {}, () -> take(watching, watchedCopy))
                .run(1)
                .print("first capture");
    }

    private void captures(int changed) throws IOException {
        contest(changed).run(rounds).print("capture, " + changed + " changed");
    }

    private Contest contest(int changed) {
        return new Contest()
                .with(
                        "native git, kept index",
                        1,
                        () -> nativeCopy.change(changed),
                        natively::keptIndex)
                .with(
                        "stele, full scan",
                        1,
                        () -> plainCopy.change(changed),
                        () -> take(plain, plainCopy))
                .with(
                        "stele, watching",
                        1,
                        () -> watchedCopy.change(changed),
                        () -> take(watching, watchedCopy));
    }

    /** The ways that other tools take. */
    private void others() throws IOException {
        Copy fresh = subject.copy();
        Copy added = subject.copy();
        new Contest()
                .with(
                        "native git, kept index",
                        1,
                        () -> nativeCopy.change(1),
                        natively::keptIndex)
                .with(
                        "native git, read-tree HEAD; add -A",
                        RARELY,
                        () -> fresh.change(1),
                        new Rivals(fresh.tree())::readTreeHead)
                .with(
                        "JGit AddCommand",
                        RARELY,
                        () -> added.change(1),
                        new Rivals(added.tree())::addCommand)
                .run(Math.max(2 * RARELY, rounds / 2))
                .print("other ways, 1 changed");
    }

    /** Each under an id of its own: the same one again would only be found. */
    private void take(Capturing capturing, Copy copy) {
        capturing.take(copy.tree().root(), "b" + taken++);
    }

    /** A process that finds what another one has kept. */
    private void newProcess() throws IOException {
        Path kept = subject.aside("kept");
        new Contest()
                .with(
                        "native git, kept index",
                        1,
                        () -> nativeCopy.change(1),
                        natively::keptIndex)
                .with(
                        "stele, first of a process",
                        1,
                        () -> keep(kept),
                        () -> take(Capturing.keeping(kept), plainCopy))
                .run(Math.max(5, rounds / 3))
                .print("capture by a new process, 1 changed");
    }

    private void keep(Path kept) {
        try (var checkpoints = Capturing.keeping(kept).checkpoints()) {
            checkpoints.take(
                    Capturing.request(plainCopy.tree().root(), "b" + taken++),
                    new dev.stele.git.capture.StopSign());
        }
        plainCopy.change(1);
    }

    /** What is on the heap with a snapshot and without. */
    @SuppressWarnings("SystemOut")
    private void memory() {
        Copy copy = subject.copy();
        new Capturing().take(copy.tree().root(), "warm");
        var capturing = Capturing.watching();
        long before = used();
        try {
            capturing.take(copy.tree().root(), "memory");
            System.out.printf(
                    Locale.ROOT,
                    "%nmemory of the cache, with the watch %25.1f MB%n",
                    (used() - before) / 1e6);
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
