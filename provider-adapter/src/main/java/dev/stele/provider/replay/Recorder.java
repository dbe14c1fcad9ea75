package dev.stele.provider.replay;

import dev.stele.provider.rpc.Json;
import dev.stele.provider.session.Discretion;
import dev.stele.provider.session.WireTap;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a session's wire into a file, as a {@link Recording} without its secrets. Thread-safe. A
 * file that cannot be written ends the recording, not the session.
 */
public final class Recorder implements WireTap {
    private static final Logger log = LoggerFactory.getLogger(Recorder.class);

    private final Discretion discretion = new Discretion();
    private final Path file;
    private final long start = System.nanoTime();
    private @Nullable BufferedWriter out;

    private Recorder(Path file, BufferedWriter out) {
        this.file = file;
        this.out = out;
    }

    /**
     * A recorder into a new file. When the file is there already, a number is added to its name.
     *
     * @param wanted the file
     * @throws UncheckedIOException when it cannot be made
     */
    public static Recorder into(Path wanted) {
        try {
            for (int i = 1; ; i++) {
                Path file = i == 1 ? wanted : wanted.resolveSibling(numbered(wanted, i));
                if (!Files.exists(file)) {
                    return new Recorder(
                            file, Files.newBufferedWriter(file, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The recording " + wanted + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static String numbered(Path file, int number) {
        String name = file.getFileName().toString();
        int end = name.lastIndexOf('.');
        return end < 1
                ? name + "-" + number
                : name.substring(0, end) + "-" + number + name.substring(end);
    }

    @Override
    public void line(boolean ours, String line) {
        try {
            write(ours ? "send" : "recv", discretion.of(Json.parse(line)));
        } catch (Json.NotJson _) {
            // Only messages are recorded.
        }
    }

    @Override
    public synchronized void exited(@Nullable Integer code) {
        if (out != null) {
            ObjectNode exit = Json.object();
            exit.put("code", code).putNull("sig");
            write("exit", exit);
            close();
        }
    }

    private synchronized void write(String direction, JsonNode message) {
        if (out == null) {
            return;
        }
        ObjectNode line = Json.object();
        line.put("t", (System.nanoTime() - start) / 1_000_000).put("dir", direction);
        line.set("msg", message);
        try {
            out.write(Json.write(line));
            out.newLine();
            out.flush();
        } catch (IOException e) {
            log.warn("The recording {} ends: it cannot be written: {}", file, e.getMessage());
            close();
        }
    }

    private void close() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            log.warn("The recording {} may lack its end: {}", file, e.getMessage());
        } finally {
            out = null;
        }
    }
}
