package dev.stele.domain.port;

import dev.stele.domain.model.OrchestrationReadModel;

/** The way out: the model, and the facts as they become durable. Thread-safe. */
public interface EventFeed {

    /** {@return the newest durable model; its sequence only grows} */
    OrchestrationReadModel model();

    /**
     * {@return all facts after a place in the log, in order, without a gap: first what is stored,
     * then what comes} Snapshot and tail: {@code subscribe(model().sequence())}.
     *
     * @param afterSequence the last place that is known already; 0 for all
     * @throws IllegalArgumentException when it is negative or beyond the log's end
     */
    EventSubscription subscribe(long afterSequence);
}
