package dev.stele.persistence.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.port.Codec;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * The codec of all domain types. Names of variants stand in {@link Names}; a field has the name of
 * its record component.
 *
 * <p>Ids are texts, times are texts in ISO 8601 with milliseconds, constants are words in small
 * letters. Sets and maps of the model are sorted. A {@code DeciderError} tells its message too.
 */
public final class JsonCodec implements Codec {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** Texts may be as long as the store lets an event be; nesting is what is bounded. */
    private static final StreamReadConstraints LIMITS =
            StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build();

    /** Buffers belong to threads: the pool that they share would cost a fifth of a small event. */
    private static final JsonFactory TRUSTED =
            JsonFactory.builder()
                    .streamReadConstraints(LIMITS)
                    .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                    .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
                    .recyclerPool(JsonRecyclerPools.threadLocalPool())
                    .build();

    /** For what comes from outside. */
    static final JsonFactory STRICT =
            TRUSTED.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final Shapes shapes = new Shapes();
    private final Map<Class<?>, FamilyShape> timelessCommands = new ConcurrentHashMap<>();
    private final List<Upcaster<?>> past;

    /** A codec; one is enough for a process. */
    public JsonCodec() {
        this(Upcaster.ALL);
    }

    /**
     * A codec of events with a past of their own.
     *
     * @param past one for each version of any event before its newest
     */
    JsonCodec(List<Upcaster<?>> past) {
        this.past = List.copyOf(past);
    }

    /** How events that were written in earlier forms are read. */
    List<Upcaster<?>> past() {
        return past;
    }

    @Override
    public byte[] encode(Object value) {
        Shape shape = shapes.ofValue(value);
        return written(out -> shape.write(out, value));
    }

    @Override
    public <T> T decode(Class<T> type, byte[] json) {
        Shape shape = shapes.of(type);
        return type.cast(read(shape, STRICT, withoutByteOrderMark(json), _ -> {}));
    }

    @Override
    public String fingerprint(OrchestrationCommand command) {
        FamilyShape timeless =
                timelessCommands.computeIfAbsent(
                        command.getClass(),
                        type -> new FamilyShape(Map.of(type, shapes.record(type).without("at"))));
        byte[] json = written(out -> timeless.write(out, command));
        return HexFormat.of().formatHex(sha256(json));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java has SHA-256", e);
        }
    }

    /**
     * A record's fields alone, without its name, where that is kept elsewhere.
     *
     * @param value a record of contracts or domain
     * @throws IllegalArgumentException when it cannot be written
     */
    byte[] encodeFields(Object value) {
        return written(out -> shapes.record(value.getClass()).write(out, value));
    }

    /**
     * The record that these fields make.
     *
     * @param type the record
     * @param json what {@link #encodeFields} wrote
     * @param unknown hears of each field that is not the record's, nor of one in it
     * @throws MalformedJson when they make none
     */
    <T> T decodeFields(Class<T> type, byte[] json, Consumer<String> unknown) {
        return type.cast(read(shapes.record(type), TRUSTED, json, unknown));
    }

    private static Object read(
            Shape shape, JsonFactory factory, byte[] json, Consumer<String> unknown) {
        try (var in = new JsonInput(factory, json)) {
            Object value = shape.read(in);
            in.next();
            if (!in.isAtEnd()) {
                throw new JsonProblem("something follows the end of the value", null);
            }
            in.unknown().forEach(unknown);
            return value;
        } catch (JsonProblem e) {
            throw e.asMalformedJson();
        }
    }

    /** The JSON that is written into a generator. */
    static byte[] written(Consumer<JsonGenerator> content) {
        var bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out =
                TRUSTED.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            content.accept(out);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "The value cannot stand in JSON: " + e.getOriginalMessage(), e);
        }
        return bytes.toByteArray();
    }

    /**
     * Checks JSON that is kept as it came.
     *
     * @param json in UTF-8
     * @throws IllegalArgumentException when it is no object, or not on one line
     */
    static void requireObjectOnOneLine(byte[] json) {
        try (var in = new JsonInput(STRICT, json)) {
            in.requireObject();
            in.skip();
            in.next();
            if (!in.isAtEnd() || new String(json, UTF_8).lines().count() != 1) {
                throw new JsonProblem("one object on one line is required", null);
            }
        } catch (JsonProblem e) {
            throw new IllegalArgumentException(e.asMalformedJson().getMessage(), e);
        }
    }

    private static byte[] withoutByteOrderMark(byte[] json) {
        boolean marked = json.length >= 3 && Arrays.equals(json, 0, 3, BYTE_ORDER_MARK, 0, 3);
        return marked ? Arrays.copyOfRange(json, 3, json.length) : json;
    }
}
