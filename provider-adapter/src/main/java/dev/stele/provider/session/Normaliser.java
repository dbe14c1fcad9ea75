package dev.stele.provider.session;

import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ProviderEvent.Notice;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Turns the messages of one session, of both directions and in order, into provider events. A state
 * machine without I/O: it throws at nothing that an agent sends. Not thread-safe.
 *
 * <p>A turn is open from our prompt until the agent's end of it. It ends in exactly one {@link
 * ProviderEvent.TurnComplete} or {@link ProviderEvent.Error}. Outside a turn there are only {@link
 * ProviderEvent.SessionUpdate}, {@link ProviderEvent.UsageUpdate} and {@link Notice}; of a session
 * that is loaded again, what was said before is dropped. Tool calls and questions that are open at
 * a turn's end are not closed here: the decider does it for every way in which a turn ends.
 */
public interface Normaliser {

    /**
     * A message of ours that goes out.
     *
     * @param message the message
     */
    void sending(RpcMessage message);

    /**
     * A message of the agent.
     *
     * @param message the message
     * @return what it means, and what it is answered at once
     */
    Heard received(RpcMessage message);

    /**
     * Nothing more will come, or nothing more is waited for: ends the open turn, if any.
     *
     * @param error why
     */
    List<ProviderEvent> broken(ProviderError error);

    /** Whether a prompt waits for its end. */
    boolean isInTurn();

    /** What the agent waits for, oldest first. */
    List<Question> questions();

    /**
     * Something came that is no message.
     *
     * @param text its beginning
     */
    default List<ProviderEvent> garbage(String text) {
        return List.of(new Notice("not_a_message", Json.write(Json.string(text))));
    }

    /**
     * What nobody knows, kept as it came.
     *
     * @param kind the protocol's name of it
     * @param raw the whole
     */
    static Notice notice(String kind, JsonNode raw) {
        return new Notice(kind, raw.isMissingNode() ? "null" : Json.write(raw));
    }
}
