package dev.stele.git.testing;

import dev.stele.contracts.OperationId;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.git.capture.StopSign;
import dev.stele.git.capture.TakenCheckpoint;
import dev.stele.git.change.RestoreRecords;
import dev.stele.git.repository.Repositories;
import dev.stele.git.restore.RestoreChoice;
import dev.stele.git.restore.RestoreRequest;
import dev.stele.git.restore.Restores;
import java.nio.file.Path;

/** Takes and brings back checkpoints in tests. */
public final class Restoring {

    private final Capturing capturing;
    private final Restores restores;
    private int begun;

    /**
     * @param journals where journals are kept, and what directories without a repository need
     */
    public Restoring(Path journals) {
        this(journals, new Repositories(journals), false);
    }

    /** Watches what it has captured. */
    public static Restoring watching(Path journals) {
        return new Restoring(journals, new Repositories(journals), true);
    }

    private Restoring(Path journals, Repositories repositories, boolean watch) {
        this.capturing = watch ? Capturing.watching(repositories) : new Capturing(repositories);
        this.restores =
                new Restores(
                        repositories,
                        capturing.checkpoints(),
                        journals,
                        new RestoreRecords(journals));
    }

    public Capturing capturing() {
        return capturing;
    }

    public Restores restores() {
        return restores;
    }

    public TakenCheckpoint take(WorkTree tree) {
        return capturing.take(tree.root());
    }

    /**
     * Takes a checkpoint under an id of its own.
     *
     * @param number tells it from others that were taken by another of these
     */
    public TakenCheckpoint take(WorkTree tree, int number) {
        return capturing.take(tree.root(), "n" + number);
    }

    /** Brings a checkpoint back, a safety checkpoint first. */
    public Done restore(WorkTree tree, TakenCheckpoint target) {
        return restore(tree, target, () -> {});
    }

    /**
     * The same with something that happens after the safety checkpoint.
     *
     * @param meanwhile what happens
     */
    public Done restore(WorkTree tree, TakenCheckpoint target, Runnable meanwhile) {
        TakenCheckpoint safety = take(tree);
        meanwhile.run();
        RestoreRequest request = request(tree, safety, target);
        return new Done(safety, restores.restore(request, new StopSign()));
    }

    /** What asks for a restore; each under an id of its own. */
    public RestoreRequest request(WorkTree tree, TakenCheckpoint safety, TakenCheckpoint target) {
        return new RestoreRequest(
                new OperationId("r" + begun++),
                tree.root(),
                safety.ref(),
                target.ref(),
                new RestoreChoice.Everything());
    }

    /**
     * What a restore did.
     *
     * @param safety undoes it
     * @param summary tells it
     */
    public record Done(TakenCheckpoint safety, RestoreSummary summary) {}
}
