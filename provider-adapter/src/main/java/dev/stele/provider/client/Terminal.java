package dev.stele.provider.client;

import dev.stele.provider.rpc.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A command that an agent runs, and the end of what it printed. Thread-safe. */
final class Terminal {
    private final Process process;
    private final byte[] kept;
    private final Thread reader;
    private long printed;

    /**
     * A command that has just been started, with its errors among its output.
     *
     * @param process its process
     * @param limit how many bytes of what it prints are kept
     */
    Terminal(Process process, int limit) {
        this.process = process;
        this.kept = new byte[limit];
        this.reader =
                Thread.ofPlatform()
                        .daemon()
                        .name("terminal-" + process.pid())
                        .start(() -> read(process.getInputStream()));
    }

    private void read(InputStream in) {
        var chunk = new byte[8 * 1024];
        try {
            for (int n = in.read(chunk); n > 0; n = in.read(chunk)) {
                keep(chunk, n);
            }
        } catch (IOException _) {
            // The pipe broke: the same as its end.
        }
    }

    private synchronized void keep(byte[] chunk, int count) {
        for (int i = 0; i < count; i++) {
            kept[(int) (printed++ % kept.length)] = chunk[i];
        }
    }

    /** What it printed, its beginning cut where there is too much, and how it ended, if it has. */
    ObjectNode output() {
        ObjectNode json = Json.object();
        synchronized (this) {
            json.put("output", text()).put("truncated", printed > kept.length);
        }
        if (!process.isAlive()) {
            json.set("exitStatus", exit());
        }
        return json;
    }

    private String text() {
        int count = (int) Math.min(printed, kept.length);
        var bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = kept[(int) ((printed - count + i) % kept.length)];
        }
        int from = 0;
        while (from < count && printed > kept.length && (bytes[from] & 0xC0) == 0x80) {
            from++; // The cut is not in the middle of a character.
        }
        return new String(bytes, from, count - from, StandardCharsets.UTF_8);
    }

    /** Waits until it has ended and all that it printed is read. */
    ObjectNode awaitExit() throws InterruptedException {
        process.waitFor();
        reader.join(1_000);
        return exit();
    }

    private ObjectNode exit() {
        int code = process.exitValue();
        ObjectNode json = Json.object();
        return code > 128
                ? json.putNull("exitCode").put("signal", Integer.toString(code - 128))
                : json.put("exitCode", code).putNull("signal");
    }

    /** Ends it and all that it started. */
    void kill() {
        List<ProcessHandle> tree = new ArrayList<>(process.descendants().toList());
        tree.add(process.toHandle());
        tree.forEach(ProcessHandle::destroyForcibly);
    }
}
