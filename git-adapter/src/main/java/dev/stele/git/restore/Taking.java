package dev.stele.git.restore;

import dev.stele.git.capture.Checkpoints;
import dev.stele.git.change.FileState;
import dev.stele.git.change.Histories;
import dev.stele.git.change.PathChange;
import dev.stele.git.change.RestoreRecords;
import dev.stele.git.change.ThreeWay;
import dev.stele.git.change.ThreeWay.Joined;
import dev.stele.git.disk.RawNames;
import dev.stele.git.repository.ProjectRepository;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** Tells of each path that differs from a checkpoint what becomes of it by a choice. */
final class Taking {

    /** Why a path stays that the thread has nothing to do with. */
    static final String OTHERS_ONLY = "others have changed it, and this thread has not";

    private final RestoreChoice choice;
    private final ThreeWay joining;
    private final @Nullable Histories own;
    private final List<String> named;

    /**
     * @param reader finds the objects of all checkpoints
     */
    Taking(
            RestoreChoice choice,
            ProjectRepository repository,
            ObjectReader reader,
            Checkpoints checkpoints,
            RestoreRecords records)
            throws IOException {
        this.choice = choice;
        this.joining = new ThreeWay(reader);
        this.own =
                choice instanceof RestoreChoice.Own(_, var spans)
                        ? Histories.read(repository, reader, checkpoints, records, spans)
                        : null;
        this.named =
                choice instanceof RestoreChoice.Named(var paths)
                        ? paths.stream().map(RawNames::fromText).toList()
                        : List.of();
    }

    /** What becomes of a path. */
    sealed interface Verdict {

        /** It was not asked for. */
        record Unasked() implements Verdict {}

        /**
         * It stays as it is.
         *
         * @param why a few words for people
         */
        record Left(String why) implements Verdict {}

        /**
         * It is brought to a state.
         *
         * @param state null when it is deleted
         * @param merged whether what others have changed in it is kept
         */
        record Taken(@Nullable FileState state, boolean merged) implements Verdict {}
    }

    /** What was made by joining changes and is in no repository yet. */
    ThreeWay joining() {
        return joining;
    }

    /** Raw names that were asked for; empty when none were named. */
    List<String> named() {
        return named;
    }

    /** Whether a path has to do with the choice at all. */
    boolean concerns(String path) {
        return switch (choice) {
            case RestoreChoice.Everything() -> true;
            case RestoreChoice.Named _ -> isNamed(path);
            case RestoreChoice.Own _ -> own != null && own.paths().contains(path);
        };
    }

    private boolean isNamed(String path) {
        return named.stream().anyMatch(name -> path.equals(name) || path.startsWith(name + "/"));
    }

    /**
     * What becomes of a path.
     *
     * @param back from what is there to what the checkpoint holds
     */
    Verdict of(PathChange back) throws IOException {
        return switch (choice) {
            case RestoreChoice.Everything() -> new Verdict.Taken(back.to(), false);
            case RestoreChoice.Named _ ->
                    isNamed(back.path())
                            ? new Verdict.Taken(back.to(), false)
                            : new Verdict.Unasked();
            case RestoreChoice.Own(var thread, _) ->
                    own == null
                            ? new Verdict.Unasked()
                            : takeBack(back, own.of(thread, back.path()));
        };
    }

    /** Takes a thread's changes back, the newest first, below whatever others have changed. */
    private Verdict takeBack(PathChange back, List<PathChange> changes) throws IOException {
        FileState state = back.from();
        for (PathChange change : changes.reversed()) {
            switch (joining.join(state, change.to(), change.from())) {
                case Joined.Clean(var joined) -> state = joined;
                case Joined.Conflict(var why) -> {
                    return new Verdict.Left(why);
                }
            }
        }
        return Objects.equals(state, back.from())
                ? new Verdict.Left(OTHERS_ONLY)
                : new Verdict.Taken(state, !Objects.equals(state, back.to()));
    }
}
