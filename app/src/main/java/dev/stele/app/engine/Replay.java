package dev.stele.app.engine;

import dev.stele.domain.event.OrchestrationEvent.LogEvent.UnknownEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.project.Projector;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a model up to the end of the log by folding what it has not seen yet, page by page. */
public final class Replay {
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

    private final EventStore store;
    private final int page;

    /**
     * A replay of a store.
     *
     * @param store the log
     * @param page how many facts are read at once, from 1
     */
    public Replay(EventStore store, int page) {
        this.store = store;
        this.page = page;
    }

    /**
     * {@return the model at the log's end}
     *
     * @param model where to begin; {@link OrchestrationReadModel#EMPTY} for the whole log
     * @param listener hears of each page
     * @throws StoreException when the log cannot be read, or ends before the model
     */
    public OrchestrationReadModel catchUp(OrchestrationReadModel model, ReplayListener listener) {
        OrchestrationReadModel newest = reach(store.head(), model, listener);
        if (!newest.log().isReadable() && !newest.log().equals(model.log())) {
            LOG.warn("{}", Losses.sentence(newest.log()));
        }
        return newest;
    }

    /**
     * {@return the model as it stood at a place in the log}
     *
     * @param sequence the place; 0 for the empty model
     * @param listener hears of each page
     * @throws IllegalArgumentException when the log has no such place
     * @throws StoreException when the log cannot be read
     */
    public OrchestrationReadModel at(long sequence, ReplayListener listener) {
        long head = store.head();
        if (sequence < 0 || sequence > head) {
            throw new IllegalArgumentException(
                    "the log has the places 0 to " + head + ", and none at " + sequence);
        }
        OrchestrationReadModel kept = store.snapshots().newest();
        return reach(
                sequence,
                kept.sequence() <= sequence ? kept : OrchestrationReadModel.EMPTY,
                listener);
    }

    private OrchestrationReadModel reach(
            long head, OrchestrationReadModel model, ReplayListener listener) {
        OrchestrationReadModel newest = model;
        while (newest.sequence() != head) {
            newest = fold(newest, pageAfter(newest.sequence(), head));
            listener.replayed(newest.sequence(), head);
        }
        return newest;
    }

    /**
     * Folds the whole log, and compares it with what a start would go on from: the newest snapshot
     * and the facts after it.
     *
     * @param listener hears of each page
     * @return whether both are equal, and where they stand
     * @throws StoreException when the log cannot be read
     */
    public ModelComparison compare(ReplayListener listener) {
        long head = store.head();
        OrchestrationReadModel kept = store.snapshots().newest();
        OrchestrationReadModel started = reach(head, kept, ReplayListener.SILENT);
        OrchestrationReadModel replayed = reach(head, OrchestrationReadModel.EMPTY, listener);
        return new ModelComparison(kept.sequence(), head, started.equals(replayed));
    }

    /**
     * The next facts after a place.
     *
     * @param sequence the place
     * @param head where the log ends at least
     * @return at least one fact, and none beyond the head
     * @throws StoreException when there is none although the log is said to go on
     */
    List<StoredEvent> pageAfter(long sequence, long head) {
        int limit = (int) Math.min(page, head - sequence);
        List<StoredEvent> events = limit < 1 ? List.of() : store.read(sequence, limit);
        if (events.isEmpty()) {
            throw new StoreException.Damaged(
                    "The log ends at "
                            + head
                            + " and has nothing to show after "
                            + sequence
                            + ": it was cut or replaced. Restore it from a backup.",
                    null);
        }
        return events;
    }

    private static void report(long sequence, UnknownEvent unknown) {
        LOG.warn(
                "The fact {} is of the type {} in version {}, which this Stele does not know. It is"
                        + " kept, and means nothing here; the newer Stele that wrote it reads it.",
                sequence,
                unknown.name(),
                unknown.version());
    }

    static OrchestrationReadModel fold(OrchestrationReadModel model, List<StoredEvent> events) {
        OrchestrationReadModel newest = model;
        for (StoredEvent event : events) {
            if (event.event() instanceof UnknownEvent unknown) {
                report(event.sequence(), unknown);
            }
            newest = Projector.project(newest, event);
        }
        return newest;
    }
}
