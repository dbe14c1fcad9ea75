package dev.stele.git.restore;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.stele.git.capture.StopSign;
import dev.stele.git.change.Place;
import dev.stele.git.repository.FileSync;
import dev.stele.git.restore.Outcome.Done;
import dev.stele.git.restore.Outcome.Left;
import dev.stele.git.restore.Outcome.Prepared;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Files that lie beside their places, and are put there together: syncing some at once takes little
 * longer than syncing one. Closing it removes what was not put in place. For one thread at a time.
 */
final class Replacing implements AutoCloseable {

    /** Why a path stays where there is no right to change it. */
    static final String NOT_ALLOWED = "it may not be changed";

    /** So many are synced at once. */
    private static final int TOGETHER = 2_048;

    /** And so many bytes: for a while they take room on the disk twice. */
    private static final long MOST_BYTES = 64 << 20;

    private final Place place;
    private final StopSign stop;
    private final List<Waiting> waiting = new ArrayList<>();
    private List<Path> journal;
    private long bytes;

    /**
     * @param journal what has to be on the disk before anything is put in its place
     */
    Replacing(Place place, StopSign stop, List<Path> journal) {
        this.place = place;
        this.stop = stop;
        this.journal = journal;
    }

    private record Waiting(Step step, Prepared prepared) {}

    /** Adds what waits beside its place. */
    void add(Step step, Prepared prepared) {
        waiting.add(new Waiting(step, prepared));
        bytes += prepared.size();
    }

    /** Whether it is time to put them in place. */
    boolean isFull() {
        return waiting.size() >= TOGETHER || bytes >= MOST_BYTES;
    }

    /**
     * Puts all of them in place, unless something else is there by now.
     *
     * @param settled is told what came of each, in their order
     * @throws StopSign.Stopped between two of them
     */
    void putInPlace(BiConsumer<Step, Outcome> settled) {
        var outcomes = new @Nullable Outcome[waiting.size()];
        try {
            sync();
            Hands.share(
                    waiting.size(),
                    (from, to) -> {
                        for (int i = from; i < to; i++) {
                            stop.check();
                            outcomes[i] = moved(waiting.get(i));
                        }
                    });
            for (int i = 0; i < outcomes.length; i++) {
                settled.accept(waiting.get(i).step(), Objects.requireNonNull(outcomes[i]));
            }
        } catch (IOException e) {
            waiting.forEach(each -> settled.accept(each.step(), new Left(unchangeable(e))));
        } finally {
            close();
        }
    }

    private Outcome moved(Waiting next) {
        String path = next.step().path();
        try {
            if (!Objects.equals(place.stamp(path), next.prepared().old())) {
                return new Left(Applier.CHANGED);
            }
            Files.move(next.prepared().file(), place.at(path), ATOMIC_MOVE);
            return new Done();
        } catch (IOException e) {
            return new Left(unchangeable(e));
        }
    }

    private void sync() throws IOException {
        List<Path> files =
                waiting.stream()
                        .map(Waiting::prepared)
                        .filter(each -> !each.synced())
                        .map(Prepared::file)
                        .toList();
        if (!waiting.isEmpty()) {
            FileSync.forceAll(place.root(), files, journal);
            journal = List.of();
        }
    }

    /** Why a path stays at which the disk refuses something. */
    static String unchangeable(IOException e) {
        if (e instanceof AccessDeniedException) {
            return NOT_ALLOWED;
        }
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return "it cannot be changed: " + (reason == null ? e.toString() : reason);
    }

    @Override
    public void close() {
        for (Waiting each : waiting) {
            try {
                Files.deleteIfExists(each.prepared().file());
            } catch (IOException e) {
                // It is removed with the journal.
            }
        }
        waiting.clear();
        bytes = 0;
    }
}
