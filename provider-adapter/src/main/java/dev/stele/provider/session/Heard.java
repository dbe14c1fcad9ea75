package dev.stele.provider.session;

import dev.stele.contracts.ProviderEvent;
import dev.stele.provider.rpc.RpcMessage;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What a message of the agent comes to.
 *
 * @param events what it means, in order
 * @param replies what is sent at once, in order; a request's id is given by the connection
 */
public record Heard(List<ProviderEvent> events, List<RpcMessage> replies) {

    /** It means nothing. */
    public static final Heard NOTHING = new Heard(List.of(), List.of());

    /** Makes the lists immutable. */
    public Heard {
        events = List.copyOf(events);
        replies = List.copyOf(replies);
    }

    /** Events, and nothing to say to them. */
    public static Heard of(List<ProviderEvent> events) {
        return events.isEmpty() ? NOTHING : new Heard(events, List.of());
    }

    /** An event, and nothing to say to it. */
    public static Heard of(ProviderEvent event) {
        return of(List.of(event));
    }

    /** The same, with an answer. */
    public Heard answeredBy(RpcMessage reply) {
        return new Heard(events, List.of(reply));
    }

    /** A request that asks for something that is not on offer. */
    public static RpcMessage unknownMethod(RpcMessage.Request request) {
        return refusal(
                request.id(),
                RpcMessage.METHOD_NOT_FOUND,
                "Stele does not offer " + request.method());
    }

    /**
     * The refusal of a request.
     *
     * @param requestId the request; JSON's null when it has no id
     * @param code the kind of refusal
     * @param why a line for people
     */
    public static RpcMessage refusal(JsonNode requestId, int code, String why) {
        return new RpcMessage.Failure(requestId, code, why, MissingNode.getInstance());
    }
}
