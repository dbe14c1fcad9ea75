package dev.stele.domain.project;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.MessageContent.ToolResult;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.ToolCallUpdated;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.Message.Body;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Turn;

/** What facts about what is said change. */
final class MessageFold {

    private MessageFold() {}

    static OrchestrationReadModel appended(OrchestrationReadModel model, MessageAppended e) {
        Turn turn = model.turn(e.turnId());
        if (turn == null || e.ordinal() != turn.messages().size()) {
            return model;
        }
        var message =
                new Message(e.ordinal(), e.role(), Body.of(e.content(), e.messageId()), e.at());
        Turn longer = turn.withMessages(turn.messages().append(message));
        return model.with(withCalls(longer, e.ordinal(), e.content()));
    }

    private static Turn withCalls(Turn turn, int ordinal, MessageContent content) {
        if (content instanceof ToolCall call) {
            return turn.withCalls(
                    turn.toolCalls().put(call.id(), ordinal), turn.openCalls().add(ordinal));
        }
        return content instanceof ToolResult result
                ? turn.withCalls(
                        turn.toolCalls(),
                        turn.openCalls()
                                .remove(turn.toolCalls().getOrElse(result.toolCallId(), -1)))
                : turn;
    }

    static OrchestrationReadModel chunk(OrchestrationReadModel model, MessageChunkReceived e) {
        Turn turn = model.turn(e.turnId());
        Message message = turn == null ? null : turn.message(e.ordinal());
        return turn == null || message == null
                ? model
                : model.with(replaced(turn, message, message.body().plus(e.text())));
    }

    static OrchestrationReadModel toolCall(OrchestrationReadModel model, ToolCallUpdated e) {
        Turn turn = model.turn(e.turnId());
        Message message = turn == null ? null : turn.message(e.ordinal());
        return turn != null
                        && message != null
                        && message.body() instanceof Body.Whole(ToolCall call)
                ? model.with(replaced(turn, message, new Body.Whole(call.mergedWith(e.change()))))
                : model;
    }

    private static Turn replaced(Turn turn, Message message, Body body) {
        return turn.withMessages(
                turn.messages()
                        .update(
                                message.ordinal(),
                                new Message(
                                        message.ordinal(), message.role(), body, message.at())));
    }
}
