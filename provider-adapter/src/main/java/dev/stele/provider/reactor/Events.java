package dev.stele.provider.reactor;

import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ProviderEvent.SessionUpdate;
import dev.stele.provider.rpc.Json;

/** What the reactor has to know of provider events. */
final class Events {

    private Events() {}

    /** Whether it is the end of a turn. */
    static boolean endsTurn(ProviderEvent event) {
        return event instanceof ProviderEvent.TurnComplete || event instanceof ProviderEvent.Error;
    }

    /** Whether it belongs to the turn in which it comes; news of the session belong to none. */
    static boolean belongsToTurn(ProviderEvent event) {
        return !(event instanceof SessionUpdate);
    }

    /** Whether it can stand without a turn. */
    static boolean needsNoTurn(ProviderEvent event) {
        return event instanceof SessionUpdate
                || event instanceof ProviderEvent.UsageUpdate
                || event instanceof ProviderEvent.Notice;
    }

    /** The text as JSON. */
    static String jsonString(String text) {
        return Json.write(Json.string(text));
    }
}
