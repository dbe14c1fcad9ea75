package dev.stele.domain.project;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.Lengths;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.Message.Body;
import io.vavr.collection.Vector;

/**
 * Some neighbouring messages of one turn, folded from its facts. Nothing else of the turn is held.
 *
 * @param turnId the turn
 * @param from the ordinal of the first message that is wanted
 * @param to the ordinal of the first message that is not wanted any more
 * @param next the ordinal of the message that begins next
 * @param length how long the messages' beginnings and chunks are together, in characters
 * @param messages what is there so far
 */
record TranscriptPart(
        TurnId turnId, int from, int to, int next, long length, Vector<Message> messages) {

    /** As much as is held at once, but for one message that is longer by itself. */
    static final long MOST_CHARACTERS = 4L * 1024 * 1024;

    /**
     * A part of which nothing is there yet.
     *
     * @param next the ordinal of the message that the first fact to come begins
     */
    static TranscriptPart of(TurnId turnId, int from, int to, int next) {
        return new TranscriptPart(turnId, from, to, next, 0, Vector.empty());
    }

    /** This part after a fact; one about anything else changes nothing. */
    TranscriptPart plus(OrchestrationEvent event) {
        return event instanceof TurnEvent e && e.turnId().equals(turnId) ? plus(e) : this;
    }

    private TranscriptPart plus(TurnEvent event) {
        return switch (event) {
            case TurnStarted e when next == 0 -> begun(TranscriptFold.prompt(e), Lengths.of(e));
            case MessageAppended e when e.ordinal() == next ->
                    begun(MessageFold.begun(e), Lengths.of(e));
            case MessageChunkReceived e when holds(e.ordinal()) ->
                    replaced(MessageFold.longer(at(e.ordinal()), e), Lengths.of(e));
            case ToolCallUpdated e when holds(e.ordinal()) ->
                    replaced(MessageFold.changed(at(e.ordinal()), e), Lengths.of(e));
            case TurnStarted _,
                    MessageAppended _,
                    MessageChunkReceived _,
                    ToolCallUpdated _,
                    PlanUpdated _,
                    RetryReported _,
                    TurnCompleted _,
                    TurnFailed _,
                    TurnInterrupted _,
                    TurnDrained _ ->
                    this;
        };
    }

    /**
     * Whether no fact to come changes it: it is full, and what it holds has come whole or was ended
     * by a later message. Of tool calls more may be told until the turn's end.
     */
    boolean isDone() {
        return next > to && messages.forAll(TranscriptPart::isWhole);
    }

    private static boolean isWhole(Message message) {
        return !(message.body() instanceof Body.Whole(MessageContent.ToolCall _));
    }

    private boolean holds(int ordinal) {
        return ordinal >= from && ordinal < from + messages.size();
    }

    private Message at(int ordinal) {
        return messages.get(ordinal - from);
    }

    private TranscriptPart begun(Message message, long more) {
        boolean isFull = !messages.isEmpty() && length + more > MOST_CHARACTERS;
        int newTo = isFull ? Math.min(to, next) : to;
        return next >= from && next < newTo
                ? new TranscriptPart(
                        turnId, from, newTo, next + 1, length + more, messages.append(message))
                : new TranscriptPart(turnId, from, newTo, next + 1, length, messages);
    }

    private TranscriptPart replaced(Message message, long more) {
        return new TranscriptPart(
                turnId,
                from,
                to,
                next,
                length + more,
                messages.update(message.ordinal() - from, message));
    }
}
