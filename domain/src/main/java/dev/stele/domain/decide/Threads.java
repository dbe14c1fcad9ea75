package dev.stele.domain.decide;

import static dev.stele.domain.decide.Decision.accept;

import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.ProjectNotFound;
import dev.stele.domain.command.DeciderError.ThreadAlreadyExists;
import dev.stele.domain.command.DeciderError.ThreadNotFound;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.DeleteThread;
import dev.stele.domain.command.OrchestrationCommand.SelectThread;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadCreated;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadDeleted;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadSelected;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.OrchestrationReadModel;
import java.util.ArrayList;
import java.util.List;

/** The rules of a thread. */
final class Threads {

    private Threads() {}

    static Decision create(CreateThread c, OrchestrationReadModel model) {
        DeciderError invalid =
                Fields.first(
                        Fields.notBlank("title", c.title()), Fields.notBlank("agent", c.agent()));
        if (invalid != null) {
            return Decision.reject(invalid);
        }
        if (model.project(c.projectId()) == null) {
            return Decision.reject(new ProjectNotFound(c.projectId()));
        }
        return UsedIds.contains(c.threadId(), model)
                ? Decision.reject(new ThreadAlreadyExists(c.threadId()))
                : accept(
                        new ThreadCreated(
                                c.threadId(), c.projectId(), c.title(), c.agent(), c.at()));
    }

    static Decision delete(DeleteThread c, OrchestrationReadModel model) {
        ChatThread thread = model.thread(c.threadId());
        if (thread == null) {
            return Decision.reject(new ThreadNotFound(c.threadId()));
        }
        List<OrchestrationEvent> events =
                new ArrayList<>(TurnEnds.ofDeletedThread(thread, model, c.at()));
        events.add(new ThreadDeleted(thread.id(), c.at()));
        return new Decision.Accepted(events);
    }

    static Decision select(SelectThread c, OrchestrationReadModel model) {
        return model.thread(c.threadId()) == null
                ? Decision.reject(new ThreadNotFound(c.threadId()))
                : accept(new ThreadSelected(c.threadId()));
    }
}
