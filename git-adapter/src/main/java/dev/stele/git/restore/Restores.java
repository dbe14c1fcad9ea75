package dev.stele.git.restore;

import dev.stele.contracts.OperationId;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.git.capture.Checkpoints;
import dev.stele.git.capture.HeldCheckpoint;
import dev.stele.git.capture.StopSign;
import dev.stele.git.change.FileStates;
import dev.stele.git.change.Place;
import dev.stele.git.change.RestoreRecords;
import dev.stele.git.repository.CheckpointRefs;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.HeldObjects;
import dev.stele.git.repository.NewPack;
import dev.stele.git.repository.ProjectRepository;
import dev.stele.git.repository.Repositories;
import dev.stele.git.restore.Journal.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings back the files of a checkpoint: only paths that differ, never what is ignored, left out or
 * in another repository, and nothing that was changed meanwhile. Index, HEAD and branches stay as
 * they are. Afterwards the whole directory is captured once more and compared. Thread-safe.
 */
public final class Restores {

    private static final Logger LOG = LoggerFactory.getLogger(Restores.class);

    private final Repositories repositories;
    private final Checkpoints checkpoints;
    private final Journal journal;
    private final RestoreRecords records;

    /**
     * @param repositories finds where checkpoints are kept
     * @param checkpoints looks into them
     * @param directory where journals are kept
     * @param records keeps what was done
     */
    public Restores(
            Repositories repositories,
            Checkpoints checkpoints,
            Path directory,
            RestoreRecords records) {
        this.records = records;
        this.repositories = repositories;
        this.checkpoints = checkpoints;
        this.journal = new Journal(directory);
    }

    /**
     * Brings a directory to what a checkpoint holds. A restore that was begun before goes on by its
     * journal, which is kept until {@link #forget}.
     *
     * @param request what to bring back, and where
     * @param stop raised when the restore is to stop; it can go on later
     * @throws GitFailure when it cannot be done; nothing was touched then, unless the message says
     *     so
     * @throws StopSign.Stopped when it was stopped between two paths
     */
    public RestoreSummary restore(RestoreRequest request, StopSign stop) {
        try (ProjectRepository repository = repositories.open(request.directory());
                HeldObjects objects = repository.heldObjects()) {
            stop.check();
            ObjectReader reader = objects.reader();
            HeldCheckpoint safety = checkpoints.open(repository, reader, request.safetyRef());
            Surroundings surroundings =
                    Surroundings.of(repository, checkpoints.tracked(repository));
            RestorePlan plan = plan(repository, reader, request, safety, surroundings);
            var place = new Place(repository.location().directory());
            boolean fileMode = repository.fileMode();
            var applier =
                    new Applier(
                            place,
                            surroundings,
                            new FileStates(place, safety.known(), fileMode),
                            new FileWriter(request.restoreId(), reader, fileMode),
                            stop);
            applier.apply(plan, journal.files(request.restoreId()));
            compare(applier, repository, reader, safety);
            records.keep(
                    CheckpointRefs.thread(request.safetyRef()),
                    request.restoreId(),
                    applier.changes(plan),
                    place.root(),
                    applier.changedDirectories());
            return applier.summary(plan);
        } catch (IOException e) {
            throw new GitFailure(
                    "The checkpoint cannot be brought back in "
                            + request.directory()
                            + ": "
                            + e.getMessage()
                            + "; what was done so far can be undone by the safety checkpoint.",
                    e);
        }
    }

    private void compare(
            Applier applier,
            ProjectRepository repository,
            ObjectReader reader,
            HeldCheckpoint safety)
            throws IOException {
        try {
            applier.compare(Aftermath.of(repository, reader, checkpoints, safety));
        } catch (GitFailure e) {
            // All is done by now; that it cannot be captured again does not undo it.
            applier.leaveUncompared(e.sentence());
        }
    }

    private RestorePlan plan(
            ProjectRepository repository,
            ObjectReader reader,
            RestoreRequest request,
            HeldCheckpoint safety,
            Surroundings surroundings)
            throws IOException {
        Entry begun = begun(request.restoreId());
        if (begun != null) {
            LOG.info("The restore {} goes on.", request.restoreId());
            deleteTemporaries(request.restoreId(), begun);
            return begun.plan();
        }
        HeldCheckpoint target = checkpoints.open(repository, reader, request.targetRef());
        var taking = new Taking(request.choice(), repository, reader, checkpoints, records);
        var planner =
                new Planner(repository, reader, safety, target, taking, surroundings.tracked());
        RestorePlan plan = planner.plan();
        store(taking.joining().made(), repository);
        checkpoints.noteAbsent(request.safetyRef(), planner.appearing(plan));
        journal.write(request.restoreId(), new Entry(request.directory(), plan));
        return plan;
    }

    /** What was made by joining changes must be there when the restore goes on after a crash. */
    private static void store(Map<ObjectId, byte[]> contents, ProjectRepository repository)
            throws IOException {
        if (!contents.isEmpty()) {
            try (NewPack pack = repository.newPack()) {
                contents.forEach(
                        (id, bytes) -> pack.add(Constants.OBJ_BLOB, id, bytes, bytes.length));
                pack.finish();
            }
        }
    }

    /** Without its journal a restore is planned again; that comes to the same. */
    private @Nullable Entry begun(OperationId restoreId) {
        try {
            return journal.read(restoreId);
        } catch (IOException e) {
            LOG.warn("The restore {} is planned again.", restoreId, e);
            return null;
        }
    }

    /** Removes the journal of a restore whose result is recorded. */
    public void forget(OperationId restoreId) {
        try {
            journal.delete(restoreId);
        } catch (IOException e) {
            LOG.warn("The journal of the restore {} stays behind.", restoreId, e);
        }
    }

    /** Removes all that a restore has left behind that will not go on. */
    public void abandon(OperationId restoreId) {
        Entry entry = begun(restoreId);
        if (entry != null) {
            deleteTemporaries(restoreId, entry);
        }
        forget(restoreId);
    }

    /**
     * Removes what restores left behind that nobody asks for any more.
     *
     * @param open the restores that are still asked for
     */
    public void abandonAllBut(Set<OperationId> open) {
        try {
            journal.restores().stream().filter(id -> !open.contains(id)).forEach(this::abandon);
        } catch (IOException e) {
            LOG.warn("What old restores left behind stays there.", e);
        }
    }

    private static void deleteTemporaries(OperationId restoreId, Entry entry) {
        var place = new Place(entry.project());
        for (int i = 0; i < entry.plan().steps().size(); i++) {
            Path path = place.at(entry.plan().steps().get(i).path());
            try {
                Files.deleteIfExists(FileWriter.temporary(restoreId, path, i));
            } catch (IOException e) {
                LOG.debug("Nothing to remove beside {}.", path, e);
            }
        }
    }
}
