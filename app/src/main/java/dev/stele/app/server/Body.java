package dev.stele.app.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Takes what requests bring: JSON, of so many bytes, within so much time.
 *
 * @param most how many bytes there may be
 * @param patience how long all of it may take to arrive
 */
record Body(int most, Duration patience) {
    private static final Pattern JSON =
            Pattern.compile("application/json(\\s*;\\s*charset\\s*=\\s*\"?utf-8\"?)?\\s*");

    private static final int CHUNK = 64 * 1024;

    /** A client that is still sending does not hear why it was refused. So much is let pass. */
    private static final long LET_PASS = 4;

    /** All of it. */
    byte[] read(Request request) throws IOException {
        requireReadable(request);
        long deadline = System.nanoTime() + patience.toNanos();
        var body = new ByteArrayOutputStream();
        var chunk = new byte[CHUNK];
        long length = 0;
        try (InputStream in = Content.Source.asInputStream(request)) {
            for (int read = in.read(chunk);
                    read >= 0 && length <= LET_PASS * most;
                    read = in.read(chunk)) {
                length += read;
                if (System.nanoTime() > deadline) {
                    throw Problem.of(
                            408, "TooSlow", "The body took too long to arrive; send it anew.");
                }
                if (length <= most) {
                    body.write(chunk, 0, read);
                }
            }
        }
        if (length > most) {
            throw Problem.of(413, "TooLarge", "A body has " + most + " bytes at most.");
        }
        return body.toByteArray();
    }

    private static void requireReadable(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type == null || !JSON.matcher(type.toLowerCase(Locale.ROOT)).matches()) {
            throw Problem.of(
                    415,
                    "WrongType",
                    "Send JSON in UTF-8, with Content-Type: application/json, and not compressed.");
        }
        String coding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            throw Problem.of(415, "WrongType", "Send JSON as it is, and not compressed.");
        }
        String transfer = request.getHeaders().get(HttpHeader.TRANSFER_ENCODING);
        boolean old = request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_1;
        if (transfer != null && (old || !transfer.strip().equalsIgnoreCase("chunked"))) {
            throw Problem.malformed("Of transfer codings chunked alone is understood.");
        }
    }
}
