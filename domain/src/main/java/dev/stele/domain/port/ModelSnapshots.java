package dev.stele.domain.port;

import dev.stele.domain.model.OrchestrationReadModel;

/**
 * Models kept beside a log, so that opening it need not fold all of its facts. A snapshot is a
 * shortcut and never the truth: it is only used when it is whole, was folded by this version of the
 * projector, and belongs to this very log; else it is as if there were none. Thread-safe.
 */
public interface ModelSnapshots {

    /** Keeps nothing. */
    ModelSnapshots NONE =
            new ModelSnapshots() {
                @Override
                public OrchestrationReadModel newest() {
                    return OrchestrationReadModel.EMPTY;
                }

                @Override
                public void keep(OrchestrationReadModel model) {
                    // there is no place for it
                }
            };

    /**
     * {@return the newest model that may be used, or {@link OrchestrationReadModel#EMPTY} when
     * there is none} Whatever is wrong with a snapshot is no failure.
     */
    OrchestrationReadModel newest();

    /**
     * Keeps a model in place of the one kept before, or leaves that as it is when it fails. Costs
     * the size of the model; appends go on beside it.
     *
     * @param model what all facts up to its sequence amount to; they are durable
     * @throws StoreException when it cannot be kept
     */
    void keep(OrchestrationReadModel model);
}
