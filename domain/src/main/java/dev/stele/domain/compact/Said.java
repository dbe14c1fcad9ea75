package dev.stele.domain.compact;

import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.model.GrowingText;
import dev.stele.domain.model.Message.Body;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is said in the messages of a stretch, each with all its pieces in order. Made to compare two
 * tellings of one stretch, also of turns whose words the model does not hold any more.
 */
final class Said {

    private final Map<TurnId, Map<Integer, Body>> messages = new HashMap<>();

    /** All other facts of turns, which nothing may change. */
    private final Map<TurnId, List<TurnEvent>> others = new HashMap<>();

    /** Hears one more fact. */
    void add(OrchestrationEvent event) {
        if (event instanceof TurnEvent e) {
            say(e);
        }
    }

    private void say(TurnEvent event) {
        switch (event) {
            case MessageAppended e -> {
                of(e).put(e.ordinal(), Body.of(e.content(), e.messageId()));
                others.computeIfAbsent(e.turnId(), _ -> new ArrayList<>()).add(withoutContent(e));
            }
            case MessageChunkReceived e ->
                    of(e).merge(
                                    e.ordinal(),
                                    new Body.Speech(GrowingText.of(e.text()), null),
                                    (said, _) -> said.plus(e.text()));
            case ToolCallUpdated e ->
                    of(e).merge(
                                    e.ordinal(),
                                    new Body.Whole(e.change()),
                                    (said, _) -> merged(said, e.change()));
            case TurnStarted _,
                    PlanUpdated _,
                    RetryReported _,
                    TurnCompleted _,
                    TurnFailed _,
                    TurnInterrupted _,
                    TurnDrained _ ->
                    others.computeIfAbsent(event.turnId(), _ -> new ArrayList<>()).add(event);
        }
    }

    private Map<Integer, Body> of(TurnEvent event) {
        return messages.computeIfAbsent(event.turnId(), _ -> new HashMap<>());
    }

    private static MessageAppended withoutContent(MessageAppended e) {
        return new MessageAppended(
                e.turnId(),
                e.ordinal(),
                e.role(),
                ToolCall.of("", null, null),
                e.messageId(),
                e.at());
    }

    private static Body merged(Body said, ToolCall change) {
        return said instanceof Body.Whole(ToolCall call)
                ? new Body.Whole(call.mergedWith(change))
                : said;
    }

    /** Whether both say the same. */
    boolean isEqualTo(Said other) {
        return messages.equals(other.messages) && others.equals(other.others);
    }
}
