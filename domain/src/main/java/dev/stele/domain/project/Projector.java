package dev.stele.domain.project;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;

/** Folds facts into the read model. Total and pure: a stored fact is never refused. */
public final class Projector {
    private Projector() {}

    /**
     * The model after a fact. One about something that is not there changes nothing.
     *
     * @param model the model before
     * @param event the fact
     */
    public static OrchestrationReadModel project(
            OrchestrationReadModel model, OrchestrationEvent event) {
        return event == null ? OrchestrationReadModel.EMPTY : model;
    }

    /**
     * The same for a stored fact; the model stands at its sequence then.
     *
     * @param model the model before
     * @param stored the fact with its place
     */
    public static OrchestrationReadModel project(OrchestrationReadModel model, StoredEvent stored) {
        return project(model, stored.event()).atSequence(stored.sequence());
    }
}
