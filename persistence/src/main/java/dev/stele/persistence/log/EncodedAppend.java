package dev.stele.persistence.log;

import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.ProviderMark;
import dev.stele.domain.port.Receipt;
import dev.stele.persistence.json.EventFormat.EventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An append as it goes into the tables, or why it does not. */
public sealed interface EncodedAppend {

    /**
     * What goes into the tables.
     *
     * @param events in the order of the log
     * @param receipts in the order of the commands
     * @param marks the highest of each turn: a drain may hold many words of the same one
     */
    record Rows(List<EventRow> events, List<ReceiptRow> receipts, Map<TurnId, Long> marks)
            implements EncodedAppend {}

    /**
     * One command cannot be stored as it is.
     *
     * @param result names it
     */
    record Refused(AppendResult.Unencodable result) implements EncodedAppend {}

    /**
     * An event as it goes into its row.
     *
     * @param type its type
     * @param payload its fields
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record EventRow(EventType type, byte[] payload) {}

    /**
     * A receipt as it goes into its row.
     *
     * @param receipt what it is
     * @param outcome its answer as JSON
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record ReceiptRow(Receipt receipt, byte[] outcome) {}

    /**
     * The append in the form of the tables.
     *
     * @param append what is added
     * @param format of what goes into the tables
     * @param maxEventBytes the largest payload
     */
    static EncodedAppend of(Append append, LogFormat format, int maxEventBytes) {
        var events = new ArrayList<EventRow>(append.eventCount());
        var receipts = new ArrayList<ReceiptRow>();
        var marks = new HashMap<TurnId, Long>();
        for (int i = 0; i < append.entries().size(); i++) {
            Append.Entry entry = append.entries().get(i);
            try {
                for (OrchestrationEvent event : entry.events()) {
                    events.add(row(event, format, maxEventBytes));
                }
                Receipt receipt = entry.receipt();
                if (receipt != null) {
                    byte[] outcome = format.codec().encode(receipt.outcome());
                    receipts.add(new ReceiptRow(receipt, outcome));
                }
            } catch (IllegalArgumentException e) {
                return new Refused(new AppendResult.Unencodable(i, String.valueOf(e.getMessage())));
            }
            ProviderMark mark = entry.mark();
            if (mark != null) {
                marks.merge(mark.turnId(), mark.sequence(), Math::max);
            }
        }
        return new Rows(events, receipts, marks);
    }

    private static EventRow row(OrchestrationEvent event, LogFormat format, int maxEventBytes) {
        EventType type = format.events().typeOf(event);
        byte[] payload = format.events().payload(event);
        if (payload.length > maxEventBytes) {
            throw new IllegalArgumentException(
                    "The event "
                            + type.name()
                            + " has "
                            + payload.length
                            + " bytes and may have "
                            + maxEventBytes
                            + "; split it, or raise the store's limit.");
        }
        return new EventRow(type, payload);
    }
}
