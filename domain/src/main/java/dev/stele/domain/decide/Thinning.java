package dev.stele.domain.decide;

import static dev.stele.domain.decide.Decision.accept;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.ProjectNotFound;
import dev.stele.domain.command.OrchestrationCommand.ThinCheckpoints;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointsThinned;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.domain.model.ThinningVerdict;
import dev.stele.domain.model.ThinningVerdict.Fate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which old checkpoints are given up. Pure. */
public final class Thinning {

    /** How many checkpoints one fact names at most. */
    private static final int MOST = 1_000;

    private Thinning() {}

    /**
     * {@return what a policy means for all ready checkpoints of a project, those of a thread
     * together and oldest first}
     *
     * @param projectId the project; an unknown one has none
     * @param policy which are kept
     * @param now ages count to then
     * @param model tells the checkpoints
     */
    public static List<ThinningVerdict> judge(
            ProjectId projectId, ThinningPolicy policy, Instant now, OrchestrationReadModel model) {
        List<ThinningVerdict> verdicts = new ArrayList<>();
        Project project = model.project(projectId);
        if (project != null) {
            for (ThreadId id : project.threads().values()) {
                ChatThread thread = model.thread(id);
                if (thread != null) {
                    verdicts.addAll(new ThreadThinning(thread, policy, now, model).judge());
                }
            }
        }
        return verdicts;
    }

    static Decision thin(ThinCheckpoints c, OrchestrationReadModel model) {
        DeciderError refusal =
                Fields.first(
                        model.project(c.projectId()) == null
                                ? new ProjectNotFound(c.projectId())
                                : null,
                        days(c.policy()),
                        OperationIds.check("operationId", c.operationId(), model),
                        Nodes.elsewhere(c.projectId(), model));
        if (refusal != null) {
            return Decision.reject(refusal);
        }
        List<CheckpointId> thinned =
                judge(c.projectId(), c.policy(), c.at(), model).stream()
                        .filter(verdict -> verdict.fate() == Fate.THINNED)
                        .map(ThinningVerdict::checkpointId)
                        .limit(MOST)
                        .toList();
        return thinned.isEmpty()
                ? accept()
                : accept(
                        new CheckpointsThinned(
                                c.operationId(), c.projectId(), thinned, c.policy(), c.at()));
    }

    private static @Nullable InvalidInput days(ThinningPolicy policy) {
        if (policy.keepAllDays() < 1) {
            return new InvalidInput("keepAllDays", "it is below 1.");
        }
        return policy.keepDailyDays() < policy.keepAllDays()
                ? new InvalidInput("keepDailyDays", "it is below keepAllDays.")
                : null;
    }
}
