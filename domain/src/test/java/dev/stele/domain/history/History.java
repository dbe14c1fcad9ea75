package dev.stele.domain.history;

import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.decide.Decider;
import dev.stele.domain.decide.Decision;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.project.Projector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A model that lives through commands, with its log. */
final class History {

    private final List<StoredEvent> log = new ArrayList<>();
    private OrchestrationReadModel model = OrchestrationReadModel.EMPTY;

    OrchestrationReadModel model() {
        return model;
    }

    List<StoredEvent> log() {
        return log;
    }

    /** Decides on the model as it is now, and lives through what was accepted. */
    Decision live(OrchestrationCommand command) {
        Decision decision = Decider.decide(command, model);
        if (decision instanceof Decision.Accepted(var events)) {
            events.forEach(this::happen);
        }
        return decision;
    }

    /** Lives through a fact that no command led to. */
    void happen(OrchestrationEvent event) {
        var stored = new StoredEvent(log.size() + 1L, event, Instant.EPOCH);
        log.add(stored);
        model = Projector.project(model, stored);
    }

    /** The model that somebody else makes of a log. */
    static OrchestrationReadModel replay(List<StoredEvent> log) {
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        for (StoredEvent stored : log) {
            model = Projector.project(model, stored);
        }
        return model;
    }
}
