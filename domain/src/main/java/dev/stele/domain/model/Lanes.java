package dev.stele.domain.model;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.TurnId;
import io.vavr.collection.TreeMap;
import io.vavr.collection.Vector;
import java.util.function.Predicate;

/**
 * Who works on a directory, in the order of the requests. Work on overlapping directories runs one
 * after the other; all that is open stands here, so that a restart finds the same order.
 *
 * <p>A turn holds its lane from its start until its {@code -after} checkpoint is ready or has
 * failed; its two checkpoints are part of it and take no place of their own. Neither does the
 * safety checkpoint of a restore.
 *
 * @param nextTicket the place of the next request
 * @param open the open work by its place
 */
public record Lanes(long nextTicket, TreeMap<Long, Work> open) {

    /** Nobody works anywhere. */
    public static final Lanes EMPTY = new Lanes(1, TreeMap.empty());

    /**
     * {@return these with one more request, at {@link #nextTicket}}
     *
     * @param work what is to be done, and where
     */
    public Lanes plus(Work work) {
        return new Lanes(nextTicket + 1, open.put(nextTicket, work));
    }

    /**
     * {@return these without a request, since it is settled}
     *
     * @param ticket its place; an unknown one changes nothing
     */
    public Lanes minus(long ticket) {
        return open.containsKey(ticket) ? new Lanes(nextTicket, open.remove(ticket)) : this;
    }

    /**
     * {@return these without all the requests that a condition names}
     *
     * @param condition whether a request is to go
     */
    public Lanes minusAll(Predicate<Work> condition) {
        return new Lanes(nextTicket, open.rejectValues(condition));
    }

    /** {@return all work that may go on now: nothing older is open in an overlapping directory} */
    public Vector<Work> ready() {
        Vector<Work> ready = Vector.empty();
        Vector<Place> taken = Vector.empty();
        for (Work work : open.values()) {
            if (!taken.exists(work.place()::overlaps)) {
                ready = ready.append(work);
            }
            taken = taken.append(work.place());
        }
        return ready;
    }

    /**
     * {@return whether the work at a place may go on now}
     *
     * @param ticket its place
     */
    public boolean isReady(long ticket) {
        Work mine = open.getOrElse(ticket, null);
        return mine != null
                && open.iterator()
                        .takeWhile(entry -> entry._1 < ticket)
                        .forAll(e -> !e._2.place().overlaps(mine.place()));
    }

    /** Work on a directory. */
    public sealed interface Work {

        /** {@return the directory, and the node that has it} */
        Place place();

        /** {@return the directory, absolute and canonical} */
        default String directory() {
            return place().path();
        }

        /**
         * A turn with its two checkpoints.
         *
         * @param place where
         * @param turnId the turn
         */
        record TurnWork(Place place, TurnId turnId) implements Work {}

        /**
         * A checkpoint that belongs to no turn's start or end.
         *
         * @param place where
         * @param checkpointId the checkpoint
         */
        record CheckpointWork(Place place, CheckpointId checkpointId) implements Work {}

        /**
         * A restore with its safety checkpoint, or a commit.
         *
         * @param place where
         * @param operationId the operation
         */
        record OperationWork(Place place, OperationId operationId) implements Work {}
    }
}
