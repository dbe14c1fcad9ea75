package dev.stele.app;

import dev.stele.app.engine.ReplayListener;
import dev.stele.domain.compact.Absorption;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.EventFeed;
import org.jspecify.annotations.Nullable;

/** A log that can be looked at as it stood at any time. Thread-safe. */
public interface History extends EventFeed {

    /**
     * {@return the model as it stood at a place in the log} It is folded anew, from nothing or from
     * a snapshot that is not newer; costs the reading of the log from there to the place. Where the
     * log was compacted it may be the nearest state that is kept: {@link #absorptionAt} tells.
     *
     * @param sequence the place of the last fact that it knows; 0 for the empty model
     * @param listener hears how far reading is
     * @throws IllegalArgumentException when the log has no such place
     * @throws dev.stele.domain.port.StoreException when the log cannot be read
     */
    OrchestrationReadModel modelAt(long sequence, ReplayListener listener);

    /**
     * {@return how the model at a place differs from the one that was there, since the log was
     * compacted; null when it does not} Costs the reading of a few thousand facts.
     *
     * @param sequence the place; 0 for the empty model
     * @throws IllegalArgumentException when the log has no such place
     * @throws dev.stele.domain.port.StoreException when the log cannot be read
     */
    default @Nullable Absorption absorptionAt(long sequence) {
        if (sequence < 0 || sequence > model().sequence()) {
            throw new IllegalArgumentException("the log has no place " + sequence);
        }
        return sequence == 0 ? null : Absorption.at(this, sequence);
    }

    /**
     * {@return why a fact is in the log} Costs the reading of all receipts, and of the log from the
     * fact back to what it answers.
     *
     * @param sequence the fact's place
     * @throws IllegalArgumentException when the log has no such fact
     * @throws dev.stele.domain.port.StoreException when the log cannot be read
     */
    Cause why(long sequence);
}
