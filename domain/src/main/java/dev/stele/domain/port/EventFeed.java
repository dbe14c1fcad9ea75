package dev.stele.domain.port;

import dev.stele.contracts.TurnId;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Transcript;
import dev.stele.domain.model.Turn;
import dev.stele.domain.project.PastTurn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way out: the model, the facts as they become durable, and what the model does not hold any
 * more. Thread-safe. What reads the log may throw {@link StoreException}.
 */
public interface EventFeed {

    /** {@return the newest durable model; its sequence only grows} */
    OrchestrationReadModel model();

    /**
     * {@return all facts after a place in the log, in order, without a gap: first what is stored,
     * then what comes} Snapshot and tail: {@code subscribe(model().sequence())}.
     *
     * @param afterSequence the last place that is known already; 0 for all
     * @throws IllegalArgumentException when it is negative or beyond the log's end
     */
    EventSubscription subscribe(long afterSequence);

    /**
     * {@return facts that are in the log already, in order, without a gap; empty at its end}
     *
     * @param afterSequence the place before the first one wanted; 0 for the beginning
     * @param limit how many at most, from 1; fewer may come although there are more
     * @throws IllegalArgumentException when the place is negative, or the limit below 1
     */
    List<StoredEvent> page(long afterSequence, int limit);

    /**
     * {@return some of a turn's messages: from the model while the turn is live, else from the log}
     *
     * <p>A page ends early when it has some 4 million characters, but never before its first
     * message; the next page begins where it ends. It costs the reading of what the log holds from
     * the page's first message to its last, or to the turn's end when there are tool calls in it,
     * of which more may be told till then; and of the turn before it, when it is in the turn's
     * first half. Facts are read a thousand at a time, and nothing of them is held but the page.
     *
     * @param turnId the turn
     * @param from the ordinal of the first message wanted; 0 is the prompt
     * @param limit how many at most, from 1
     * @throws IllegalArgumentException when the ordinal is negative, or the limit below 1
     */
    default MessagePage messages(TurnId turnId, int from, int limit) {
        return messages(model(), turnId, from, limit);
    }

    /**
     * {@return some of a turn's messages as an earlier model of this log knows them}
     *
     * @param model a model of this log, at any place
     * @param turnId the turn
     * @param from the ordinal of the first message wanted; 0 is the prompt
     * @param limit how many at most, from 1
     * @throws IllegalArgumentException when the ordinal is negative, or the limit below 1
     * @see #messages(TurnId, int, int)
     */
    default MessagePage messages(OrchestrationReadModel model, TurnId turnId, int from, int limit) {
        if (from < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "a page begins at 0 or later and has 1 message or more, not "
                            + limit
                            + " from "
                            + from);
        }
        Turn turn = model.turn(turnId);
        return turn == null
                ? new MessagePage(turnId, List.of(), 0)
                : new MessagePage(
                        turnId,
                        switch (turn.transcript()) {
                            case Transcript.Live said ->
                                    said.messages().drop(from).take(limit).asJava();
                            case Transcript.Past past ->
                                    new PastTurn(turnId, past, this::page).messages(from, limit);
                        },
                        turn.transcript().size());
    }

    /**
     * {@return the newest words of a turn's agent, thoughts apart; null when it said nothing, or
     * there is no such turn} Costs the reading of what the log holds from there to the turn's end.
     *
     * @param turnId the turn
     */
    default @Nullable Message lastWords(TurnId turnId) {
        Turn turn = model().turn(turnId);
        return switch (turn == null ? null : turn.transcript()) {
            case null -> null;
            case Transcript.Live said -> said.messages().findLast(Message::isSpeech).getOrNull();
            case Transcript.Past past -> new PastTurn(turnId, past, this::page).lastWords();
        };
    }
}
