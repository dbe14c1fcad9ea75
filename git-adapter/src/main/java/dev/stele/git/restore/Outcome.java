package dev.stele.git.restore;

import dev.stele.git.disk.Stamp;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What came of a step so far. */
sealed interface Outcome {

    /** The path is as it should be. */
    record Done() implements Outcome {}

    /**
     * The path stays as it is.
     *
     * @param why a few words for people
     */
    record Left(String why) implements Outcome {}

    /**
     * What is brought back lies beside its place.
     *
     * @param file where
     * @param size in bytes
     * @param synced whether nobody has to sync it
     * @param old what was in its place when it was written, or null
     */
    record Prepared(Path file, long size, boolean synced, @Nullable Stamp old) implements Outcome {}
}
