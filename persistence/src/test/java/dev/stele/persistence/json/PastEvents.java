package dev.stele.persistence.json;

import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.UnknownEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import java.util.List;

/**
 * A made-up past, in which pieces of text had two other forms before that of today: a first one
 * with the fields of today, and a second one with other names, and without the ordinal.
 */
public final class PastEvents {

    static final List<Upcaster<?>> PAST =
            List.of(
                    new Upcaster<>(
                            "MessageChunkReceived",
                            1,
                            FirstForm.class,
                            old ->
                                    new MessageChunkReceived(
                                            old.turnId(), old.ordinal(), old.text())),
                    new Upcaster<>(
                            "MessageChunkReceived",
                            2,
                            SecondForm.class,
                            old -> new MessageChunkReceived(old.turn(), 1, old.words())));

    /** What this program writes as the first version. */
    record FirstForm(TurnId turnId, int ordinal, String text) {}

    record SecondForm(TurnId turn, String words) {}

    private PastEvents() {}

    /** A codec that knows that past, and writes pieces of text in a third version. */
    public static JsonCodec codec() {
        return new JsonCodec(PAST);
    }

    /** The same event as a program of that past wrote it in the second form. */
    public static OrchestrationEvent inSecondForm(MessageChunkReceived chunk) {
        return inSecondForm(chunk, "");
    }

    /** The same with more fields after those that this program knows. */
    public static OrchestrationEvent inSecondForm(MessageChunkReceived chunk, String more) {
        return new UnknownEvent(
                "MessageChunkReceived",
                2,
                "{\"turn\":\"%s\",\"words\":\"%s\"%s}"
                        .formatted(chunk.turnId().value(), chunk.text(), more));
    }
}
