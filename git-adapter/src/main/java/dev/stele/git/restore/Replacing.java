package dev.stele.git.restore;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.stele.git.capture.StopSign;
import dev.stele.git.change.FileState;
import dev.stele.git.change.Place;
import dev.stele.git.disk.Stamp;
import dev.stele.git.repository.FileSync;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files that are written beside their places, and put there together: syncing some at once takes
 * little longer than syncing one. Closing it removes what was not put in place.
 */
final class Replacing implements AutoCloseable {

    /** Why a path stays where there is no right to change it. */
    static final String NOT_ALLOWED = "it may not be changed";

    /** So many are synced at once. */
    private static final int TOGETHER = 32;

    private final Place place;
    private final FileWriter writer;
    private final StopSign stop;
    private final List<Prepared> prepared = new ArrayList<>();

    Replacing(Place place, FileWriter writer, StopSign stop) {
        this.place = place;
        this.writer = writer;
        this.stop = stop;
    }

    /**
     * A file or link beside its place.
     *
     * @param old what was in its place when it was written, or null
     */
    private record Prepared(Step step, boolean link, Path file, @Nullable Stamp old) {}

    /**
     * Writes what a step brings back.
     *
     * @param to what that is
     * @param number the step's place in the plan
     * @param old what is in its place, or null
     */
    void prepare(Step step, FileState to, int number, @Nullable Stamp old) throws IOException {
        Path file = writer.write(to, place.at(step.path()), number, old);
        prepared.add(new Prepared(step, to.isLink(), file, old));
    }

    /** Whether it is time to put them in place. */
    boolean isFull() {
        return prepared.size() >= TOGETHER;
    }

    /**
     * Puts all of them in place, unless something else is there by now.
     *
     * @param done is told of each that is in place
     * @param left is told of each that is not, and why
     * @throws StopSign.Stopped between two of them
     */
    void putInPlace(Consumer<Step> done, BiConsumer<Step, String> left) {
        try {
            sync();
            for (Prepared next : prepared) {
                stop.check();
                try {
                    if (Objects.equals(place.stamp(next.step().path()), next.old())) {
                        Files.move(next.file(), place.at(next.step().path()), ATOMIC_MOVE);
                        done.accept(next.step());
                    } else {
                        left.accept(next.step(), Applier.CHANGED);
                    }
                } catch (IOException e) {
                    left.accept(next.step(), unchangeable(e));
                }
            }
        } catch (IOException e) {
            prepared.forEach(each -> left.accept(each.step(), unchangeable(e)));
        } finally {
            close();
        }
    }

    private void sync() throws IOException {
        List<Path> files =
                prepared.stream()
                        .filter(each -> !each.link() && Files.isReadable(each.file()))
                        .map(Prepared::file)
                        .toList();
        FileSync.forceAll(files);
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
        for (Prepared each : prepared) {
            try {
                Files.deleteIfExists(each.file());
            } catch (IOException e) {
                // It is removed with the journal.
            }
        }
        prepared.clear();
    }
}
