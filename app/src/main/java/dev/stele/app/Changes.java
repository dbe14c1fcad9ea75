package dev.stele.app;

import dev.stele.app.error.SteleException;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.CheckpointCare;
import dev.stele.domain.port.CheckpointCare.Repair;
import dev.stele.domain.port.CheckpointReport;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.RestorePreview;
import dev.stele.domain.port.RestorePreviews;
import dev.stele.domain.port.TreeDiff;
import dev.stele.domain.port.TreeDiffs;
import dev.stele.domain.port.TreeState;
import org.jspecify.annotations.Nullable;

/**
 * What changed in the files of projects: between checkpoints, since one of them, and by a turn; and
 * what a restore would change. Nothing that a user can see is changed by asking. Thread-safe.
 *
 * <p>All methods throw {@link SteleException.Refused} when a checkpoint is unknown or not ready,
 * and {@link dev.stele.domain.port.TreeDiffException} when a state cannot be read.
 */
public final class Changes {
    private final EventFeed feed;
    private final TreeDiffs diffs;
    private final RestorePreviews previews;
    private final CheckpointCare care;
    private final boolean working;

    /**
     * @param working whether this process takes the checkpoints
     */
    Changes(EventFeed feed, Sources sources, boolean working) {
        this.working = working;
        this.feed = feed;
        this.diffs = sources.diffs();
        this.previews = sources.previews();
        this.care = sources.care();
    }

    /** Where it is known from. */
    record Sources(TreeDiffs diffs, RestorePreviews previews, CheckpointCare care) {}

    /**
     * {@return what changed from one checkpoint to another one of the same project}
     *
     * @param from the earlier state
     * @param to the later state
     */
    public TreeDiff between(CheckpointId from, CheckpointId to) {
        OrchestrationReadModel model = feed.model();
        String directory = directory(model, from);
        if (!directory.equals(directory(model, to))) {
            throw new SteleException.Refused(
                    new DeciderError.InvalidInput(
                            "to", "the checkpoint " + to + " belongs to another project."));
        }
        return diffs.diff(directory, held(model, from), held(model, to));
    }

    /**
     * {@return what changed from a checkpoint to the files as they are now}
     *
     * @param from the earlier state
     */
    public TreeDiff since(CheckpointId from) {
        OrchestrationReadModel model = feed.model();
        return diffs.diff(directory(model, from), held(model, from), new TreeState.Current());
    }

    /**
     * {@return a turn's own changes: from the checkpoint before it to the one after it, or to the
     * files as they are now while that one is not taken yet} What other threads did is not among
     * them, since turns in one directory run one after the other. What people changed while the
     * turn ran is: {@link TreeDiff.FileDiff#origin} tells it apart as far as the agent told what it
     * did itself. Costs the reading of the turn's messages.
     *
     * @param turnId the turn
     */
    public TreeDiff of(TurnId turnId) {
        CheckpointId before = CheckpointId.before(turnId);
        CheckpointId after = CheckpointId.after(turnId);
        Checkpoint end = feed.model().checkpoint(after);
        TreeDiff diff = end == null || end.isPending() ? since(before) : between(before, after);
        return new TurnReports(feed, turnId, directory(feed.model(), before)).label(diff);
    }

    /**
     * {@return what a restore of a checkpoint's files would do now}
     *
     * @param checkpointId what would be brought back
     * @param selection which changes would be taken back; null chooses: the own ones of the
     *     checkpoint's thread when anyone else has changed something since, else all
     */
    public RestorePreview restoring(
            CheckpointId checkpointId, @Nullable ChangeSelection selection) {
        OrchestrationReadModel model = feed.model();
        directory(model, checkpointId);
        held(model, checkpointId);
        return previews.preview(model, checkpointId, selection);
    }

    /**
     * {@return what the checkpoints of all projects take up, and what is wrong with them}
     *
     * @param repair whether what crashes have left is removed, all of it Stele's own; and, in the
     *     process that takes the checkpoints, whether Stele's own repositories are packed anew
     */
    public CheckpointReport checkpoints(boolean repair) {
        Repair all = working ? Repair.ALL : Repair.LEFTOVERS;
        return care.examine(feed.model(), repair ? all : Repair.NONE);
    }

    private static String directory(OrchestrationReadModel model, CheckpointId id) {
        Checkpoint checkpoint = model.checkpoint(id);
        String directory = checkpoint == null ? null : model.directoryOf(checkpoint.threadId());
        if (directory == null) {
            throw new SteleException.Refused(new DeciderError.CheckpointNotFound(id));
        }
        return directory;
    }

    private static TreeState held(OrchestrationReadModel model, CheckpointId id) {
        @Nullable Checkpoint checkpoint = model.checkpoint(id);
        return switch (checkpoint == null ? null : checkpoint.state()) {
            case CheckpointState.Ready(var ref, _, _) -> new TreeState.Held(ref);
            case CheckpointState.Thinned(var policy, var at) ->
                    throw new SteleException.Refused(
                            new DeciderError.CheckpointThinned(id, policy, at));
            case CheckpointState.Pending _, CheckpointState.Failed _ ->
                    throw new SteleException.Refused(new DeciderError.CheckpointNotReady(id));
            case null -> throw new SteleException.Refused(new DeciderError.CheckpointNotFound(id));
        };
    }
}
