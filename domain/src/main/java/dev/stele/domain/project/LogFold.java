package dev.stele.domain.project;

import dev.stele.domain.event.OrchestrationEvent.LogEvent.LogLossAccepted;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.UnreadableEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.WriterChanged;
import dev.stele.domain.model.LogState;
import dev.stele.domain.model.OrchestrationReadModel;

/** Folds facts about the log itself. */
final class LogFold {

    private LogFold() {}

    /** A fact cannot be read: it is the one that comes after those of the model. */
    static OrchestrationReadModel unreadable(OrchestrationReadModel model, UnreadableEvent event) {
        return model.withLog(model.log().withUnreadable(model.sequence() + 1, event.why()));
    }

    static OrchestrationReadModel writer(OrchestrationReadModel model, WriterChanged event) {
        return model.withLog(
                model.log()
                        .withWriter(new LogState.Writer(event.node(), event.token(), event.at())));
    }

    static OrchestrationReadModel lossAccepted(
            OrchestrationReadModel model, LogLossAccepted event) {
        return model.withLog(model.log().withAccepted(event.sequences()));
    }
}
