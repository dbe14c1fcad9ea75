package dev.stele.domain.project;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.MessageContent.ToolResult;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.ToolCallUpdated;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.Message.Body;
import dev.stele.domain.model.Transcript.Live;

/** What facts about what is said change. */
final class MessageFold {

    private MessageFold() {}

    static Live appended(Live said, MessageAppended e) {
        return e.ordinal() == said.size()
                ? withCalls(
                        said.withMessages(said.messages().append(begun(e))),
                        e.ordinal(),
                        e.content())
                : said;
    }

    private static Live withCalls(Live said, int ordinal, MessageContent content) {
        return switch (content) {
            case ToolCall call ->
                    said.withCalls(
                            said.toolCalls().put(call.id(), ordinal),
                            said.openCalls().add(ordinal));
            case ToolResult result ->
                    said.withCalls(
                            said.toolCalls(),
                            said.openCalls()
                                    .remove(said.toolCalls().getOrElse(result.toolCallId(), -1)));
            case MessageContent.Text _,
                    MessageContent.ThinkingBlock _,
                    MessageContent.Image _,
                    MessageContent.Resource _,
                    MessageContent.ResourceLink _ ->
                    said;
        };
    }

    static Live chunk(Live said, MessageChunkReceived e) {
        Message message = said.message(e.ordinal());
        return message == null ? said : replaced(said, longer(message, e));
    }

    static Live toolCall(Live said, ToolCallUpdated e) {
        Message message = said.message(e.ordinal());
        return message == null ? said : replaced(said, changed(message, e));
    }

    private static Live replaced(Live said, Message message) {
        return said.withMessages(said.messages().update(message.ordinal(), message));
    }

    /** The message that begins. */
    static Message begun(MessageAppended e) {
        return new Message(e.ordinal(), e.role(), Body.of(e.content(), e.messageId()), e.at());
    }

    /** A message that goes on. */
    static Message longer(Message message, MessageChunkReceived e) {
        return with(message, message.body().plus(e.text()));
    }

    /** A message with more known of its tool call, if it is one. */
    static Message changed(Message message, ToolCallUpdated e) {
        return message.body() instanceof Body.Whole(ToolCall call)
                ? with(message, new Body.Whole(call.mergedWith(e.change())))
                : message;
    }

    private static Message with(Message message, Body body) {
        return new Message(message.ordinal(), message.role(), body, message.at());
    }
}
