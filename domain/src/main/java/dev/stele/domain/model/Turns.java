package dev.stele.domain.model;

import dev.stele.contracts.TurnId;
import io.vavr.collection.HashMap;
import io.vavr.collection.Vector;
import org.jspecify.annotations.Nullable;

/**
 * The turns of all threads. Those whose agents may still speak stand apart: nearly every fact is
 * about one of these few, and costs the same however many turns there ever were.
 *
 * @param live the turns that are open or draining
 * @param over all others
 */
public record Turns(HashMap<TurnId, Turn> live, HashMap<TurnId, Turn> over) {

    /** Nobody ever asked for anything. */
    public static final Turns NONE = new Turns(HashMap.empty(), HashMap.empty());

    /**
     * {@return the turn, or null}
     *
     * @param id its id
     */
    public @Nullable Turn find(TurnId id) {
        Turn turn = live.getOrElse(id, null);
        return turn != null ? turn : over.getOrElse(id, null);
    }

    /**
     * {@return whether there is such a turn}
     *
     * @param id its id
     */
    public boolean contains(TurnId id) {
        return live.containsKey(id) || over.containsKey(id);
    }

    /** {@return how many there are} */
    public int size() {
        return live.size() + over.size();
    }

    /** {@return all of them, in no order that means anything} */
    public Vector<Turn> values() {
        return live.values().toVector().appendAll(over.values());
    }

    /**
     * {@return these with a turn added or replaced}
     *
     * @param turn the turn
     */
    public Turns plus(Turn turn) {
        TurnId id = turn.id();
        if (turn.state().isLive()) {
            return new Turns(live.put(id, turn), live.containsKey(id) ? over : over.remove(id));
        }
        return new Turns(live.containsKey(id) ? live.remove(id) : live, over.put(id, turn));
    }

    /**
     * {@return these without some of them}
     *
     * @param ids the turns
     */
    public Turns minusAll(Iterable<TurnId> ids) {
        return new Turns(live.removeAll(ids), over.removeAll(ids));
    }
}
