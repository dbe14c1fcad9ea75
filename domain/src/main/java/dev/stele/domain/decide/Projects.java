package dev.stele.domain.decide;

import static dev.stele.domain.decide.Decision.accept;

import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.DuplicateProjectPath;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.ProjectAlreadyExists;
import dev.stele.domain.command.DeciderError.ProjectNotFound;
import dev.stele.domain.command.OrchestrationCommand.CreateProject;
import dev.stele.domain.command.OrchestrationCommand.DeleteProject;
import dev.stele.domain.command.OrchestrationCommand.RenameProject;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectCreated;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectDeleted;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectRenamed;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Directories;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.Project;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of a project: one directory each. */
final class Projects {

    private Projects() {}

    static Decision create(CreateProject c, OrchestrationReadModel model) {
        DeciderError invalid =
                Fields.first(
                        Fields.notBlank("name", c.name()),
                        absolute(c.path()),
                        c.node() == null ? null : Fields.notBlank("node", c.node()));
        if (invalid != null) {
            return Decision.reject(invalid);
        }
        if (UsedIds.contains(c.projectId(), model)) {
            return Decision.reject(new ProjectAlreadyExists(c.projectId()));
        }
        ProjectId owner = model.projectAt(new Place(c.path(), c.node()));
        return owner != null
                ? Decision.reject(new DuplicateProjectPath(c.path(), owner))
                : accept(new ProjectCreated(c.projectId(), c.name(), c.path(), c.node(), c.at()));
    }

    static @Nullable InvalidInput absolute(String path) {
        return Directories.isAbsolute(path)
                ? null
                : new InvalidInput("path", "it is not an absolute path.");
    }

    static Decision delete(DeleteProject c, OrchestrationReadModel model) {
        Project project = model.project(c.projectId());
        if (project == null) {
            return Decision.reject(new ProjectNotFound(c.projectId()));
        }
        List<Project> all = new ArrayList<>(Worktrees.of(project.id(), model));
        all.add(project);
        List<OrchestrationEvent> events = new ArrayList<>();
        for (Project one : all) {
            DeciderError still = Worktrees.stillThere(one, model);
            if (still != null) {
                return Decision.reject(still);
            }
            events.addAll(deletion(one, model, c.at()));
        }
        return new Decision.Accepted(events);
    }

    /** The end of a project: turns that are open end first. */
    static List<OrchestrationEvent> deletion(
            Project project, OrchestrationReadModel model, Instant at) {
        List<OrchestrationEvent> events = new ArrayList<>();
        for (ThreadId threadId : project.threads().values()) {
            ChatThread thread = model.thread(threadId);
            if (thread != null) {
                events.addAll(TurnEnds.ofDeletedThread(thread, model, at));
            }
        }
        events.add(new ProjectDeleted(project.id(), at));
        return events;
    }

    static Decision rename(RenameProject c, OrchestrationReadModel model) {
        InvalidInput invalid = Fields.notBlank("name", c.name());
        if (invalid != null) {
            return Decision.reject(invalid);
        }
        return model.project(c.projectId()) == null
                ? Decision.reject(new ProjectNotFound(c.projectId()))
                : accept(new ProjectRenamed(c.projectId(), c.name()));
    }
}
