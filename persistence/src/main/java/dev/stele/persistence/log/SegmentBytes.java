package dev.stele.persistence.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stele.persistence.json.EventFormat.EventType;
import dev.stele.persistence.log.SegmentEntry.Absorbed;
import dev.stele.persistence.log.SegmentEntry.Kept;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Segments as bytes: equal segments give equal bytes in every store, so that a digest of them stays
 * the same when a log is carried elsewhere. Stored they are compressed.
 *
 * <p>The bytes are: the number of this form (1), the first place (8, the highest first), the last
 * (8), the hash (32), when the first fact was stored in milliseconds of the epoch (8). All other
 * numbers are of variable length, seven bits a byte, the lowest first: how many types; for each the
 * length of its name, its name in UTF-8, its version. Then for each fact that is kept: the place of
 * its type in that list, from 1; the milliseconds since the fact before it, the sign in the lowest
 * bit; the length of its payload, the payload. And for each run of places that went into one fact:
 * 0, how many they are, the place of that fact.
 */
final class SegmentBytes {

    private static final int FORM = 1;
    private static final int HASH_BYTES = 32;

    /** No compressed data grows by more than this. */
    private static final long LARGEST_RATIO = 1_040;

    private SegmentBytes() {}

    /** Bytes that are no segment. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String why) {
            super(why);
        }
    }

    /** A segment as bytes. */
    static byte[] of(Segment segment) {
        var out = new ByteArrayOutputStream(1 << 12);
        out.write(FORM);
        long time = segment.entries().getFirst().storedAt();
        out.writeBytes(
                ByteBuffer.allocate(Long.BYTES * 2)
                        .putLong(segment.first())
                        .putLong(segment.last())
                        .array());
        out.writeBytes(segment.endHash());
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(time).array());
        Map<EventType, Integer> types = types(segment);
        number(types.size(), out);
        for (EventType type : types.keySet()) {
            byte[] name = type.name().getBytes(UTF_8);
            number(name.length, out);
            out.writeBytes(name);
            number(type.version(), out);
        }
        write(segment, types, time, out);
        return out.toByteArray();
    }

    private static Map<EventType, Integer> types(Segment segment) {
        Map<EventType, Integer> types = new LinkedHashMap<>();
        for (SegmentEntry entry : segment.entries()) {
            if (entry instanceof Kept kept) {
                types.putIfAbsent(kept.type(), types.size() + 1);
            }
        }
        return types;
    }

    private static void write(
            Segment segment, Map<EventType, Integer> types, long time, ByteArrayOutputStream out) {
        long before = time;
        for (long place = segment.first(); place <= segment.last(); ) {
            switch (segment.at(place)) {
                case Kept kept -> {
                    number(types.getOrDefault(kept.type(), 0), out);
                    number(signed(kept.storedAt() - before), out);
                    number(kept.payload().length, out);
                    out.writeBytes(kept.payload());
                    before = kept.storedAt();
                    place++;
                }
                case Absorbed absorbed -> {
                    long run = segment.run(place);
                    number(0, out);
                    number(run, out);
                    number(absorbed.into(), out);
                    place += run;
                }
            }
        }
    }

    private static long signed(long number) {
        return (number << 1) ^ (number >> 63);
    }

    private static void number(long number, ByteArrayOutputStream out) {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /**
     * The segment that the bytes hold.
     *
     * @throws Unreadable when they hold none
     */
    static Segment read(byte[] bytes) throws Unreadable {
        try {
            return new Input(ByteBuffer.wrap(bytes)).segment();
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException
                | BufferUnderflowException e) {
            throw new Unreadable("its bytes are no segment: " + e);
        }
    }

    /** The reading of one segment. */
    private record Input(ByteBuffer in) {

        Segment segment() throws Unreadable {
            if (in.get() != FORM) {
                throw new Unreadable("a newer Stele wrote it");
            }
            long first = in.getLong();
            long last = in.getLong();
            byte[] hash = bytes(HASH_BYTES);
            long time = in.getLong();
            List<EventType> types = types();
            List<SegmentEntry> entries = new ArrayList<>();
            long place = first;
            while (in.hasRemaining()) {
                int tag = Math.toIntExact(number());
                if (tag == 0) {
                    long run = number();
                    long into = number();
                    requireRoom(place + run - 1, last);
                    for (long end = place + run; place < end; place++) {
                        entries.add(new Absorbed(place, time, into));
                    }
                } else {
                    requireRoom(place, last);
                    long delta = number();
                    time += (delta >>> 1) ^ -(delta & 1);
                    entries.add(new Kept(place++, time, types.get(tag - 1), bytes((int) number())));
                }
            }
            return new Segment(first, last, hash, entries);
        }

        private static void requireRoom(long place, long last) throws Unreadable {
            if (place > last) {
                throw new Unreadable("it holds more than it says");
            }
        }

        private List<EventType> types() {
            List<EventType> types = new ArrayList<>();
            for (long left = number(); left > 0; left--) {
                String name = new String(bytes((int) number()), UTF_8);
                types.add(new EventType(name, (int) number()));
            }
            return types;
        }

        private byte[] bytes(int length) {
            if (length < 0 || length > in.remaining()) {
                throw new IndexOutOfBoundsException(length);
            }
            byte[] bytes = new byte[length];
            in.get(bytes);
            return bytes;
        }

        private long number() {
            long number = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                byte next = in.get();
                number |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    return number;
                }
            }
            throw new IllegalArgumentException("a number has no end");
        }
    }

    /** Bytes in less room. */
    static byte[] packed(byte[] bytes) {
        try (var deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
            deflater.setInput(bytes);
            deflater.finish();
            var out = new ByteArrayOutputStream(bytes.length / 4 + 64);
            byte[] buffer = new byte[1 << 14];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    /**
     * The bytes that were packed.
     *
     * @param packed what {@link #packed} gave
     * @param size how many bytes they are
     * @throws Unreadable when they cannot be unpacked
     */
    static byte[] unpacked(byte[] packed, long size) throws Unreadable {
        if (size < 0 || size > packed.length * LARGEST_RATIO || size > Integer.MAX_VALUE - 8) {
            throw new Unreadable("its size is not " + size);
        }
        try (var inflater = new Inflater()) {
            inflater.setInput(packed);
            byte[] bytes = new byte[(int) size + 1];
            int length = 0;
            while (!inflater.finished() && length < bytes.length) {
                int more = inflater.inflate(bytes, length, bytes.length - length);
                if (more == 0 && !inflater.finished()) {
                    throw new Unreadable("its packed bytes are cut off");
                }
                length += more;
            }
            if (length != size) {
                throw new Unreadable("its size is not " + size);
            }
            return Arrays.copyOf(bytes, length);
        } catch (DataFormatException e) {
            throw new Unreadable("it cannot be unpacked: " + e.getMessage());
        }
    }
}
