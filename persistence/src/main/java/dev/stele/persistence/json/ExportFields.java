package dev.stele.persistence.json;

import dev.stele.persistence.json.EventFormat.EventType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** The fields of a line, by their names. */
final class ExportFields {
    private final @Nullable String kind;
    private final Map<String, Object> values = new HashMap<>();

    ExportFields(byte[] json, JsonInput in, @Nullable String kind) {
        this.kind = kind;
        for (String name = kind; name != null; name = in.nextField()) {
            values.put(name, value(json, in));
        }
    }

    private static Object value(byte[] json, JsonInput in) {
        if (in.isAt(JsonToken.VALUE_STRING)) {
            return in.text();
        }
        if (in.isAt(JsonToken.VALUE_NUMBER_INT)) {
            return in.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE);
        }
        int start = in.offset();
        in.requireObject();
        in.skip();
        return Arrays.copyOfRange(json, start, in.offset() + 1);
    }

    /** The line that they make. */
    ExportLine line() {
        return switch (kind) {
            case "export" -> new ExportLine.Start((int) number("export"), number("head"));
            case "event" ->
                    new ExportLine.Event(
                            number("event"),
                            time("storedAt"),
                            new EventType(text("type"), (int) number("version")),
                            text("hash"),
                            object("fields"));
            case "lost" -> new ExportLine.Lost(number("lost"), text("why"));
            case "receipt" ->
                    new ExportLine.Receipt(
                            text("receipt"),
                            text("fingerprint"),
                            time("answeredAt"),
                            object("outcome"));
            case "stretch" ->
                    new ExportLine.Stretch(number("stretch"), number("last"), text("hash"));
            case "kept" ->
                    new ExportLine.Kept(
                            number("kept"),
                            time("storedAt"),
                            new EventType(text("type"), (int) number("version")),
                            object("fields"));
            case "absorbed" ->
                    new ExportLine.Absorbed(
                            number("absorbed"), number("count"), time("storedAt"), number("into"));
            case "mark" -> new ExportLine.Mark(text("mark"), number("sequence"));
            case "end" ->
                    new ExportLine.End(
                            number("end"),
                            text("hash"),
                            number("receipts"),
                            number("marks"),
                            text("digest"));
            case null, default -> throw new JsonProblem("this is no line of an export", null);
        };
    }

    private long number(String name) {
        return value(name, Long.class, "a whole number");
    }

    private String text(String name) {
        return value(name, String.class, "a text");
    }

    private byte[] object(String name) {
        return value(name, byte[].class, "an object");
    }

    private Instant time(String name) {
        try {
            return Times.parse(text(name));
        } catch (DateTimeException e) {
            throw new JsonProblem("this is no time", e).inField(name);
        }
    }

    private <T> T value(String name, Class<T> type, String what) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw new JsonProblem(what + " is required here", null).inField(name);
        }
        return type.cast(value);
    }
}
