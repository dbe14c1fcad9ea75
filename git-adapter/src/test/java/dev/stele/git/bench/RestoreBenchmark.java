package dev.stele.git.bench;

import dev.stele.git.bench.Subject.Copy;
import dev.stele.git.capture.StopSign;
import dev.stele.git.capture.TakenCheckpoint;
import dev.stele.git.disk.LocalDisk;
import dev.stele.git.restore.RestoreRequest;
import dev.stele.git.testing.Restoring;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Restores beside native git's {@code read-tree --reset -u}, which syncs nothing, keeps no journal
 * and cannot be undone. What was written before is on the disk when the time begins. The first row
 * of Stele begins where the safety checkpoint has been taken; the second takes it too. Both watch
 * the tree, and compare it when all is done.
 *
 * <p>Arguments as for {@link CaptureBenchmark}.
 */
public final class RestoreBenchmark {

    /** So many restores are done before times count. */
    private static final int WARM = 100;

    private final Copy nativeCopy;
    private final Copy known;
    private final Copy whole;
    private final Rivals natively;
    private final Restoring restoring;
    private final TakenCheckpoint target;
    private final TakenCheckpoint wholeTarget;
    private @Nullable RestoreRequest request;

    private RestoreBenchmark(Subject subject) throws IOException {
        this.nativeCopy = subject.copy();
        this.known = subject.copy();
        this.whole = subject.copy();
        this.natively = new Rivals(nativeCopy.tree());
        this.restoring = Restoring.watching(subject.aside("journals"));
        this.target = restoring.take(known.tree());
        this.wholeTarget = restoring.take(whole.tree());
        natively.noteRestored();
    }

    /** Runs it and prints tables. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        var asked = Subject.Arguments.of(arguments);
        for (String name : asked.subjects()) {
            try (Subject subject = Subject.of(name)) {
                System.out.printf(Locale.ROOT, "%n== %s: %d files%n", name, subject.size());
                warmUp();
                var benchmark = new RestoreBenchmark(subject);
                int rounds = asked.rounds(subject.size());
                benchmark.run("1 changed", rounds, copy -> copy.change(1));
                benchmark.run("100 changed", Math.max(5, rounds / 2), copy -> copy.change(100));
                benchmark.run("all changed", Math.max(3, rounds / 6), Copy::changeAll);
            }
        }
        System.exit(0);
    }

    private static void warmUp() throws IOException {
        try (Subject small = Subject.of("300")) {
            var copy = small.copy();
            var restoring = Restoring.watching(small.aside("journals"));
            TakenCheckpoint first = restoring.take(copy.tree());
            for (int i = 0; i < WARM; i++) {
                copy.change(1);
                restoring.restore(copy.tree(), first);
            }
        }
    }

    /** What is done to a copy before it is restored. */
    private interface Damage {
        void to(Copy copy);
    }

    private void run(String title, int rounds, Damage damage) throws IOException {
        new Contest()
                .with(
                        "native git, read-tree --reset -u",
                        1,
                        () -> settled(damage, nativeCopy),
                        () -> natively.restore("HEAD"))
                .with(
                        "stele, the tree known",
                        1,
                        () -> {
                            damage.to(known);
                            request =
                                    restoring.request(
                                            known.tree(), restoring.take(known.tree()), target);
                            LocalDisk.flush(known.tree().root());
                        },
                        this::restoreKnown)
                .with(
                        "stele, with its safety checkpoint",
                        1,
                        () -> settled(damage, whole),
                        () -> restoring.restore(whole.tree(), wholeTarget))
                .run(rounds)
                .print("restore, " + title);
    }

    private static void settled(Damage damage, Copy copy) throws IOException {
        damage.to(copy);
        LocalDisk.flush(copy.tree().root());
    }

    private void restoreKnown() {
        RestoreRequest asked = request;
        if (asked != null) {
            restoring.restores().restore(asked, new StopSign());
        }
    }
}
