package dev.stele.persistence.json;

import dev.stele.contracts.Characters;
import dev.stele.contracts.Identifier;
import dev.stele.domain.model.GrowingText;
import java.lang.reflect.Constructor;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The shapes of values without parts: texts, numbers, times, ids, words. */
final class Scalars {

    static final Shape TEXT =
            new Scalar((out, value) -> writeText(out, (String) value), JsonInput::text);

    static final Shape INT =
            new Scalar(
                    (out, value) -> out.writeNumber((int) value),
                    in -> (int) in.wholeNumber(Integer.MIN_VALUE, Integer.MAX_VALUE));

    static final Shape LONG =
            new Scalar(
                    (out, value) -> out.writeNumber((long) value),
                    in -> in.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE));

    static final Shape DOUBLE = new Scalar(Scalars::writeDouble, JsonInput::number);

    static final Shape FLAG =
            new Scalar((out, value) -> out.writeBoolean((boolean) value), JsonInput::flag);

    static final Shape INSTANT =
            new Scalar((out, value) -> out.writeString(timeText((Instant) value)), Scalars::time);

    static final Shape GROWING_TEXT =
            new Scalar(
                    (out, value) -> writeText(out, value.toString()),
                    in -> GrowingText.of(in.text()));

    /** Milliseconds always: the same time is the same text. */
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private Scalars() {}

    private record Scalar(
            BiConsumer<JsonGenerator, Object> writer, Function<JsonInput, Object> reader)
            implements Shape {
        @Override
        public void write(JsonGenerator out, Object value) {
            writer.accept(out, value);
        }

        @Override
        public Object read(JsonInput in) {
            return reader.apply(in);
        }
    }

    /**
     * An id as its text.
     *
     * @param type one of the id records
     */
    static Shape id(Class<?> type) {
        return new Scalar(
                (out, value) -> out.writeString(((Identifier) value).value()),
                new IdReader(Records.constructor(type)));
    }

    /**
     * In a log the same id comes again and again: it is made and checked once for a row of them.
     */
    private static final class IdReader implements Function<JsonInput, Object> {
        private final Constructor<?> constructor;

        /** Of whichever thread read last; ids are immutable, so that a stale one does no harm. */
        private @Nullable Identifier newest;

        IdReader(Constructor<?> constructor) {
            this.constructor = constructor;
        }

        @Override
        public Object apply(JsonInput in) {
            String text = in.text();
            Identifier known = newest;
            if (known != null && known.value().equals(text)) {
                return known;
            }
            var id = (Identifier) Records.create(constructor, text);
            newest = id;
            return id;
        }
    }

    /**
     * A constant as its name in small letters.
     *
     * @param type an enum
     */
    static Shape word(Class<?> type) {
        Map<String, Object> constants = new HashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(word((Enum<?>) constant), constant);
        }
        return new Scalar(
                (out, value) -> out.writeString(word((Enum<?>) value)),
                in -> constant(constants, in.text()));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Object constant(Map<String, Object> constants, String word) {
        Object constant = constants.get(word);
        if (constant == null) {
            throw new JsonProblem(
                    Characters.quoted(word)
                            + " is not one of "
                            + String.join(", ", constants.keySet().stream().sorted().toList()),
                    null);
        }
        return constant;
    }

    /** Half a surrogate pair would be written as something else without a word. */
    private static void writeText(JsonGenerator out, String text) {
        if (!Characters.wellFormed(text).equals(text)) {
            throw new IllegalArgumentException(
                    "JSON cannot hold half a surrogate pair, as in " + Characters.quoted(text));
        }
        out.writeString(text);
    }

    private static void writeDouble(JsonGenerator out, Object value) {
        double number = (double) value;
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("JSON has no number for " + number);
        }
        out.writeNumber(number);
    }

    private static String timeText(Instant time) {
        return MILLISECONDS.format(time);
    }

    private static Object time(JsonInput in) {
        String text = in.text();
        try {
            return Times.parse(text);
        } catch (DateTimeException e) {
            throw new JsonProblem(
                    Characters.quoted(text)
                            + " is not a time in ISO 8601, such as 2026-03-01T09:30:00.125Z",
                    e);
        }
    }
}
