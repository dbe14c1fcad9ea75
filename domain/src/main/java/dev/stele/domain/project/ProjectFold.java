package dev.stele.domain.project;

import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectCreated;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectPolicySet;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectRenamed;
import dev.stele.domain.model.ActionPolicy;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import io.vavr.collection.TreeMap;
import io.vavr.collection.Vector;

/** What facts about projects change. */
final class ProjectFold {

    private ProjectFold() {}

    static OrchestrationReadModel created(OrchestrationReadModel model, ProjectCreated e) {
        return model.project(e.projectId()) != null
                ? model
                : model.with(
                        new Project(
                                e.projectId(),
                                e.name(),
                                e.path(),
                                e.node(),
                                e.at(),
                                TreeMap.empty(),
                                0,
                                Vector.empty(),
                                ActionPolicy.NONE));
    }

    static OrchestrationReadModel renamed(OrchestrationReadModel model, ProjectRenamed e) {
        Project project = model.project(e.projectId());
        return project == null ? model : model.with(project.withName(e.name()));
    }

    static OrchestrationReadModel policy(OrchestrationReadModel model, ProjectPolicySet e) {
        Project project = model.project(e.projectId());
        return project == null ? model : model.with(project.withPolicy(e.policy()));
    }
}
