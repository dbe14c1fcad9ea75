package dev.stele.persistence.log;

import dev.stele.domain.port.Codec.MalformedJson;
import dev.stele.domain.port.StoreException;
import dev.stele.persistence.json.ExportLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The lines of an export, one after the other. For one thread. */
public final class ExportLines {

    /** More than the largest event has in any form. */
    private static final int LONGEST = 1_000_000_000;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int next;
    private int filled;
    private final MessageDigest digest = HashChain.sha256();
    private byte[] newest = {};
    private long number;

    /** The lines of a text in UTF-8. */
    ExportLines(InputStream in) {
        this.in = in;
    }

    /** The next line, or null when there is none. */
    @Nullable ExportLine next() throws IOException {
        digest.update(newest);
        newest = bytes();
        number++;
        if (newest.length == 0) {
            return null;
        }
        try {
            return ExportLine.of(newest);
        } catch (MalformedJson e) {
            throw problem(String.valueOf(e.getMessage()));
        }
    }

    private byte[] bytes() throws IOException {
        var line = new ByteArrayOutputStream(512);
        boolean ended = false;
        while (!ended && fill()) {
            int end = next;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            ended = end < filled;
            line.write(buffer, next, (ended ? end + 1 : end) - next);
            next = ended ? end + 1 : end;
            if (line.size() > LONGEST) {
                throw problem("it has more than " + LONGEST + " bytes");
            }
        }
        return line.toByteArray();
    }

    /** Whether there is something in the buffer, after more was read if need be. */
    private boolean fill() throws IOException {
        if (next == filled) {
            next = 0;
            filled = Math.max(0, in.read(buffer));
        }
        return filled > 0;
    }

    /** The SHA-256 of all lines before the newest, in hexadecimal. To be asked for once. */
    String digest() {
        return LogCheck.hex(digest.digest());
    }

    /**
     * A refusal that names the newest line.
     *
     * @param why a clause
     */
    StoreException problem(String why) {
        return new StoreException(
                "Nothing was imported: line "
                        + number
                        + " is not what an export of a log holds there ("
                        + why
                        + "). Export the log again, and carry it over unchanged.",
                null);
    }
}
