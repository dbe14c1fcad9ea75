package dev.stele.persistence.json;

import dev.stele.domain.port.Codec.MalformedJson;
import dev.stele.persistence.json.EventFormat.EventType;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * A line of an export. Its first field says what it is. Payloads and outcomes are byte by byte what
 * the store holds, since hashes cover them.
 */
public sealed interface ExportLine {

    /** The form of the lines. */
    int FORMAT = 2;

    /**
     * The first line.
     *
     * @param format the form of the lines
     * @param head where the log ends
     */
    record Start(int format, long head) implements ExportLine {
        @Override
        public byte[] toBytes() {
            return JsonCodec.written(out -> {
                out.writeStartObject();
                out.writeNumberProperty("export", format);
                out.writeNumberProperty("head", head);
                out.writeEndObject();
            });
        }
    }

    /**
     * A fact.
     *
     * @param sequence its place
     * @param storedAt when it was stored
     * @param type its type
     * @param hash of the chain up to it, in hexadecimal: all of it, or, shortly after a lost fact,
     *     what is known of it
     * @param fields its payload: JSON in UTF-8 on one line
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Event(long sequence, Instant storedAt, EventType type, String hash, byte[] fields)
            implements ExportLine {
        @Override
        public byte[] toBytes() {
            return joined(
                    out -> {
                        out.writeNumberProperty("event", sequence);
                        out.writeStringProperty("storedAt", storedAt.toString());
                        out.writeStringProperty("type", type.name());
                        out.writeNumberProperty("version", type.version());
                        out.writeStringProperty("hash", hash);
                        out.writeName("fields");
                    },
                    fields);
        }
    }

    /**
     * A fact that is lost: it was not what was written there, when the log was exported.
     *
     * @param sequence its place
     * @param why a clause for people
     */
    record Lost(long sequence, String why) implements ExportLine {
        @Override
        public byte[] toBytes() {
            return JsonCodec.written(out -> {
                out.writeStartObject();
                out.writeNumberProperty("lost", sequence);
                out.writeStringProperty("why", why);
                out.writeEndObject();
            });
        }
    }

    /**
     * The beginning of a stretch that was replaced by less. What follows up to its end are {@link
     * Kept} and {@link Absorbed}.
     *
     * @param first the place of its first fact
     * @param last the place of its last fact
     * @param hash of the chain of the original facts at its end, in hexadecimal
     */
    record Stretch(long first, long last, String hash) implements ExportLine {
        @Override
        public byte[] toBytes() {
            return JsonCodec.written(out -> {
                out.writeStartObject();
                out.writeNumberProperty("stretch", first);
                out.writeNumberProperty("last", last);
                out.writeStringProperty("hash", hash);
                out.writeEndObject();
            });
        }
    }

    /**
     * A fact of a stretch that was replaced.
     *
     * @param sequence its place
     * @param storedAt when it was stored
     * @param type its type
     * @param fields its payload: JSON in UTF-8 on one line
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Kept(long sequence, Instant storedAt, EventType type, byte[] fields)
            implements ExportLine {
        @Override
        public byte[] toBytes() {
            return joined(
                    out -> {
                        out.writeNumberProperty("kept", sequence);
                        out.writeStringProperty("storedAt", storedAt.toString());
                        out.writeStringProperty("type", type.name());
                        out.writeNumberProperty("version", type.version());
                        out.writeName("fields");
                    },
                    fields);
        }
    }

    /**
     * Places of a stretch whose facts are not kept by themselves.
     *
     * @param sequence the first place
     * @param count how many they are, one after the other
     * @param storedAt when the last fact before them that is kept was stored
     * @param into the place of the fact that says what they said; 0 when nothing does
     */
    record Absorbed(long sequence, long count, Instant storedAt, long into) implements ExportLine {
        @Override
        public byte[] toBytes() {
            return JsonCodec.written(out -> {
                out.writeStartObject();
                out.writeNumberProperty("absorbed", sequence);
                out.writeNumberProperty("count", count);
                out.writeStringProperty("storedAt", storedAt.toString());
                out.writeNumberProperty("into", into);
                out.writeEndObject();
            });
        }
    }

    /**
     * The answer that a command got.
     *
     * @param commandId its id
     * @param fingerprint of its content
     * @param answeredAt when
     * @param outcome the answer: JSON in UTF-8 on one line
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Receipt(String commandId, String fingerprint, Instant answeredAt, byte[] outcome)
            implements ExportLine {
        @Override
        public byte[] toBytes() {
            return joined(
                    out -> {
                        out.writeStringProperty("receipt", commandId);
                        out.writeStringProperty("fingerprint", fingerprint);
                        out.writeStringProperty("answeredAt", answeredAt.toString());
                        out.writeName("outcome");
                    },
                    outcome);
        }
    }

    /**
     * How far the words of a turn's agent were taken in.
     *
     * @param turnId the turn
     * @param sequence the highest that was
     */
    record Mark(String turnId, long sequence) implements ExportLine {
        @Override
        public byte[] toBytes() {
            return JsonCodec.written(out -> {
                out.writeStartObject();
                out.writeStringProperty("mark", turnId);
                out.writeNumberProperty("sequence", sequence);
                out.writeEndObject();
            });
        }
    }

    /**
     * The last line, without which an export is not whole.
     *
     * @param head where the log ends
     * @param hash the hash there, in hexadecimal
     * @param receipts how many receipts there are
     * @param marks how many marks there are
     * @param digest the SHA-256 of all lines before, in hexadecimal
     */
    record End(long head, String hash, long receipts, long marks, String digest)
            implements ExportLine {
        @Override
        public byte[] toBytes() {
            return JsonCodec.written(out -> {
                out.writeStartObject();
                out.writeNumberProperty("end", head);
                out.writeStringProperty("hash", hash);
                out.writeNumberProperty("receipts", receipts);
                out.writeNumberProperty("marks", marks);
                out.writeStringProperty("digest", digest);
                out.writeEndObject();
            });
        }
    }

    /** The line as JSON in UTF-8, without the end of the line. */
    byte[] toBytes();

    /**
     * The line that JSON stands for. Unknown fields are ignored.
     *
     * @param json one line in UTF-8
     * @throws MalformedJson when it is none
     */
    static ExportLine of(byte[] json) {
        try (var in = new JsonInput(JsonCodec.STRICT, json)) {
            in.requireObject();
            String kind = in.nextField();
            return new ExportFields(json, in, kind).line();
        } catch (JsonProblem e) {
            throw e.asMalformedJson();
        }
    }

    /** An object whose last field is JSON already. */
    private static byte[] joined(Consumer<JsonGenerator> fields, byte[] last) {
        byte[] first =
                JsonCodec.written(out -> {
                    out.writeStartObject();
                    fields.accept(out);
                    out.writeNull();
                    out.writeEndObject();
                });
        var line = new ByteArrayOutputStream(first.length + last.length);
        line.write(first, 0, first.length - "null}".length());
        line.writeBytes(last);
        line.write('}');
        return line.toByteArray();
    }
}
