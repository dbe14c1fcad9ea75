package dev.stele.app.engine;

import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Place;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.EventSubscription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The feed as the reactors of one node see it: work and directories of other nodes are left out of
 * the model. Facts are all told. Thread-safe.
 */
final class NodeFeed implements EventFeed {
    private final EventFeed all;
    private final String node;
    private volatile View newest;

    /** What was last asked for, since it is asked for often and seldom differs. */
    private record View(OrchestrationReadModel whole, OrchestrationReadModel part) {}

    NodeFeed(EventFeed all, String node) {
        this.all = all;
        this.node = node;
        OrchestrationReadModel whole = all.model();
        this.newest = new View(whole, part(whole));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // equal models are not worth comparing
    public OrchestrationReadModel model() {
        OrchestrationReadModel whole = all.model();
        View view = newest;
        if (view.whole() == whole) {
            return view.part();
        }
        OrchestrationReadModel part =
                isWorkTheSame(view.whole(), whole) ? withWorkOf(view.part(), whole) : part(whole);
        newest = new View(whole, part);
        return part;
    }

    private OrchestrationReadModel part(OrchestrationReadModel whole) {
        return whole.withProjects(
                        whole.projects().filterValues(p -> p.place().mayBeOn(node)),
                        whole.projectsByPath())
                .withLanes(whole.lanes().minusAll(work -> !work.place().mayBeOn(node)))
                .withOperations(
                        whole.operations(),
                        whole.openOperations().filter(id -> isHere(whole.placeOf(id))));
    }

    private boolean isHere(@Nullable Place place) {
        return place != null && place.mayBeOn(node);
    }

    private static OrchestrationReadModel withWorkOf(
            OrchestrationReadModel part, OrchestrationReadModel whole) {
        return whole.withProjects(part.projects(), whole.projectsByPath())
                .withLanes(part.lanes())
                .withOperations(whole.operations(), part.openOperations());
    }

    @SuppressWarnings("ReferenceEquality") // what nothing has changed is the same
    private static boolean isWorkTheSame(
            OrchestrationReadModel before, OrchestrationReadModel after) {
        return before.projects() == after.projects()
                && before.lanes() == after.lanes()
                && before.openOperations() == after.openOperations();
    }

    @Override
    public EventSubscription subscribe(long afterSequence) {
        return all.subscribe(afterSequence);
    }

    @Override
    public List<StoredEvent> page(long afterSequence, int limit) {
        return all.page(afterSequence, limit);
    }
}
