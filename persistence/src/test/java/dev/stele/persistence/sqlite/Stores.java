package dev.stele.persistence.sqlite;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.ProviderMark;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.tck.Samples;
import dev.stele.persistence.json.JsonCodec;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.LongStream;

/** Short words for what the tests do with stores, some of them with any store. */
public final class Stores {

    public static final TurnId TURN = new TurnId("trn-1");

    private Stores() {}

    static SqliteEventStore open(Path database) {
        return SqliteEventStore.openToWrite(database, 1 << 20, new JsonCodec());
    }

    static SqliteEventStore openReading(Path database) {
        return SqliteEventStore.openToRead(database, new JsonCodec());
    }

    /** A store of so many events, closed again. */
    static Path make(Path database, int events) {
        try (EventStore store = open(database)) {
            if (events > 0) {
                append(store, events);
            }
        }
        return database;
    }

    /** Appends events whose texts tell their places, with a receipt and a mark. */
    public static AppendResult append(EventStore store, int count) {
        long head = store.head();
        var receipt =
                new Receipt(
                        commandId(head + 1),
                        "fingerprint",
                        new Receipt.Outcome.Accepted(head + 1, head + count),
                        Samples.AT);
        var entry =
                new Append.Entry(
                        events(head, count), receipt, new ProviderMark(TURN, head + count));
        return store.append(new Append(head, Samples.AT, List.of(entry)));
    }

    /** The id under which the append was answered that begins at this place. */
    public static CommandId commandId(long firstSequence) {
        return new CommandId("cmd-" + firstSequence);
    }

    static List<OrchestrationEvent> events(long head, int count) {
        return LongStream.rangeClosed(head + 1, head + count)
                .<OrchestrationEvent>mapToObj(i -> chunk("piece " + i))
                .toList();
    }

    public static MessageChunkReceived chunk(String text) {
        return new MessageChunkReceived(TURN, 1, text);
    }

    static List<OrchestrationEvent> all(EventStore store) {
        return store.read(0, Integer.MAX_VALUE).stream().map(StoredEvent::event).toList();
    }

    /** The care of the store's log. */
    static SqliteLogAdministration administration(Path database) {
        return new SqliteLogAdministration(database, new JsonCodec());
    }

    /** What following the chain of hashes shows. */
    static LogVerification verify(Path database) {
        return administration(database).verify(LogProgress.SILENT);
    }

    /** Does something to the database behind the store's back. */
    static void sql(Path database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(Connections.url(database));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
