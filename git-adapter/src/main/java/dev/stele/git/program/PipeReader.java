package dev.stele.git.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what a process prints, on a thread of its own, so that the pipe never fills up. */
final class PipeReader {

    private static final Logger LOG = LoggerFactory.getLogger(PipeReader.class);

    /** A hook may leave something running that keeps the pipe open; nobody waits for that. */
    private static final Duration AFTER_THE_END = Duration.ofSeconds(1);

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final LineSplitter lines;
    private final Thread thread;

    PipeReader(InputStream pipe) {
        this(pipe, (_, _) -> {});
    }

    /**
     * @param listener hears the lines as they are printed; whatever it throws is logged
     */
    PipeReader(InputStream pipe, LineListener listener) {
        lines = new LineSplitter(listener);
        thread = Thread.ofVirtual().start(() -> read(pipe));
    }

    private void read(InputStream pipe) {
        var buffer = new byte[1 << 14];
        try (pipe) {
            for (int read = 0; read >= 0; read = pipe.read(buffer)) {
                add(buffer, read);
                tell(buffer, read);
            }
        } catch (IOException e) {
            LOG.debug("a pipe of git broke", e);
        }
    }

    /** Nobody's listener may keep a program from being read. */
    private void tell(byte[] bytes, int length) {
        try {
            lines.add(bytes, length);
        } catch (RuntimeException e) {
            LOG.warn("Whoever hears what git prints has failed.", e);
        }
    }

    private synchronized void add(byte[] bytes, int length) {
        content.write(bytes, 0, length);
    }

    /** All that was printed, once the process has ended. */
    byte[] content() throws InterruptedException {
        thread.join(AFTER_THE_END);
        synchronized (this) {
            return content.toByteArray();
        }
    }
}
