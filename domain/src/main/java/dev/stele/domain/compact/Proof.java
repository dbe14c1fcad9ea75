package dev.stele.domain.compact;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.project.Projector;
import java.util.List;
import java.util.Map;

/** Folds a stretch of the log as it is and as it is to be, and compares what they amount to. */
public sealed interface Proof {

    /**
     * Both amount to the same.
     *
     * @param model the model after the stretch
     */
    record Equal(OrchestrationReadModel model) implements Proof {}

    /**
     * They do not.
     *
     * @param why a clause
     */
    record Different(String why) implements Proof {}

    /**
     * {@return whether a stretch amounts to the same when some of its facts are others: to an equal
     * model, and to equal words of each message} Costs the size of the model.
     *
     * @param before the model before the stretch
     * @param stretch its facts, in order
     * @param changed the facts that are others, by their places
     */
    static Proof of(
            OrchestrationReadModel before,
            List<StoredEvent> stretch,
            Map<Long, OrchestrationEvent> changed) {
        OrchestrationReadModel original = before;
        OrchestrationReadModel other = before;
        var said = new Said();
        var saidOtherwise = new Said();
        for (StoredEvent stored : stretch) {
            StoredEvent instead = instead(stored, changed);
            original = Projector.project(original, stored);
            other = Projector.project(other, instead);
            said.add(stored.event());
            saidOtherwise.add(instead.event());
        }
        if (!said.isEqualTo(saidOtherwise)) {
            return new Different("what was said would not be the same");
        }
        return original.equals(other)
                ? new Equal(original)
                : new Different("the model would not be the same");
    }

    /**
     * {@return a fact as it is to be}
     *
     * @param stored as it is
     * @param changed the facts that are others, by their places
     */
    static StoredEvent instead(StoredEvent stored, Map<Long, OrchestrationEvent> changed) {
        OrchestrationEvent other = changed.get(stored.sequence());
        return other == null
                ? stored
                : new StoredEvent(stored.sequence(), other, stored.storedAt());
    }
}
