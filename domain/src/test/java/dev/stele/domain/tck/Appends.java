package dev.stele.domain.tck;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.ProviderMark;
import dev.stele.domain.port.Receipt;
import java.util.List;
import java.util.stream.IntStream;

/** Short words for what the conformance suite appends. */
final class Appends {

    static final TurnId TURN = new TurnId("trn-1");

    private Appends() {}

    static Append appendOf(long expectedHead, Append.Entry... entries) {
        return new Append(expectedHead, Samples.AT, List.of(entries));
    }

    static Append appendOfEvents(long expectedHead, List<? extends OrchestrationEvent> events) {
        return appendOf(expectedHead, entry(events));
    }

    static Append.Entry entry(List<? extends OrchestrationEvent> events) {
        return new Append.Entry(List.copyOf(events), null, null);
    }

    static Append.Entry entry(List<? extends OrchestrationEvent> events, Receipt receipt) {
        return new Append.Entry(List.copyOf(events), receipt, null);
    }

    static Append.Entry entry(List<? extends OrchestrationEvent> events, ProviderMark mark) {
        return new Append.Entry(List.copyOf(events), null, mark);
    }

    static MessageChunkReceived chunk(String text) {
        return new MessageChunkReceived(TURN, 1, text);
    }

    /** Events that all differ. */
    static List<MessageChunkReceived> chunks(int count) {
        return IntStream.range(0, count).mapToObj(i -> chunk("piece " + i)).toList();
    }

    static Receipt accepted(String commandId, long firstSequence, long lastSequence) {
        return receipt(commandId, new Receipt.Outcome.Accepted(firstSequence, lastSequence));
    }

    static Receipt rejected(String commandId) {
        var error = new DeciderError.ThreadBusy(new ThreadId("thr-1"), TURN);
        return receipt(commandId, new Receipt.Outcome.Rejected(error));
    }

    static Receipt receipt(String commandId, Receipt.Outcome outcome) {
        return new Receipt(
                new CommandId(commandId), "fingerprint of " + commandId, outcome, Samples.AT);
    }
}
