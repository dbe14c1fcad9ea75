package dev.stele.persistence.log;

import dev.stele.persistence.json.EventFormat.EventType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The numbers that stand for event types in one store. */
public final class EventTypes {

    /** The most frequent type comes first: SQLite stores the number 1 in no bytes at all. */
    private static final Comparator<EventType> ORDER =
            Comparator.comparing((EventType type) -> !type.name().equals("MessageChunkReceived"))
                    .thenComparing(EventType::name)
                    .thenComparingInt(EventType::version);

    private final Map<Integer, EventType> byNumber = new HashMap<>();
    private final Map<EventType, Integer> numbers = new HashMap<>();

    private EventTypes() {}

    /**
     * The types that the store has.
     *
     * @param database the store's
     * @param connection to it
     */
    public static EventTypes load(LogDatabase database, Connection connection) throws SQLException {
        var types = new EventTypes();
        try (PreparedStatement select = connection.prepareStatement(database.sql().eventTypes);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                types.add(rows.getInt(1), new EventType(Columns.text(rows, 2), rows.getInt(3)));
            }
        }
        return types;
    }

    /**
     * The types that the store has, after it got those that it lacked.
     *
     * @param database the store's
     * @param connection one that may write to it
     * @param wanted the types of this program
     */
    public static EventTypes complete(
            LogDatabase database, Connection connection, Collection<EventType> wanted)
            throws SQLException {
        EventTypes known = load(database, connection);
        var missing =
                wanted.stream()
                        .filter(type -> !known.numbers.containsKey(type))
                        .sorted(ORDER)
                        .toList();
        if (missing.isEmpty()) {
            return known;
        }
        try (PreparedStatement insert = connection.prepareStatement(database.sql().addEventType)) {
            for (EventType type : missing) {
                insert.setString(1, type.name());
                insert.setInt(2, type.version());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return load(database, connection);
    }

    private void add(int number, EventType type) {
        byNumber.put(number, type);
        numbers.put(type, number);
    }

    /** The type that the number stands for, or null. */
    public @Nullable EventType type(int number) {
        return byNumber.get(number);
    }

    /** Whether the store has the type. */
    public boolean has(EventType type) {
        return numbers.containsKey(type);
    }

    /** The types of a name that the store has, one for each version. */
    List<EventType> named(String name) {
        return numbers.keySet().stream().filter(type -> type.name().equals(name)).toList();
    }

    /** The number of a type that the store has. */
    public int number(EventType type) {
        Integer number = numbers.get(type);
        if (number == null) {
            throw new IllegalArgumentException("the store lacks the " + type);
        }
        return number;
    }
}
