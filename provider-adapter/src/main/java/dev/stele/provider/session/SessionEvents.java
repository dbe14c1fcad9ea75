package dev.stele.provider.session;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.ProviderEvent;
import java.util.List;

/** Where the events of a session go. */
public interface SessionEvents {

    /**
     * An id for a question of the open turn that was never used.
     *
     * @return the id
     */
    ActionId newActionId();

    /**
     * Takes events. Called under the session's lock, so that their order is the session's: it must
     * return at once.
     *
     * @param events what happened, in order, never empty
     */
    void add(List<ProviderEvent> events);

    /**
     * Waits while too many events are on their way, so that the agent's pipe fills up. Called
     * without the lock.
     */
    void awaitRoom();
}
