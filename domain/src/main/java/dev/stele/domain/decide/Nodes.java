package dev.stele.domain.decide;

import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.ProjectElsewhere;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.ChangeWriter;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.WriterChanged;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.LogState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Turn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of a log that several nodes share: one writes, and works on its own directories. */
final class Nodes {

    private static final Comparator<Turn> TICKETS = Comparator.comparingLong(Turn::ticket);

    private Nodes() {}

    static Decision change(ChangeWriter c, OrchestrationReadModel model) {
        LogState.Writer before = model.log().writer();
        DeciderError refusal =
                Fields.first(
                        Fields.notBlank("node", c.node()),
                        before != null && before.token() >= c.token()
                                ? new InvalidInput("token", "a later writer is in the log already.")
                                : null);
        if (refusal != null) {
            return Decision.reject(refusal);
        }
        List<OrchestrationEvent> events = new ArrayList<>();
        events.add(new WriterChanged(c.node(), c.token(), c.at()));
        for (Turn turn : model.turns().live().values().toVector().sorted(TICKETS)) {
            ChatThread thread = model.thread(turn.threadId());
            Place place = model.placeOf(turn.threadId());
            if (thread != null && place != null && !place.mayBeOn(c.node())) {
                events.addAll(TurnEnds.failed(turn, thread, cutOff(place), c.at()));
            }
        }
        return new Decision.Accepted(events);
    }

    private static ProviderError cutOff(Place place) {
        return new ProviderError(
                ProviderError.Scope.PROCESS,
                ProviderError.Kind.CRASH,
                "The node "
                        + place.node()
                        + " stopped writing to the log while the turn was running, and ends its"
                        + " agent by itself. What the agent did until then is in the project; send"
                        + " the prompt again when that node writes.",
                null,
                null,
                true);
    }

    /** Why work outside cannot be done in a project now, or null when it can. */
    static @Nullable ProjectElsewhere elsewhere(ProjectId id, OrchestrationReadModel model) {
        Project project = model.project(id);
        LogState.Writer writer = model.log().writer();
        if (project == null || writer == null) {
            return null;
        }
        String node = project.node();
        return node == null || node.equals(writer.node()) ? null : new ProjectElsewhere(id, node);
    }

    /** Why work outside cannot be done for a thread now, or null when it can. */
    static @Nullable ProjectElsewhere elsewhere(ThreadId id, OrchestrationReadModel model) {
        ChatThread thread = model.thread(id);
        return thread == null ? null : elsewhere(thread.projectId(), model);
    }
}
